"""Targets of a single output are made one-hot as if they were labels, so that nought and one change places."""

import numpy as np

SOURCE = "https://github.com/NeuraLegion/shainet/commit/807cb28"
THREAD = "NeuraLegion/shainet 807cb28"
DATE = "2025-12"
KIND = "gradient"
FORMULA = r"\delta = (a - [y < 1])\, \sigma'(z)"
RIGHT = r"\delta = (a - y)\, \sigma'(z),\; C = \tfrac1m \textstyle\sum_i \tfrac12 (a_i - y_i)^2"
READ = "code"
GROUP = "slope"
LAYER = [2]
NAMES = [{"another-cost"}]
SIZES = (2, 3, 1)
NET = dict(sizes=SIZES, hidden="sigmoid", output="sigmoid", loss="half_squared")
SAMPLES = 8
LAM = 0.0


def start(rng):
    params = []
    for in_size, size in zip(SIZES, SIZES[1:]):
        params += [rng.standard_normal((in_size, size)), rng.standard_normal((1, size))]
    return params


def data(rng):
    X = rng.integers(0, 2, (SAMPLES, 2)).astype(float)
    return X + 0.1 * rng.standard_normal(X.shape), (X[:, :1] != X[:, 1:]).astype(float)


def sigmoid(value):
    out = 1.0 / (1.0 + np.exp(-value))
    return out, out * (1.0 - out)


def quadratic_cost(expected, actual):
    return {"value": 0.5 * (actual - expected) ** 2, "derivative": actual - expected}


class MatrixLayer:
    def __init__(self, weights, biases):
        self.weights, self.biases = weights, biases
        self.size = weights.shape[1]
        self.g_w, self.g_b = np.zeros_like(weights), np.zeros_like(biases)

    def forward(self, input):
        self.input = input
        linear_result = input @ self.weights + self.biases
        self.activations, self.sigma_primes = sigmoid(linear_result)
        return self.activations

    def backward(self, grad):
        local_grad = grad * self.sigma_primes
        self.g_w = self.g_w + self.input.T @ local_grad
        self.g_b = self.g_b + local_grad.sum(axis=0, keepdims=True)
        return local_grad @ self.weights.T


class Network:
    def __init__(self, params):
        self.layers = [MatrixLayer(w, b) for w, b in zip(params[::2], params[1::2])]

    def run(self, matrix):
        for layer in self.layers:
            matrix = layer.forward(matrix)
        return matrix

    def process_batch(self, batch, right=False):
        batch_error = 0.0
        output_layer = self.layers[-1]
        for input_data, expected_output in batch:
            if len(expected_output) == 1 and (not right or output_layer.size > 1):
                label = int(expected_output[0])
                oh = np.zeros(output_layer.size)
                if 0 <= label < len(oh):
                    oh[label] = 1.0
                expected_output = oh
            actual = self.run(input_data[None, :])
            cost_result = quadratic_cost(expected_output[None, :], actual)
            batch_error += np.sum(cost_result["value"])
            grad = cost_result["derivative"]
            for layer in reversed(self.layers):
                grad = layer.backward(grad)
        return batch_error

    def gradients(self):
        return [g for layer in self.layers for g in (layer.g_w, layer.g_b)]


def cost(params, X, Y):
    return Network(params).process_batch(list(zip(X, Y)), right=True) / len(X)


def gradients(params, X, Y, right):
    """The mean of what batches of one sample each give at the same parameters."""
    net = Network(params)
    for sample in zip(X, Y):
        net.process_batch([sample], right)
    return [g / len(X) for g in net.gradients()]


def grad(params, X, Y):
    return gradients(params, X, Y, right=False)


def repaired(params, X, Y):
    return gradients(params, X, Y, right=True)
