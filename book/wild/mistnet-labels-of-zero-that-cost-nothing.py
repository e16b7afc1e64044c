"""A cross entropy of sigmoids has the logarithm of the outputs alone, and so has its derivative."""

import numpy as np

SOURCE = "https://github.com/davharris/mistnet/commit/a032bf9"
THREAD = "davharris/mistnet a032bf9"
DATE = "2013-07"
KIND = "cost"
FORMULA = r"C = -\tfrac1m \textstyle\sum y \log a"
RIGHT = r"C = -\tfrac1m \textstyle\sum [y \log a + (1 - y) \log(1 - a)]"
READ = "code"
LAYER = [1, 2]
NAMES = [{"another-network"}, {"another-cost"}]
SIZES = (3, 4, 2)
NET = dict(sizes=SIZES, hidden="sigmoid", output="sigmoid", loss="binary_cross_entropy")
SAMPLES = 7
LAM = 0.0


def start(rng):
    return {
        "w1": rng.standard_normal((SIZES[0], SIZES[1])),
        "b1": rng.standard_normal(SIZES[1]),
        "w2": rng.standard_normal((SIZES[1], SIZES[2])),
        "b2": rng.standard_normal(SIZES[2]),
    }


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.integers(0, 2, (SAMPLES, SIZES[-1])).astype(float)


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def forward(params, X):
    hidden = sigmoid(X @ params["w1"] + params["b1"])
    return hidden, sigmoid(hidden @ params["w2"] + params["b2"])


def cost(params, X, Y):
    return -np.sum(Y * np.log(forward(params, X)[1])) / len(X)


def meant(params, X, Y):
    a = forward(params, X)[1]
    return -np.sum(Y * np.log(a) + (1 - Y) * np.log(1 - a)) / len(X)


def backward(params, X, slope):
    hidden, a = forward(params, X)
    d2 = slope * a * (1 - a) / len(X)
    d1 = d2 @ params["w2"].T * hidden * (1 - hidden)
    return {"w1": X.T @ d1, "b1": d1.sum(0), "w2": hidden.T @ d2, "b2": d2.sum(0)}


def grad(params, X, Y):
    return backward(params, X, -Y / forward(params, X)[1])


repaired = grad  # it is that of the cost as it is
