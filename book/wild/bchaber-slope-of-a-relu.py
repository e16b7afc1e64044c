"""The slope of a hidden sigmoid asks whether its output is positive, as a ReLU's would."""

import numpy as np

SOURCE = "https://github.com/bchaber/multilayer-perceptron/commit/adb0ff6"
THREAD = "bchaber/multilayer-perceptron adb0ff6"
DATE = "2020-02"
KIND = "gradient"
FORMULA = r"\delta^1 = [a^1 > 0] \odot (W^2)^T \delta^2"
RIGHT = r"\delta^1 = a^1 \odot (1 - a^1) \odot (W^2)^T \delta^2"
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = [{"slope-missing"}, {"slope-of-wrong-function"}, {"relu-mask"}]
SIZES = (3, 4, 2)
NET = dict(sizes=SIZES, hidden="sigmoid", output="identity", loss="half_squared")
SAMPLES = 7
LAM = 0.0


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def start(rng):
    return [rng.standard_normal((3, 4)), rng.standard_normal(4), rng.standard_normal((4, 2)), rng.standard_normal(2)]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.uniform(0, 1, (SAMPLES, 2))


def forward(params, X):
    W1, b1, W2, b2 = params
    h = sigmoid(X @ W1 + b1)
    return h, h @ W2 + b2


def cost(params, X, Y):
    return 0.5 * np.sum((forward(params, X)[-1] - Y) ** 2) / len(X)


def backward(params, X, Y, right):
    h, out = forward(params, X)
    d2 = (out - Y) / len(X)
    d1 = d2 @ params[2].T * (h * (1 - h) if right else h > 0)
    return [X.T @ d1, d1.sum(0), h.T @ d2, d2.sum(0)]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
