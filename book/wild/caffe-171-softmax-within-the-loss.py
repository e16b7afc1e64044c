"""A reader finds another gradient for a distance between distributions than the difference that a layer returns."""

import numpy as np

SOURCE = "https://github.com/yjxiong/caffe/issues/171"
THREAD = "yjxiong/caffe #171"
DATE = "2017-06"
KIND = "right"
FORMULA = r"\delta^2 = a^2 - y"
RIGHT = r"\delta^2 = a^2 \odot (g - g \cdot a^2),\; g = -y / a^2"
READ = "discussion"
LAYER = []
NAMES = []
SIZES = (4, 5, 3)
NET = dict(sizes=SIZES, hidden="tanh", output="softmax", loss="cross_entropy")
SAMPLES = 7
LAM = 0.0


def start(rng):
    return [(rng.standard_normal((k, n)), rng.standard_normal(k)) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    """The targets are the distributions of a teacher."""
    teacher = rng.uniform(0.1, 1, (SAMPLES, SIZES[-1]))
    return rng.standard_normal((SAMPLES, SIZES[0])), teacher / teacher.sum(1, keepdims=True)


def forward(params, X):
    (W1, b1), (W2, b2) = params
    h = np.tanh(X @ W1.T + b1)
    e = np.exp(h @ W2.T + b2)
    return h, e / e.sum(1, keepdims=True)


def cost(params, X, Y):
    return -np.sum(Y * np.log(forward(params, X)[-1])) / len(X)


def grad(params, X, Y):
    h, q = forward(params, X)
    d2 = (q - Y) / len(X)
    d1 = d2 @ params[1][0] * (1 - h**2)
    return [(d1.T @ X, d1.sum(0)), (d2.T @ h, d2.sum(0))]


repaired = grad
