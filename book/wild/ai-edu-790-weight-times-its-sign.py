"""A text multiplies by the sign of a weight where its program adds a number of that sign."""

import numpy as np

SOURCE = "https://github.com/microsoft/ai-edu/issues/790"
THREAD = "microsoft/ai-edu #790"
DATE = "2023-04"
KIND = "gradient"
FORMULA = (
    r"\partial C / \partial W = (\cdot) + \tfrac{\lambda}{m}\, W \odot \mathrm{sign}\, W = (\cdot) + "
    r"\tfrac{\lambda}{m}\, \vert W \vert"
)
RIGHT = r"\partial C / \partial W = (\cdot) + \tfrac{\lambda}{m}\, \mathrm{sign}\, W"
READ = "discussion"
GROUP = "penalty"
LAYER = [1, 2]
NAMES = []
NET = None  # an L1 penalty
BLOCKS = ["W[1]", "b[1]", "W[2]", "b[2]"]
SAMPLES = 7
LAM = 0.6


def start(rng):
    """Samples are columns."""
    return [rng.standard_normal(s) for s in ((5, 3), (5, 1), (2, 5), (2, 1))]


def data(rng):
    return rng.standard_normal((3, SAMPLES)), rng.standard_normal((2, SAMPLES))


def forward(params, X):
    W1, b1, W2, b2 = params
    A = np.tanh(W1 @ X + b1)
    return A, W2 @ A + b2


def modulus(W):
    return W * np.sign(W.real)


def cost(params, X, Y):
    m = X.shape[1]
    sums = np.sum(modulus(params[0])) + np.sum(modulus(params[2]))
    return (0.5 * np.sum((forward(params, X)[1] - Y) ** 2) + LAM * sums) / m


def backward(params, X, Y, right):
    m = X.shape[1]
    A, out = forward(params, X)
    dZ2 = out - Y
    dZ1 = params[2].T @ dZ2 * (1 - A * A)
    penalties = [LAM * (np.sign(W) if right else np.sign(W) * W) for W in (params[0], params[2])]
    dW1, dW2 = dZ1 @ X.T + penalties[0], dZ2 @ A.T + penalties[1]
    return [dW1 / m, dZ1.sum(1, keepdims=True) / m, dW2 / m, dZ2.sum(1, keepdims=True) / m]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
