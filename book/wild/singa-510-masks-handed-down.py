"""The backward pass of a minimum hands down its two masks, and what comes from above is left out."""

import numpy as np

SOURCE = "https://github.com/apache/singa/pull/510"
THREAD = "apache/singa PR #510"
DATE = "2019-08"
KIND = "gradient"
FORMULA = r"\delta^u = [u < v],\; \delta^v = [u > v],\; a^1 = \min(u, v)"
RIGHT = r"\delta^u = g \odot [u < v],\; \delta^v = g \odot [u > v],\; a^1 = \min(u, v)"
READ = "code"
GROUP = "down"
LAYER = [1]
NAMES = []
SIZES = (3, 4, 2)
NET = None  # a minimum of two
BLOCKS = ["U[1]", "p[1]", "V[1]", "q[1]", "W[2]", "b[2]"]
SAMPLES = 7
LAM = 0.0


def start(rng):
    """Two affine functions under a minimum, then one more layer."""
    return [rng.standard_normal(s) for s in ((3, 4), (4,), (3, 4), (4,), (4, 2), (2,))]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.standard_normal((SAMPLES, SIZES[-1]))


def forward(params, X):
    U, p, V, q, W, b = params
    u, v = X @ U + p, X @ V + q
    a = np.where(u.real < v.real, u, v)
    return u, v, a, a @ W + b


def cost(params, X, Y):
    return 0.5 * np.sum((forward(params, X)[-1] - Y) ** 2) / len(X)


def backward(params, X, Y, right):
    u, v, a, out = forward(params, X)
    e = (out - Y) / len(X)
    g = e @ params[4].T if right else 1.0
    du, dv = g * (u < v), g * (u > v)
    return [X.T @ du, du.sum(0), X.T @ dv, dv.sum(0), a.T @ e, e.sum(0)]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
