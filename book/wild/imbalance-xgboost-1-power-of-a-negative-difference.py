"""In the formula of a focal loss's gradient a difference keeps its sign only if the power is odd."""

import numpy as np

SOURCE = "https://github.com/jhwjhw0123/Imbalance-XGBoost/issues/1"
THREAD = "jhwjhw0123/Imbalance-XGBoost #1"
DATE = "2019-01"
KIND = "gradient"
FORMULA = (
    r"\partial \ell / \partial z = \gamma (s + y - 1) \bigl(y + (-1)^y s\bigr)^\gamma \log \bigl(1 - y - (-1)^y s\bigr)"
    r" - (y - s)^{\gamma + 1}"
)
RIGHT = (
    r"\partial \ell / \partial z = \gamma (s + y - 1) \bigl(y + (-1)^y s\bigr)^\gamma \log \bigl(1 - y - (-1)^y s\bigr)"
    r" + (-1)^y \bigl(y + (-1)^y s\bigr)^{\gamma + 1},\; "
    r"\ell = -y (1 - s)^\gamma \log s - (1 - y)\, s^\gamma \log (1 - s),\; s = \sigma(z),\; \gamma = 1"
)
READ = "discussion"
GROUP = "slope"
LAYER = [1]
NAMES = []
NET = None  # a focal loss
BLOCKS = ["w[1]", "b[1]"]
SAMPLES = 11
LAM = 0.0
GAMMA = 1


def start(rng):
    return {"w": rng.standard_normal(3), "b": rng.standard_normal(1)}


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), np.arange(SAMPLES) % 2


def sigmoid(params, X):
    """The trees' sum is a linear predictor here."""
    return 1.0 / (1.0 + np.exp(-(X @ params["w"] + params["b"])))


def cost(params, X, Y):
    s = sigmoid(params, X)
    return -np.sum(Y * (1 - s) ** GAMMA * np.log(s) + (1 - Y) * s**GAMMA * np.log(1 - s)) / len(X)


def focal_binary_object(params, X, label, right):
    sigmoid_pred = sigmoid(params, X)
    turned = (-1.0) ** label
    g2 = label + turned * sigmoid_pred
    g3 = sigmoid_pred + label - 1
    g4 = 1 - label - turned * sigmoid_pred
    g5 = turned * g2 ** (GAMMA + 1) if right else -((label - sigmoid_pred) ** (GAMMA + 1))
    g = (GAMMA * g3 * g2**GAMMA * np.log(g4) + g5) / len(X)
    return {"w": g @ X, "b": np.array([g.sum()])}


def grad(params, X, Y):
    return focal_binary_object(params, X, Y, right=False)


def repaired(params, X, Y):
    return focal_binary_object(params, X, Y, right=True)
