"""A reader misses the slope of the output, which the cross entropy has cancelled."""

import numpy as np

SOURCE = "https://github.com/rasbt/python-machine-learning-book-3rd-edition/issues/154"
THREAD = "rasbt/python-machine-learning-book-3rd-edition #154"
DATE = "2021-07"
KIND = "right"
FORMULA = r"\delta^2 = a^2 - y,\; C = -\textstyle\sum [y \log a^2 + (1 - y) \log(1 - a^2)]"
RIGHT = (
    r"\delta^2 = \partial C / \partial z^2,\; \delta^2 = (a^2 - y) \odot a^2 \odot (1 - a^2)\ \text{is another cost's}"
)
READ = "discussion"
LAYER = []
NAMES = []
SIZES = (4, 5, 3)
NET = dict(sizes=SIZES, hidden="sigmoid", output="sigmoid", loss="binary_cross_entropy")
SAMPLES = 8
LAM = 0.0


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def start(rng):
    return {
        "b_h": rng.standard_normal(5),
        "w_h": rng.standard_normal((4, 5)),
        "b_out": rng.standard_normal(3),
        "w_out": rng.standard_normal((5, 3)),
    }


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), np.eye(SIZES[-1])[rng.integers(0, SIZES[-1], SAMPLES)]


def forward(params, X):
    a_h = sigmoid(X @ params["w_h"] + params["b_h"])
    return a_h, sigmoid(a_h @ params["w_out"] + params["b_out"])


def cost(params, X, Y):
    a = forward(params, X)[1]
    return -np.sum(Y * np.log(a) + (1 - Y) * np.log(1 - a)) / len(X)


def grad(params, X, Y):
    a_h, a_out = forward(params, X)
    delta_out = (a_out - Y) / len(X)
    delta_h = delta_out @ params["w_out"].T * a_h * (1 - a_h)
    return {"b_h": delta_h.sum(0), "w_h": X.T @ delta_h, "b_out": delta_out.sum(0), "w_out": a_h.T @ delta_out}


repaired = grad
