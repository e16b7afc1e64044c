"""A criterion of two classes is the likelihood's logarithm, which a descent makes smaller, and so is its gradient."""

import numpy as np

SOURCE = "https://github.com/torch/nn/commit/6a1102f"
THREAD = "torch/nn 6a1102f"
DATE = "2014-07"
KIND = "cost"
FORMULA = r"C = \tfrac1m \textstyle\sum [y \log a + (1 - y) \log(1 - a)]"
RIGHT = r"C = -\tfrac1m \textstyle\sum [y \log a + (1 - y) \log(1 - a)]"
READ = "code"
LAYER = [1, 2]
NAMES = [{"another-network"}, {"another-cost"}]
SIZES = (3, 4, 2)
NET = dict(sizes=SIZES, hidden="tanh", output="sigmoid", loss="binary_cross_entropy")
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


def forward(params, X):
    hidden = np.tanh(X @ params["w1"] + params["b1"])
    return hidden, 1 / (1 + np.exp(-(hidden @ params["w2"] + params["b2"])))


def cost(params, X, Y):
    a = forward(params, X)[1]
    return np.sum(Y * np.log(a) + (1 - Y) * np.log(1 - a)) / len(X)


def meant(params, X, Y):
    return -cost(params, X, Y)


def grad(params, X, Y):
    hidden, a = forward(params, X)
    d2 = (Y / a - (1 - Y) / (1 - a)) * a * (1 - a) / len(X)
    d1 = d2 @ params["w2"].T * (1 - hidden**2)
    return {"w1": X.T @ d1, "b1": d1.sum(0), "w2": hidden.T @ d2, "b2": d2.sum(0)}


repaired = grad  # it is that of the cost as it is
