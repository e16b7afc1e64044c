"""With slope zero the leaky ReLU is a ReLU, and its backward pass lets through where the output is not negative."""

import numpy as np

SOURCE = "https://github.com/chainer/chainer/pull/5898"
THREAD = "chainer/chainer PR #5898, #5922"
DATE = "2018-12"
KIND = "gradient"
FORMULA = r"\delta^1 = (W^2)^\top \delta^2 \odot [a^1 \ge 0] = (W^2)^\top \delta^2"
RIGHT = r"\delta^1 = (W^2)^\top \delta^2 \odot [z^1 > 0]"
READ = "discussion"
GROUP = "slope"
LAYER = [1]
NAMES = [{"relu-mask"}, {"slope-missing"}]
NET = dict(sizes=(4, 5, 3), hidden="relu", output="softmax", loss="cross_entropy")
SAMPLES = 7
LAM = 0.0


def relu(z):
    return z * (z.real > 0)


def softmax(z):
    e = np.exp(z)
    return e / e.sum(1, keepdims=True)


def start(rng):
    return [rng.standard_normal(shape) for shape in ((5, 4), 5, (3, 5), 3)]


def data(rng):
    sizes = NET["sizes"]
    X = rng.standard_normal((SAMPLES, sizes[0]))
    Y = np.eye(sizes[-1])[rng.integers(0, sizes[-1], SAMPLES)]
    return X, Y


def forward(params, X):
    W1, b1, W2, b2 = params
    z = X @ W1.T + b1
    return z, relu(z), softmax(relu(z) @ W2.T + b2)


def cost(params, X, Y):
    return -np.sum(Y * np.log(forward(params, X)[2])) / len(X)


def backward(params, X, Y, right):
    z, h, p = forward(params, X)
    d2 = (p - Y) / len(X)
    d1 = d2 @ params[2] * (z > 0 if right else h >= 0)
    return [d1.T @ X, d1.sum(0), d2.T @ h, d2.sum(0)]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
