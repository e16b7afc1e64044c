"""A layer gives its gradient to a name of its own, and all hidden layers get that of the output."""

import numpy as np

SOURCE = "https://github.com/jlnthms/numpy-neural-network/commit/218b7b6"
THREAD = "jlnthms/numpy-neural-network 218b7b6"
DATE = "2023-11"
KIND = "gradient"
FORMULA = r"\delta^l = (W^{l+1})^\top \delta^L \odot f'(z^l)"
RIGHT = r"\delta^l = (W^{l+1})^\top \delta^{l+1} \odot f'(z^l)"
READ = "code"
GROUP = "down"
LAYER = [1]
NAMES = []
SIZES = (4, 5, 3, 3)
NET = dict(sizes=SIZES, hidden="relu", output="softmax", loss="cross_entropy")  # no bias of the output
SAMPLES = 5
LAM = 0.0


def start(rng):
    weights = [rng.standard_normal((k, n)) for n, k in zip(SIZES, SIZES[1:])]
    return {"weights": weights, "biases": [rng.standard_normal(k) for k in SIZES[1:-1]]}


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), np.eye(SIZES[-1])[rng.integers(0, SIZES[-1], SAMPLES)]


def relu(x, derivative=False):
    if derivative:
        return 1.0 if x > 0 else 0.0
    return x if x.real > 0 else 0.0 * x


def linear(x, derivative=False):
    return 1.0 if derivative else x


def softmax(z, derivative=False):
    exps = np.exp(z - np.max(z.real))
    s = exps / exps.sum()
    return np.diag(s) - np.outer(s, s) if derivative else s


def cross_entropy(output, y, derivative=False):
    s = softmax(output)
    return -y / s if derivative else -np.sum(y * np.log(s))


class Neuron:
    def __init__(self, weights, bias, activation):
        self.weights, self.bias, self.activation = weights, bias, activation

    def activate(self):
        self.output = self.activation(np.dot(self.weights, self.inputs) + self.bias)


class Layer:
    def __init__(self, weights, biases, activation):
        self.activation = activation
        self.neurons = [Neuron(w, b, activation) for w, b in zip(weights, biases)]

    def forward(self, inputs):
        for neuron in self.neurons:
            neuron.inputs = inputs
            neuron.activate()

    def backward(self, prev_layer, grad_wrt_outputs, grads_w, grads_b):
        act_derivatives = [self.activation(n.output, derivative=True) for n in self.neurons]
        grad_wrt_activations = np.dot(grad_wrt_outputs, prev_layer.get_weights()) * act_derivatives
        grad_wrt_weights = np.outer(grad_wrt_activations, self.get_input())
        grad_wrt_biases = grad_wrt_activations
        grads_w.insert(0, grad_wrt_weights)
        grads_b.insert(0, grad_wrt_biases)
        grad_wrt_outputs = grad_wrt_activations
        return grad_wrt_outputs

    def get_output(self):
        return np.array([n.output for n in self.neurons])

    def get_input(self):
        return self.neurons[0].inputs

    def get_weights(self):
        return np.array([n.weights for n in self.neurons])


class MultiLayerPerceptron:
    def __init__(self, params):
        biases = [*params["biases"], np.zeros(SIZES[-1])]
        activations = [relu] * (len(SIZES) - 2) + [linear]
        self.layers = [Layer(*each) for each in zip(params["weights"], biases, activations)]

    def forward(self, X):
        for layer in self.layers:
            layer.forward(X)
            X = layer.get_output()
        return X

    def backward(self, y, right):
        output = self.layers[-1].get_output()
        grad_wrt_outputs = np.dot(softmax(output, derivative=True), cross_entropy(output, y, derivative=True))
        grads_w, grads_b = [np.outer(grad_wrt_outputs.T, self.layers[-2].get_output())], []
        for i in range(len(self.layers) - 2, -1, -1):
            curr_layer, prev_layer = self.layers[i], self.layers[i + 1]
            if right:
                grad_wrt_outputs = curr_layer.backward(prev_layer, grad_wrt_outputs, grads_w, grads_b)
            else:
                curr_layer.backward(prev_layer, grad_wrt_outputs, grads_w, grads_b)
        return grads_w, grads_b


def cost(params, X, Y):
    net = MultiLayerPerceptron(params)
    return sum(cross_entropy(net.forward(x), y) for x, y in zip(X, Y)) / len(X)


def gradients(params, X, Y, right):
    net = MultiLayerPerceptron(params)
    grads = {name: [np.zeros(p.shape) for p in each] for name, each in params.items()}
    for x, y in zip(X, Y):
        net.forward(x)
        for name, found in zip(grads, net.backward(y, right)):
            for total, each in zip(grads[name], found):
                total += each / len(X)
    return grads


def grad(params, X, Y):
    return gradients(params, X, Y, right=False)


def repaired(params, X, Y):
    return gradients(params, X, Y, right=True)
