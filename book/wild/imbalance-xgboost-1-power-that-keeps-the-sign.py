"""A script is doubted with its formula, yet its power keeps the sign of a difference, and so the gradient is right."""

import numpy as np

SOURCE = "https://github.com/jhwjhw0123/Imbalance-XGBoost/issues/1"
THREAD = "jhwjhw0123/Imbalance-XGBoost #1, the script"
DATE = "2019-06"
KIND = "right"
FORMULA = (
    r"\partial \ell / \partial z = \gamma (s + y - 1) \bigl(y + (-1)^y s\bigr)^\gamma \log \bigl(1 - y - (-1)^y s\bigr)"
    r" - \operatorname{sign}(y - s)\, \vert y - s \vert^{\gamma + 1}"
)
RIGHT = (
    r"\partial \ell / \partial z = \gamma (s + y - 1) \bigl(y + (-1)^y s\bigr)^\gamma \log \bigl(1 - y - (-1)^y s\bigr)"
    r" + (-1)^y \bigl(y + (-1)^y s\bigr)^{\gamma + 1},\; "
    r"\ell = -y (1 - s)^\gamma \log s - (1 - y)\, s^\gamma \log (1 - s),\; s = \sigma(z)"
)
READ = "code"
LAYER = []
NAMES = []
NET = None  # a focal loss
BLOCKS = ["w[1]", "b[1]"]
SAMPLES = 11
LAM = 0.0
GAMMA = 1.5


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


def robust_pow(num_base, num_pow):
    return np.sign(num_base) * np.abs(num_base) ** num_pow


def grad(params, X, label):
    """The tiny number within the author's logarithm is left out."""
    sigmoid_pred = sigmoid(params, X)
    g2 = label + (-1.0) ** label * sigmoid_pred
    g3 = sigmoid_pred + label - 1
    g4 = 1 - label - (-1.0) ** label * sigmoid_pred
    g5 = label - sigmoid_pred
    g = GAMMA * g3 * robust_pow(g2, GAMMA) * np.log(g4) - robust_pow(g5, GAMMA + 1)
    return {"w": g @ X / len(X), "b": np.array([g.sum() / len(X)])}


repaired = grad
