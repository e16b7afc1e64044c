"""A difference hands its gradient on to both of its terms with the same sign."""

import numpy as np

SOURCE = "https://github.com/KhawajaAbaid/micrograd_c/issues/1"
THREAD = "KhawajaAbaid/micrograd_c #1"
DATE = "2024-08"
KIND = "gradient"
FORMULA = r"\delta^2 = 2\,(y - a^2) \odot \tanh'(z^2) \text{ for } \ell = (y - a^2)^2"
RIGHT = r"\delta^2 = 2\,(a^2 - y) \odot \tanh'(z^2)"
READ = "code"
GROUP = "factor"
LAYER = [1, 2]
NAMES = [{"sign"}]
SIZES = (3, 5, 1)
NET = dict(sizes=SIZES, hidden="tanh", output="tanh", loss="mse")
SAMPLES = 7
LAM = 0.0


def start(rng):
    params = {}
    for l, (n, k) in enumerate(zip(SIZES, SIZES[1:]), start=1):
        params[f"W{l}"], params[f"b{l}"] = rng.standard_normal((n, k)), rng.standard_normal(k)
    return params


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.standard_normal((SAMPLES, SIZES[-1]))


def forward(params, X):
    a1 = np.tanh(X @ params["W1"] + params["b1"])
    return a1, np.tanh(a1 @ params["W2"] + params["b2"])


def cost(params, X, Y):
    return np.mean((Y - forward(params, X)[-1]) ** 2)


def backward(params, X, Y, right):
    a1, p = forward(params, X)
    d2 = (-1 if right else 1) * 2 * (Y - p) / Y.size * (1 - p**2)
    d1 = d2 @ params["W2"].T * (1 - a1**2)
    return {"W1": X.T @ d1, "b1": d1.sum(0), "W2": a1.T @ d2, "b2": d2.sum(0)}


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
