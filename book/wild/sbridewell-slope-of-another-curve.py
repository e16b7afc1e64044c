"""The slope of an arctangent is that of a hyperbolic tangent."""

import numpy as np

SOURCE = "https://github.com/sbridewell/NeuralNetworks/commit/6263903"
THREAD = "sbridewell/NeuralNetworks 6263903"
DATE = "2026-04"
KIND = "gradient"
FORMULA = r"\arctan'(z) = 1 - \tanh^2 z"
RIGHT = r"\arctan'(z) = \frac{1}{1 + z^2}"
READ = "code"
GROUP = "slope"
LAYER = [1, 2]
NAMES = [{"slope-of-wrong-function"}]
NET = None  # arctangents
BLOCKS = ["W[1]", "b[1]", "W[2]", "b[2]"]
SAMPLES = 6
LAM = 0.0


def start(rng):
    return [rng.standard_normal((4, 3)), rng.standard_normal(4), rng.standard_normal((2, 4)), rng.standard_normal(2)]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.uniform(-1, 1, (SAMPLES, 2))


class ArctangentActivationFunctionProvider:
    def __init__(self, right):
        self.right = right

    def CalculateActivation(self, input):
        return np.arctan(input)

    def CalculateGradient(self, input):
        if self.right:
            return 1.0 / (1.0 + (input * input))
        return 1 - np.power(np.tanh(input), 2)


def forward(params, x, provider):
    W1, b1, W2, b2 = params
    z1 = W1 @ x + b1
    a1 = provider.CalculateActivation(z1)
    z2 = W2 @ a1 + b2
    return z1, a1, z2, provider.CalculateActivation(z2)


def cost(params, X, Y):
    provider = ArctangentActivationFunctionProvider(right=True)
    return sum(0.5 * np.sum((forward(params, x, provider)[-1] - y) ** 2) for x, y in zip(X, Y)) / len(X)


def gradients(params, X, Y, right):
    provider = ArctangentActivationFunctionProvider(right)
    grads = [np.zeros_like(p) for p in params]
    for x, y in zip(X, Y):
        z1, a1, z2, a2 = forward(params, x, provider)
        delta2 = (a2 - y) * provider.CalculateGradient(z2)
        delta1 = params[2].T @ delta2 * provider.CalculateGradient(z1)
        for total, each in zip(grads, (np.outer(delta1, x), delta1, np.outer(delta2, a1), delta2)):
            total += each / len(X)
    return grads


def grad(params, X, Y):
    return gradients(params, X, Y, right=False)


def repaired(params, X, Y):
    return gradients(params, X, Y, right=True)
