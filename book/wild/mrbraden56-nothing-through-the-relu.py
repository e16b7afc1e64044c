"""A ReLU clears the gradient where it is off, and hands nothing down where it is on."""

import numpy as np

SOURCE = "https://github.com/mrbraden56/NanoGrad/commit/b417373"
THREAD = "mrbraden56/NanoGrad b417373"
DATE = "2023-02"
KIND = "gradient"
FORMULA = r"\partial C / \partial z = 0"
RIGHT = r"\partial C / \partial z = g \odot [a > 0],\; g = \partial C / \partial a,\; a = \mathrm{relu}(z)"
READ = "code"
GROUP = "down"
LAYER = [1]
NAMES = [{"layer-forgotten"}]
SIZES = (3, 5, 2)
NET = dict(sizes=SIZES, hidden="relu", output="identity", loss="mse")
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
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.standard_normal((SAMPLES, SIZES[-1]))


def forward(params, X):
    z = X @ params["w1"] + params["b1"]
    hidden = z * (z.real > 0)
    return hidden, hidden @ params["w2"] + params["b2"]


def cost(params, X, Y):
    return np.mean((forward(params, X)[1] - Y) ** 2)


def backward(params, X, Y, right):
    hidden, out = forward(params, X)
    d2 = 2 * (out - Y) / Y.size
    d1 = np.zeros_like(hidden)
    if right:
        d1 += d2 @ params["w2"].T * (hidden > 0)
    return {"w1": X.T @ d1, "b1": d1.sum(0), "w2": hidden.T @ d2, "b2": d2.sum(0)}


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
