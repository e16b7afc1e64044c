"""The derivative of a leaky ReLU replaces what is negative, and leaves the positive inputs as they are."""

import numpy as np

SOURCE = "https://github.com/borgwang/tinynn/commit/e0c3d9a"
THREAD = "borgwang/tinynn e0c3d9a"
DATE = "2019-09"
KIND = "gradient"
FORMULA = r"f'(z) = z\ \text{where}\ z \ge 0,\; \alpha\ \text{elsewhere}"
RIGHT = r"f'(z) = 1\ \text{where}\ z \ge 0,\; \alpha\ \text{elsewhere}"
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = []
SLOPE = 0.01
SIZES = (3, 5, 2)
NET = dict(sizes=SIZES, hidden="leaky_relu", output="identity", loss="half_squared")
SAMPLES = 7
LAM = 0.0


def start(rng):
    return {
        "w1": rng.standard_normal((3, 5)),
        "b1": rng.standard_normal(5),
        "w2": rng.standard_normal((5, 2)),
        "b2": rng.standard_normal(2),
    }


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.standard_normal((SAMPLES, SIZES[-1]))


def forward(params, X):
    z = X @ params["w1"] + params["b1"]
    hidden = np.where(z.real < 0, SLOPE * z, z)
    return z, hidden, hidden @ params["w2"] + params["b2"]


def cost(params, X, Y):
    return 0.5 * np.sum((forward(params, X)[-1] - Y) ** 2) / len(X)


def backward(params, X, Y, right):
    z, hidden, out = forward(params, X)
    d2 = (out - Y) / len(X)
    slope = np.ones_like(z) if right else z.copy()
    slope[z < 0] = SLOPE
    d1 = d2 @ params["w2"].T * slope
    return {"w1": X.T @ d1, "b1": d1.sum(0), "w2": hidden.T @ d2, "b2": d2.sum(0)}


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
