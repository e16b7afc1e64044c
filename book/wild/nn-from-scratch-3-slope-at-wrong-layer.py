"""The hidden slope is taken at the weighted input of the layer above, which fits because the widths agree."""

import numpy as np

SOURCE = "https://github.com/dennybritz/nn-from-scratch/pull/3"
THREAD = "dennybritz/nn-from-scratch PR #3"
DATE = "2016-04"
KIND = "gradient"
FORMULA = r"\delta^1 = (W^2)^\top \delta^2 \odot \bigl(1 - \tanh^2(z^2)\bigr)"
RIGHT = r"\delta^1 = (W^2)^\top \delta^2 \odot \bigl(1 - \tanh^2(z^1)\bigr)"
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = [{"slope-of-wrong-layer"}]
NET = dict(sizes=(2, 3, 3), hidden="tanh", output="softmax", loss="cross_entropy")
SAMPLES = 7
LAM = 0.0


def softmax(z):
    e = np.exp(z)
    return e / e.sum(1, keepdims=True)


def start(rng):
    sizes = NET["sizes"]
    params = {}
    for l, (n, k) in enumerate(zip(sizes, sizes[1:]), 1):
        params[f"W{l}"] = rng.standard_normal((n, k))
        params[f"b{l}"] = rng.standard_normal(k)
    return params


def data(rng):
    sizes = NET["sizes"]
    X = rng.standard_normal((SAMPLES, sizes[0]))
    Y = np.eye(sizes[-1])[rng.integers(0, sizes[-1], SAMPLES)]
    return X, Y


def forward(params, X):
    z, a = [None], [X]
    L = len(params) // 2
    for l in range(1, L + 1):
        z.append(a[-1] @ params[f"W{l}"] + params[f"b{l}"])
        a.append(np.tanh(z[-1]) if len(z) <= L else softmax(z[-1]))
    return z, a


def cost(params, X, Y):
    p = forward(params, X)[1][-1]
    return -np.sum(Y * np.log(p)) / len(X)


def backward(params, X, Y, right):
    z, (x, h, p) = forward(params, X)
    m = len(X)
    d2 = p - Y
    d1 = d2 @ params["W2"].T * (1 - np.tanh(z[1 if right else 2]) ** 2)
    return {"W1": x.T @ d1 / m, "b1": d1.sum(0) / m, "W2": h.T @ d2 / m, "b2": d2.sum(0) / m}


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
