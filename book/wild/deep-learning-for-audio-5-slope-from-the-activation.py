"""Right, though a change was proposed: x (1 - x) is asked for the activations, which have been through the sigmoid."""

import numpy as np

SOURCE = "https://github.com/musikalkemist/DeepLearningForAudioWithPython/pull/5"
THREAD = "musikalkemist/DeepLearningForAudioWithPython PR #5"
DATE = "2020-12"
KIND = "right"
FORMULA = r"\delta^l = \epsilon^l \odot a^l (1 - a^l)"
RIGHT = r"\delta^l = \epsilon^l \odot \sigma'(z^l)"
READ = "code"
LAYER = []
NAMES = []
SIZES = (2, 5, 3, 1)
NET = dict(sizes=SIZES, hidden="sigmoid", output="sigmoid", loss="half_squared")  # no biases
SAMPLES = 8
LAM = 0.0


def start(rng):
    return [rng.standard_normal((n, k)) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    items = rng.uniform(0, 0.5, (SAMPLES, SIZES[0]))
    return items, items.sum(axis=1, keepdims=True)


class MLP:
    def __init__(self, weights):
        self.weights, self.derivatives = weights, [None] * len(weights)

    def forward_propagate(self, inputs):
        self.activations = [inputs]
        for w in self.weights:
            self.activations.append(1.0 / (1 + np.exp(-np.dot(self.activations[-1], w))))
        return self.activations[-1]

    def back_propagate(self, error):
        for i in reversed(range(len(self.weights))):
            delta = error * self.sigmoid_derivative(self.activations[i + 1])
            self.derivatives[i] = np.dot(self.activations[i][:, None], delta[None])
            error = np.dot(delta, self.weights[i].T)

    @staticmethod
    def sigmoid_derivative(x):
        return x * (1.0 - x)


def cost(weights, X, Y):
    return sum(0.5 * np.sum((y - MLP(weights).forward_propagate(x)) ** 2) for x, y in zip(X, Y)) / len(X)


def grad(weights, X, Y):
    """The derivatives of the author point downhill, since his error is the target minus the output."""
    mlp, totals = MLP(weights), [np.zeros_like(w) for w in weights]
    for x, y in zip(X, Y):
        mlp.back_propagate(y - mlp.forward_propagate(x))
        for total, derivative in zip(totals, mlp.derivatives):
            total -= derivative / len(X)
    return totals


repaired = grad
