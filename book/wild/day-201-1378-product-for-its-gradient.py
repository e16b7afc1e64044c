"""Where a product of matrices is differentiated, the product itself stands for the gradient that comes from above."""

import numpy as np

SOURCE = "https://github.com/Shubham-cyber-prog/100-Days-Of-Web-Development-ECWoC26/pull/1378"
THREAD = "Shubham-cyber-prog/100-Days-Of-Web-Development-ECWoC26 PR #1378 (review)"
DATE = "2026-02"
KIND = "gradient"
FORMULA = r"\partial C / \partial W^l = (a^{l-1})^\top z^l,\; z^l = a^{l-1} W^l"
RIGHT = r"\partial C / \partial W^l = (a^{l-1})^\top \delta^l,\; z^l = a^{l-1} W^l"
READ = "code"
GROUP = "slope"
LAYER = [1, 2]
NAMES = []
SIZES = (3, 4, 2)
NET = dict(sizes=SIZES, hidden="relu", output="identity", loss="half_squared")  # no biases
SAMPLES = 7
LAM = 0.0


def start(rng):
    return [rng.standard_normal((n, k)) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.standard_normal((SAMPLES, SIZES[-1]))


def forward(params, X):
    z1 = X @ params[0]
    a1 = z1 * (z1.real > 0)
    return z1, a1, a1 @ params[1]


def cost(params, X, Y):
    return 0.5 * np.sum((forward(params, X)[-1] - Y) ** 2) / len(X)


def backward(params, X, Y, right):
    z1, a1, z2 = forward(params, X)
    out = (z2 - Y) / len(X) if right else z2
    d_second, d_hidden = a1.T @ out, out @ params[1].T
    out = d_hidden * (z1 > 0) if right else z1
    return [X.T @ out, d_second]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
