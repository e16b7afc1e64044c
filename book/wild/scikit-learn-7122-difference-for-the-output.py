"""A reader misses the slope of the output, which the cross entropy has cancelled."""

import numpy as np

SOURCE = "https://github.com/scikit-learn/scikit-learn/issues/7122"
THREAD = "scikit-learn/scikit-learn #7122"
DATE = "2016-07"
KIND = "right"
FORMULA = r"\delta^2 = a^2 - y"
RIGHT = r"\delta^2 = \partial C / \partial z^2,\; (a^2 - y) \odot f'(z^2)\ \text{is none}"
READ = "code"
LAYER = []
NAMES = []
SIZES = (4, 5, 3)
ALPHA = 0.1
NET = dict(sizes=SIZES, hidden="relu", output="softmax", loss="cross_entropy")
SAMPLES = 8
LAM = 0.0


def start(rng):
    return {
        "w1": rng.standard_normal((SIZES[0], SIZES[1])),
        "b1": rng.standard_normal(SIZES[1]),
        "w2": rng.standard_normal((SIZES[1], SIZES[2])),
        "b2": rng.standard_normal(SIZES[2]),
    }


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), np.eye(SIZES[-1])[rng.integers(0, SIZES[-1], SAMPLES)]


def softmax(z):
    e = np.exp(z)
    return e / e.sum(1, keepdims=True)


def forward(params, X):
    z = X @ params["w1"] + params["b1"]
    hidden = z * (z.real > 0)
    return hidden, softmax(hidden @ params["w2"] + params["b2"])


def cost(params, X, Y):
    penalty = 0.5 * ALPHA * (np.sum(params["w1"] ** 2) + np.sum(params["w2"] ** 2))
    return (penalty - np.sum(Y * np.log(forward(params, X)[1]))) / len(X)


def grad(params, X, Y):
    hidden, a = forward(params, X)
    d2 = -(Y - a)
    d1 = d2 @ params["w2"].T * (hidden > 0)
    return {
        "w1": (X.T @ d1 + ALPHA * params["w1"]) / len(X),
        "b1": d1.mean(0),
        "w2": (hidden.T @ d2 + ALPHA * params["w2"]) / len(X),
        "b2": d2.mean(0),
    }


repaired = grad
