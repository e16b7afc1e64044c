"""A likelihood looks up every label in the first row of the batch, while its gradient goes to each sample's own row."""

import numpy as np

SOURCE = "https://github.com/fff-rs/juice/issues/150"
THREAD = "fff-rs/juice #150"
DATE = "2021-10"
KIND = "cost"
FORMULA = r"C = -\tfrac1N \textstyle\sum_i \log p_{1, y_i}"
RIGHT = r"C = -\tfrac1N \textstyle\sum_i \log p_{i, y_i}"
READ = "code"
LAYER = [1, 2]
NAMES = [{"another-cost"}, {"another-network"}]
NET = dict(sizes=(3, 4, 3), hidden="sigmoid", output="softmax", loss="cross_entropy")
SAMPLES = 6
LAM = 0.0
NUM_CLASSES = 3


def start(rng):
    """A row for each output, and the biases as one row."""
    shapes = [(4, 3), (1, 4), (NUM_CLASSES, 4), (1, NUM_CLASSES)]
    return [rng.standard_normal(shape) for shape in shapes]


def data(rng):
    """The targets as rows; the program has the labels as numbers, see native_labels."""
    labels = np.concatenate([np.arange(NUM_CLASSES), rng.integers(0, NUM_CLASSES, SAMPLES - NUM_CLASSES)])
    return rng.standard_normal((SAMPLES, 3)), np.eye(NUM_CLASSES)[rng.permutation(labels)]


class Linear:
    def __init__(self, weight, bias):
        self.weights = [weight, bias]

    def compute_output(self, input_data):
        self.input_data = input_data
        ones_tensor = np.ones((len(input_data), 1))
        return ones_tensor @ self.weights[1] + input_data @ self.weights[0].T

    def compute_input_gradient(self, output_gradients):
        return output_gradients @ self.weights[0]

    def compute_parameters_gradient(self, output_gradients):
        ones_row = np.ones((1, len(output_gradients)))
        return [output_gradients.T @ self.input_data, ones_row @ output_gradients]


class Sigmoid:
    def compute_output(self, input_data):
        self.output_data = 1 / (1 + np.exp(-input_data))
        return self.output_data

    def compute_input_gradient(self, output_gradients):
        return self.output_data * (1 - self.output_data) * output_gradients

    def compute_parameters_gradient(self, output_gradients):
        return []


class LogSoftmax(Sigmoid):
    def compute_output(self, input_data):
        self.output_data = input_data - np.log(np.sum(np.exp(input_data), 1, keepdims=True))
        return self.output_data

    def compute_input_gradient(self, output_gradients):
        return output_gradients - np.exp(self.output_data) * output_gradients.sum(1, keepdims=True)


class NegativeLogLikelihood:
    def __init__(self, num_classes):
        self.num_classes = num_classes

    def compute_output(self, probabilities, labels, right=False):
        batch_size = len(labels)
        native_labels = labels.argmax(1)
        native_probabilities = probabilities.ravel()
        writable_loss = []
        offset = 0
        for label_value in native_labels:
            probability_value = native_probabilities[offset + label_value]
            writable_loss.append(-probability_value)
            if right:
                offset += self.num_classes
        return sum(writable_loss) / batch_size

    def compute_input_gradient(self, probabilities, labels, of_first_row=False):
        native_labels = labels.argmax(1)
        writable_gradient = np.zeros(probabilities.size)
        for batch_n, label_value in enumerate(native_labels):
            if of_first_row:
                writable_gradient[label_value] += -1
            else:
                index = (self.num_classes * batch_n) + label_value
                writable_gradient[index] = -1
        return writable_gradient.reshape(probabilities.shape)


def network(params, X):
    layers = [Linear(*params[:2]), Sigmoid(), Linear(*params[2:]), LogSoftmax()]
    for layer in layers:
        X = layer.compute_output(X)
    return layers, X


def cost(params, X, Y):
    return NegativeLogLikelihood(NUM_CLASSES).compute_output(network(params, X)[1], Y)


def meant(params, X, Y):
    return NegativeLogLikelihood(NUM_CLASSES).compute_output(network(params, X)[1], Y, right=True)


def gradients(params, X, Y, of_first_row):
    layers, probabilities = network(params, X)
    gradient = NegativeLogLikelihood(NUM_CLASSES).compute_input_gradient(probabilities, Y, of_first_row)
    grads = []
    for layer in reversed(layers):
        grads = layer.compute_parameters_gradient(gradient) + grads
        gradient = layer.compute_input_gradient(gradient)
    scale_factor = 1 / len(X)  # the solver's normalize
    return [scale_factor * g for g in grads]


def grad(params, X, Y):
    return gradients(params, X, Y, False)


def repaired(params, X, Y):
    """The gradient of the loss as it was."""
    return gradients(params, X, Y, True)
