"""The slopes are those of the layer below, and the lowest layer is given the delta of the one above it."""

import numpy as np

SOURCE = "https://github.com/riric0602/Multi-Layer-Perceptron/commit/b410721"
THREAD = "riric0602/Multi-Layer-Perceptron b410721, ec6ceb9"
DATE = "2025-08"
KIND = "gradient"
FORMULA = r"\delta^2 = (W^3)^\top \delta^3 \odot a^1 \odot (1 - a^1),\; \delta^1 = \delta^2"
RIGHT = r"\delta^l = (W^{l+1})^\top \delta^{l+1} \odot a^l \odot (1 - a^l)"
READ = "code"
GROUP = "down"
LAYER = [1, 2]
NAMES = [{"slope-of-wrong-layer", "from-above-missing", "slope-missing"}]
SIZES = (3, 4, 4, 2)
NET = dict(sizes=SIZES, hidden="sigmoid", output="softmax", loss="cross_entropy")
SAMPLES = 7
LAM = 0.0


class MLP:
    def __init__(self, weights, biases, activation_funcs):
        self.weights, self.biases, self.activation_funcs = [*weights], [*biases], activation_funcs

    def neuron_activation(self, z, activation):
        if activation == "sigmoid":
            return 1 / (1 + np.exp(-z))
        exps = np.exp(z - np.max(z.real, axis=1, keepdims=True))
        return exps / np.sum(exps, axis=1, keepdims=True)

    def activation_derivative(self, a, activation):
        return a * (1 - a)

    def feedforward(self, X):
        self.z_s = []
        self.a_s = [X]
        a = X
        for w, b, act_func in zip(self.weights, self.biases, self.activation_funcs):
            z = np.dot(a, w) + b
            a = self.neuron_activation(z, act_func)
            self.z_s.append(z)
            self.a_s.append(a)
        return a

    def backpropagation(self, y, right):
        """What the first step takes off, without the rate."""
        num_layers, m = len(self.weights), y.shape[0]
        changes = [None] * num_layers
        delta = self.a_s[-1] - y
        for i in reversed(range(num_layers)):
            dw = np.dot(self.a_s[i].T, delta) / m
            db = np.sum(delta, axis=0) / m
            changes[i] = dw, db
            if right and i > 0:
                delta = np.dot(delta, self.weights[i].T) * self.activation_derivative(
                    self.a_s[i], self.activation_funcs[i - 1]
                )
            if not right and i > 1:
                delta = np.dot(delta, self.weights[i].T) * self.activation_derivative(
                    self.a_s[i - 1], self.activation_funcs[i - 1]
                )
        return changes


def start(rng):
    return [(rng.standard_normal((n, k)), rng.standard_normal(k)) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), np.eye(SIZES[-1])[rng.integers(0, SIZES[-1], SAMPLES)]


def network(params):
    weights, biases = zip(*params)
    return MLP(weights, biases, ["sigmoid", "sigmoid", "softmax"])


def cost(params, X, Y):
    return -np.mean(np.sum(Y * np.log(network(params).feedforward(X)), axis=1))


def gradients(params, X, Y, right):
    mlp = network(params)
    mlp.feedforward(X)
    return mlp.backpropagation(Y, right)


def grad(params, X, Y):
    return gradients(params, X, Y, right=False)


def repaired(params, X, Y):
    return gradients(params, X, Y, right=True)
