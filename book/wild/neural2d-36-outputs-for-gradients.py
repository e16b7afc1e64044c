"""A comment sends the outputs down through the weights, where the gradients of the layer above belong."""

import numpy as np

SOURCE = "https://github.com/davidrmiller/neural2d/issues/36"
THREAD = "davidrmiller/neural2d #36"
DATE = "2017-05"
KIND = "gradient"
FORMULA = r"\delta^1 = (W^2)^\top a^2 \odot \tanh'(z^1)"
RIGHT = r"\delta^1 = (W^2)^\top \delta^2 \odot \tanh'(z^1)"
READ = "discussion"
GROUP = "down"
LAYER = [1]
NAMES = []
SIZES = (3, 4, 2)
NET = dict(sizes=SIZES, hidden="tanh", output="tanh", loss="half_squared")
SAMPLES = 7
LAM = 0.0


def start(rng):
    return [rng.standard_normal((k, n + 1)) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.uniform(-0.8, 0.8, (SAMPLES, SIZES[-1]))


def with_bias(a):
    return np.c_[a, np.ones(len(a))]


def feed_forward(params, X):
    h = np.tanh(with_bias(X) @ params[0].T)
    return h, np.tanh(with_bias(h) @ params[1].T)


def cost(params, X, Y):
    return 0.5 * np.sum((feed_forward(params, X)[-1] - Y) ** 2) / len(X)


def backward(params, X, Y, right):
    h, out = feed_forward(params, X)
    gradient = (out - Y) * (1 - out**2) / len(X)
    hidden = (gradient if right else out / len(X)) @ params[1][:, :-1] * (1 - h**2)
    return [hidden.T @ with_bias(X), gradient.T @ with_bias(h)]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
