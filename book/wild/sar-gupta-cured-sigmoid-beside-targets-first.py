"""A sigmoid that fell is cured, and the delta that had its order from it takes the outputs off the targets still."""

import numpy as np

SOURCE = "https://github.com/sar-gupta/neural-network-from-scratch/commit/1749f00"
THREAD = "sar-gupta/neural-network-from-scratch 1749f00"
DATE = "2017-10"
KIND = "gradient"
FORMULA = r"\delta^2 = a^2 \odot (1 - a^2) \odot (y - a^2),\; W \leftarrow W - \eta\, \delta^2 (a^1)^\top"
RIGHT = r"\delta^2 = a^2 \odot (1 - a^2) \odot (a^2 - y)"
READ = "code"
GROUP = "factor"
LAYER = [2]
NAMES = [{"sign"}]
SIZES = (4, 5, 1)
NET = dict(sizes=SIZES, hidden="sigmoid", output="sigmoid", loss="half_squared")
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
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.integers(0, 2, (SAMPLES, SIZES[-1])).astype(float)


def sigmoid(z):
    return np.divide(1, 1 + np.exp(np.negative(z)))


def forward(params, X):
    hidden = sigmoid(X @ params["w1"] + params["b1"])
    return hidden, sigmoid(hidden @ params["w2"] + params["b2"])


def cost(params, X, Y):
    return np.mean((Y - forward(params, X)[-1]) ** 2 / 2)


def backward(params, X, Y, right):
    hidden, a = forward(params, X)
    d2 = a * (1 - a) * (a - Y if right else Y - a) / len(X)
    d1 = d2 @ params["w2"].T * hidden * (1 - hidden)
    return {"w1": X.T @ d1, "b1": d1.sum(0), "w2": hidden.T @ d2, "b2": d2.sum(0)}


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
