"""The derivative of a focal loss with respect to the probability has lost the minus of the loss."""

import numpy as np

SOURCE = "https://github.com/jsboige/CoursIA/pull/16165"
THREAD = "jsboige/CoursIA PR #16165"
DATE = "2026-09"
KIND = "gradient"
FORMULA = (
    r"\partial C / \partial p = \alpha\, (1 - p)^{\gamma - 1} \bigl(\tfrac{1 - p}{p} - \gamma \log p\bigr),\; "
    r"C = -\alpha\, (1 - p)^\gamma \log p"
)
RIGHT = (
    r"\partial C / \partial p = -\alpha\, (1 - p)^{\gamma - 1} \bigl(\tfrac{1 - p}{p} - \gamma \log p\bigr),\; "
    r"C = -\alpha\, (1 - p)^\gamma \log p"
)
READ = "discussion"
GROUP = "factor"
LAYER = [1]
NAMES = [{"sign"}]
ALPHA, FOCUS = 0.25, 2.0
NET = None  # a focal loss
BLOCKS = ["w[1]", "b[1]"]
SAMPLES = 9
LAM = 0.0


def start(rng):
    return {"w": rng.standard_normal(3), "b": rng.standard_normal(1)}


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.integers(0, 2, SAMPLES).astype(float)


def of_the_label(params, X, Y):
    """The probability of the true label."""
    p = 1 / (1 + np.exp(-(X @ params["w"] + params["b"])))
    return p, np.where(Y == 1, p, 1 - p)


def cost(params, X, Y):
    q = of_the_label(params, X, Y)[1]
    return -ALPHA * np.sum((1 - q) ** FOCUS * np.log(q)) / len(X)


def backward(params, X, Y, right):
    p, q = of_the_label(params, X, Y)
    g = ALPHA * (1 - q) ** (FOCUS - 1) * ((1 - q) / q - FOCUS * np.log(q)) / len(X)
    d = (-g if right else g) * np.where(Y == 1, 1, -1) * p * (1 - p)
    return {"w": d @ X, "b": np.array([d.sum()])}


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
