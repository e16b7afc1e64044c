"""On the way back the ReLU multiplies by its own value where its slope, 0 or 1, belongs."""

import numpy as np

SOURCE = "https://github.com/denggaoshan/DeepLearningStudy/issues/1"
THREAD = "denggaoshan/DeepLearningStudy #1"
DATE = "2023-10"
KIND = "gradient"
FORMULA = r"\delta^1 = (W^2)^\top \delta^2 \odot \mathrm{relu}(z^1)"
RIGHT = r"\delta^1 = (W^2)^\top \delta^2 \odot [z^1 > 0]"
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = []
NET = dict(sizes=(3, 4, 1), hidden="relu", output="identity", loss="half_squared")
SAMPLES = 7
LAM = 0.0


def relu(z):
    return z * (z.real > 0)


def start(rng):
    sizes = NET["sizes"]
    return [(rng.standard_normal((n, k)), rng.standard_normal(k)) for n, k in zip(sizes, sizes[1:])]


def data(rng):
    sizes = NET["sizes"]
    X = rng.standard_normal((SAMPLES, sizes[0]))
    Y = rng.standard_normal((SAMPLES, sizes[-1]))
    return X, Y


def forward(params, X):
    z, a = [None], [X]
    L = len(params)
    for W, b in params:
        z.append(a[-1] @ W + b)
        a.append(relu(z[-1]) if len(z) <= L else z[-1])
    return z, a


def cost(params, X, Y):
    p = forward(params, X)[1][-1]
    return 0.5 * np.sum((p - Y) ** 2) / len(X)


def backward(params, X, Y, right):
    z, (x, h, p) = forward(params, X)
    d2 = (p - Y) / len(X)
    d1 = d2 @ params[1][0].T * (z[1] > 0 if right else relu(z[1]))
    return [(x.T @ d1, d1.sum(0)), (h.T @ d2, d2.sum(0))]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
