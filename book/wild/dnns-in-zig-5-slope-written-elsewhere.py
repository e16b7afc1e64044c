"""Below zero the leaky ReLU writes its product into the wrong array, and what it returns there was never set."""

import numpy as np

SOURCE = "https://github.com/SilasMarvin/dnns-from-scratch-in-zig/issues/5"
THREAD = "SilasMarvin/dnns-from-scratch-in-zig #5"
DATE = "2023-05"
KIND = "gradient"
FORMULA = r"\delta^1 = (W^2)^\top \delta^2 \odot [z^1 \ge 0]"
RIGHT = r"\delta^1 = (W^2)^\top \delta^2 \odot \bigl([z^1 \ge 0] + 0.01\, [z^1 < 0]\bigr)"
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = [{"slope-of-wrong-function"}]
NET = dict(sizes=(4, 5, 3), hidden="leaky_relu", output="softmax", loss="cross_entropy")
SAMPLES = 7
LAM = 0.0


def leaky(z):
    return np.where(z.real > 0, z, 0.01 * z)


def softmax(z):
    e = np.exp(z)
    return e / e.sum(1, keepdims=True)


def start(rng):
    sizes = NET["sizes"]
    return [(rng.standard_normal((n, k)), rng.standard_normal(k)) for n, k in zip(sizes, sizes[1:])]


def data(rng):
    sizes = NET["sizes"]
    X = rng.standard_normal((SAMPLES, sizes[0]))
    Y = np.eye(sizes[-1])[rng.integers(0, sizes[-1], SAMPLES)]
    return X, Y


def forward(params, X):
    z, a = [None], [X]
    for W, b in params:
        z.append(a[-1] @ W + b)
        a.append(leaky(z[-1]) if len(z) <= len(params) else softmax(z[-1]))
    return z, a


def cost(params, X, Y):
    return -np.sum(Y * np.log(forward(params, X)[1][-1])) / len(X)


def backward(params, X, Y, right):
    """What was never set is taken to be zero."""
    z, a = forward(params, X)
    d2 = (a[2] - Y) / len(X)
    above = d2 @ params[1][0].T
    d1 = np.where(z[1] < 0, 0.01 * above if right else 0, above)
    return [(a[0].T @ d1, d1.sum(0)), (a[1].T @ d2, d2.sum(0))]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
