"""The backward pass of the softmax multiplies by p(1 - p), as if each unit had its own."""

import numpy as np

SOURCE = "https://github.com/RoboticsClubIITJ/ML-DL-implementation/pull/153"
THREAD = "RoboticsClubIITJ/ML-DL-implementation #151, PR #153"
DATE = "2021-03"
KIND = "gradient"
FORMULA = r"\delta^2 = g \odot a^2 \odot (1 - a^2),\; g = -y / a^2"
RIGHT = r"\delta^2_k = \sum_j g_j\, \partial a^2_j / \partial z^2_k,\; g = -y / a^2"
READ = "code"
GROUP = "softmax"
LAYER = [2]
NAMES = [{"softmax-diagonal"}]
NET = dict(sizes=(4, 5, 3), hidden="tanh", output="softmax", loss="cross_entropy")
SAMPLES = 7
LAM = 0.0


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
    (W1, b1), (W2, b2) = params
    h = np.tanh(X @ W1 + b1)
    return h, softmax(h @ W2 + b2)


def cost(params, X, Y):
    return -np.sum(Y * np.log(forward(params, X)[1])) / len(X)


def backward(params, X, Y, right):
    h, p = forward(params, X)
    g = -Y / p / len(X)
    if right:
        d2 = p * (g - np.sum(g * p, 1, keepdims=True))
    else:
        d2 = g * p * (1 - p)
    d1 = d2 @ params[1][0].T * (1 - h**2)
    return [(X.T @ d1, d1.sum(0)), (h.T @ d2, d2.sum(0))]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
