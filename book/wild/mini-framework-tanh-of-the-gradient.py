"""The backward pass of a tanh takes the hyperbolic tangent of the gradient that comes, and not of its input."""

import numpy as np

SOURCE = "https://github.com/costanzavolpini/mini-deep-learning-framework/commit/b726fd1"
THREAD = "costanzavolpini/mini-deep-learning-framework b726fd1"
DATE = "2019-04"
KIND = "gradient"
FORMULA = r"\delta^1 = 1 - \tanh^2 \epsilon^1,\; \epsilon^1 = (W^2)^\top \delta^2"
RIGHT = r"\delta^1 = \epsilon^1 \odot (1 - \tanh^2 z^1),\; \epsilon^1 = (W^2)^\top \delta^2"
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = []
NET = dict(sizes=(2, 4, 1), hidden="tanh", output="identity", loss="mse")
SAMPLES = 7
LAM = 0.0


def start(rng):
    return [
        {"weight": rng.standard_normal((4, 2)), "bias": rng.standard_normal((4, 1))},
        {"weight": rng.standard_normal((1, 4)), "bias": rng.standard_normal((1, 1))},
    ]


def data(rng):
    return rng.standard_normal((SAMPLES, 2)), rng.standard_normal((SAMPLES, 1))


class Linear:
    def __init__(self, weight, bias):
        self.weight, self.bias = weight, bias

    def forward(self, x):
        self.x = x
        return self.weight @ x + self.bias

    def backward(self, gradient):
        self.gradients = {"weight": gradient @ self.x.T, "bias": gradient.sum(1, keepdims=True)}
        return self.weight.T @ gradient


class TanhAsPublished:
    def forward(self, x):
        return np.tanh(x)

    def backward(self, gradient):
        return 1 - np.tanh(gradient) ** 2


class Tanh:
    def forward(self, x):
        self.x = x
        return np.tanh(x)

    def backward(self, gradient):
        return gradient * (1 - np.tanh(self.x) ** 2)


def sequential(params, tanh):
    return [Linear(**params[0]), tanh(), Linear(**params[1])]


def forward(modules, x):
    for module in modules:
        x = module.forward(x)
    return x


def cost(params, X, Y):
    return np.mean((forward(sequential(params, Tanh), X.T) - Y.T) ** 2)


def backward(params, X, Y, tanh):
    """Sample by sample, with the loss of each of them."""
    totals = [{key: np.zeros_like(array) for key, array in layer.items()} for layer in params]
    for x, y in zip(X, Y):
        modules = sequential(params, tanh)
        gradient = 2 * (forward(modules, x[:, None]) - y[:, None])
        for module in reversed(modules):
            gradient = module.backward(gradient)
        for total, module in zip(totals, modules[::2]):
            for key in total:
                total[key] += module.gradients[key] / len(X)
    return totals


def grad(params, X, Y):
    return backward(params, X, Y, TanhAsPublished)


def repaired(params, X, Y):
    return backward(params, X, Y, Tanh)
