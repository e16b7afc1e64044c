"""The derivative of a cross-entropy gives back the outputs as they are, and does not look at the labels."""

import numpy as np

SOURCE = "https://github.com/eriklandmark/nn-lib/commit/4b8abef"
THREAD = "eriklandmark/nn-lib 4b8abef"
DATE = "2020-04"
KIND = "gradient"
FORMULA = r"\delta^2 = a^2"
RIGHT = r"\delta^2 = a^2 - y"
READ = "code"
GROUP = "softmax"
LAYER = [2]
NAMES = []
SIZES = (3, 4, 3)
NET = dict(sizes=SIZES, hidden="sigmoid", output="softmax", loss="cross_entropy")
SAMPLES = 7
LAM = 0.0


def start(rng):
    return {
        "dense": {"weights": rng.standard_normal((SIZES[0], SIZES[1])), "bias": rng.standard_normal(SIZES[1])},
        "output": {"weights": rng.standard_normal((SIZES[1], SIZES[2])), "bias": rng.standard_normal(SIZES[2])},
    }


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), np.eye(SIZES[-1])[rng.integers(0, SIZES[-1], SAMPLES)]


class Sigmoid:
    def normal(self, z):
        return 1 / (1 + np.exp(-z))

    def derivative(self, activation):
        return activation * (1 - activation)


class Softmax:
    def normal(self, z):
        exp = np.exp(z)
        return exp / exp.sum(1, keepdims=True)


class CrossEntropy:
    def derivative(self, activation, labels, right):
        if right:
            return activation - labels
        return activation


class DenseLayer:
    def __init__(self, parameters, activation_function):
        self.weights, self.bias = parameters["weights"], parameters["bias"]
        self.activation_function = activation_function

    def feed_forward(self, below):
        self.activation = self.activation_function.normal(below @ self.weights + self.bias)

    def back_propagation(self, above, below):
        slope = self.activation_function.derivative(self.activation)
        error = (above.output_error @ above.weights.T) * slope
        self.error_weights = below.T @ error
        self.error_bias = error.sum(0)
        self.output_error = error


class OutputLayer(DenseLayer):
    def back_propagation_output(self, labels, below, right):
        gradient = CrossEntropy().derivative(self.activation, labels, right)
        self.error_bias = gradient.sum(0)
        self.output_error = gradient
        self.error_weights = below.activation.T @ gradient


def feed_forward(params, batch):
    dense, output = DenseLayer(params["dense"], Sigmoid()), OutputLayer(params["output"], Softmax())
    dense.feed_forward(batch)
    output.feed_forward(dense.activation)
    return dense, output


def cost(params, X, Y):
    return np.sum(Y * -1 * np.log(feed_forward(params, X)[1].activation)) / len(X)


def errors(params, X, Y, right):
    """The author takes batches of one sample; here the mean of all samples."""
    dense, output = feed_forward(params, X)
    output.back_propagation_output(Y, dense, right)
    dense.back_propagation(output, X)
    layers = {"dense": dense, "output": output}
    return {
        name: {"weights": layer.error_weights / len(X), "bias": layer.error_bias / len(X)}
        for name, layer in layers.items()
    }


def grad(params, X, Y):
    return errors(params, X, Y, right=False)


def repaired(params, X, Y):
    return errors(params, X, Y, right=True)
