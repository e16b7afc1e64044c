"""In a binary cross entropy the labels stand in the logarithms, and the outputs beside them."""

import numpy as np

SOURCE = "https://github.com/trixky/multilayer_perceptron/commit/8612490"
THREAD = "trixky/multilayer_perceptron 8612490"
DATE = "2023-03"
KIND = "cost"
FORMULA = r"C = -\tfrac1m \textstyle\sum [a \log y + (1 - a) \log(1 - y)],\; \log 0 = \log \varepsilon"
RIGHT = r"C = -\tfrac1m \textstyle\sum [y \log a + (1 - y) \log(1 - a)]"
READ = "code"
LAYER = [1, 2]
NAMES = [{"another-network"}, {"another-cost"}]
EPS = 1e-3
SIZES = (3, 4, 2)
NET = dict(sizes=SIZES, hidden="sigmoid", output="sigmoid", loss="binary_cross_entropy")
SAMPLES = 7
LAM = 0.0


def start(rng):
    return {
        "W1": rng.standard_normal((3, 4)),
        "b1": rng.standard_normal(4),
        "W2": rng.standard_normal((4, 2)),
        "b2": rng.standard_normal(2),
    }


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.integers(0, 2, (SAMPLES, SIZES[-1])).astype(float)


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def forward(params, X):
    hidden = sigmoid(X @ params["W1"] + params["b1"])
    return hidden, sigmoid(hidden @ params["W2"] + params["b2"])


def log_clip(y):
    return np.log(np.where(y == 0, EPS, y))


def cost(params, X, Y):
    a = forward(params, X)[1]
    return -np.sum(a * log_clip(Y) + (1 - a) * log_clip(1 - Y)) / len(X)


def meant(params, X, Y):
    a = forward(params, X)[1]
    return -np.sum(Y * np.log(a) + (1 - Y) * np.log(1 - a)) / len(X)


def backward(params, X, d2):
    hidden = forward(params, X)[0]
    d1 = d2 @ params["W2"].T * hidden * (1 - hidden)
    return {"W1": X.T @ d1, "b1": d1.sum(0), "W2": hidden.T @ d2, "b2": d2.sum(0)}


def grad(params, X, Y):
    """The one that belongs to the logarithms of the outputs."""
    return backward(params, X, (forward(params, X)[1] - Y) / len(X))


def repaired(params, X, Y):
    """The gradient of the cost as it is."""
    a = forward(params, X)[1]
    return backward(params, X, (log_clip(1 - Y) - log_clip(Y)) * a * (1 - a) / len(X))
