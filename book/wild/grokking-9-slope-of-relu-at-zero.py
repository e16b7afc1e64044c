"""The ReLU's slope is its output >= 0, which is true of every ReLU output, so that no unit is ever switched off."""

import numpy as np

SOURCE = "https://github.com/iamtrask/Grokking-Deep-Learning/issues/9"
THREAD = "iamtrask/Grokking-Deep-Learning #9, PR #13"
DATE = "2018-11"
KIND = "gradient"
FORMULA = r"\delta^1 = (W^2)^\top \delta^2 \odot [a^1 \ge 0] = (W^2)^\top \delta^2"
RIGHT = r"\delta^1 = (W^2)^\top \delta^2 \odot [z^1 > 0]"
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = [{"relu-mask"}, {"slope-missing"}]
NET = dict(sizes=(4, 5, 3), hidden="relu", output="identity", loss="half_squared")  # no biases
SAMPLES = 7
LAM = 0.0


def relu(z):
    return z * (z.real > 0)


def start(rng):
    sizes = NET["sizes"]
    return [rng.standard_normal((n, k)) for n, k in zip(sizes, sizes[1:])]


def data(rng):
    sizes = NET["sizes"]
    X = rng.standard_normal((SAMPLES, sizes[0]))
    Y = np.eye(sizes[-1])[rng.integers(0, sizes[-1], SAMPLES)]
    return X, Y


def forward(params, X):
    z, a = [None], [X]
    L = len(params)
    for W in params:
        z.append(a[-1] @ W)
        a.append(relu(z[-1]) if len(z) <= L else z[-1])
    return z, a


def cost(params, X, Y):
    p = forward(params, X)[1][-1]
    return 0.5 * np.sum((p - Y) ** 2) / len(X)


def backward(params, X, Y, right):
    _, (x, h, p) = forward(params, X)
    V, W = params
    d2 = (p - Y) / len(X)
    slope = h > 0 if right else h >= 0
    d1 = d2 @ W.T * slope
    return [x.T @ d1, h.T @ d2]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
