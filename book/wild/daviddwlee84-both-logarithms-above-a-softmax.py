"""Above a softmax stands a cross entropy with both logarithms, with the gradient of the one logarithm."""

import numpy as np

SOURCE = "https://github.com/daviddwlee84/DeepLearningPractice/commit/5b8ce95"
THREAD = "daviddwlee84/DeepLearningPractice 5b8ce95"
DATE = "2020-03"
KIND = "gradient"
FORMULA = (
    r"\partial C / \partial z^1 = a - y,\; C = -\textstyle\sum_k y_k \log a_k + (1 - y_k) \log(1 - a_k),\; "
    r"a = \mathrm{softmax}(z^1)"
)
RIGHT = (
    r"\partial C / \partial z^1 = a - y + \mathrm{diag}(a)\, r - a\, (a^\top r),\; r_k = (1 - y_k) / (1 - a_k),\; "
    r"a = \mathrm{softmax}(z^1)"
)
READ = "code"
GROUP = "softmax"
LAYER = [1]
NAMES = [{"another-cost"}]
SIZES = (2, 3)
NET = None  # both logarithms of a softmax
BLOCKS = ["W[1]", "b[1]"]
SAMPLES = 6
LAM = 0.0


def start(rng):
    """Samples are columns."""
    return {"W": rng.standard_normal((2, 3)), "b": rng.standard_normal((3, 1))}


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), np.eye(SIZES[-1])[rng.integers(0, SIZES[-1], SAMPLES)]


def predict(params, X):
    powers = np.exp(params["W"].T @ X.T + params["b"])
    return powers / powers.sum(axis=0)


def cost(params, X, Y):
    a = predict(params, X)
    return np.sum(-Y.T * np.log(a) - (1 - Y.T) * np.log(1 - a)) / len(X)


def backward(params, X, Y, right):
    a = predict(params, X)
    delta = a - Y.T
    if right:
        r = (1 - Y.T) / (1 - a)
        delta = delta + a * r - a * np.sum(a * r, axis=0)
    delta = delta / len(X)
    return {"W": X.T @ delta.T, "b": delta.sum(1, keepdims=True)}


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
