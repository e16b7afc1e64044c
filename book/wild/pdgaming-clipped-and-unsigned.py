"""A weight is moved by the clipped size of twice the loss times the input, always upwards, the bias downwards."""

import numpy as np

SOURCE = "https://github.com/PDgaming/Neural-Network-From-Scratch/commit/a8985c6"
THREAD = "PDgaming/Neural-Network-From-Scratch a8985c6"
DATE = "2026-06"
KIND = "gradient"
FORMULA = r"\partial C / \partial w = -g,\; \partial C / \partial b = g,\; g = \min(\lvert 2 C x\rvert, 1)"
RIGHT = r"\partial C / \partial w = 2 (a - y)\, x,\; \partial C / \partial b = 2 (a - y)"
READ = "code"
GROUP = "factor"
LAYER = [1]
NAMES = []
SIZES = (1, 1)
NET = dict(sizes=SIZES, output="identity", loss="mse")
SAMPLES = 6
LAM = 0.0


def start(rng):
    """One unit that hands its sum out."""
    return [rng.standard_normal((1, 1)), rng.standard_normal(1)]


def data(rng):
    x = rng.uniform(0.5, 3, (SAMPLES, 1))
    return x, 4 * x + 2


def cost(params, X, Y):
    return np.mean((X @ params[0] + params[1] - Y) ** 2)


def backward(params, X, Y, right):
    """The mean of what the samples' steps take off."""
    error = X @ params[0] + params[1] - Y
    if right:
        return [2 * X.T @ error / len(X), 2 * error.mean(0)]
    g = np.clip(np.abs(2 * error**2 * X), 0, 1)
    return [-g.mean(0)[:, None], g.mean(0)]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
