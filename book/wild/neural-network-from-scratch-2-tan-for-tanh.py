"""A proposed correction takes the derivative of tan for that of tanh: 1 + a² instead of 1 - a²."""

import numpy as np

SOURCE = "https://github.com/gy910210/neural-network-from-scratch/issues/2"
THREAD = "gy910210/neural-network-from-scratch #2 (the proposal)"
DATE = "2017-12"
KIND = "gradient"
FORMULA = r"\delta^l = (\cdot) \odot \bigl(1 + (a^l)^2\bigr)"
RIGHT = r"\delta^l = (\cdot) \odot \bigl(1 - (a^l)^2\bigr)"
READ = "code"
GROUP = "slope"
LAYER = [1, 2]
NAMES = []
NET = None  # tanh before the softmax
BLOCKS = ["W[1]", "W[2]", "b[1]", "b[2]"]
SAMPLES = 7
LAM = 0.0


SIZES = (2, 4, 3)


def start(rng):
    """Lists of weights and of biases apart, as the author keeps them."""
    W = [rng.standard_normal((n, k)) for n, k in zip(SIZES, SIZES[1:])]
    return [W, [rng.standard_normal((1, k)) for k in SIZES[1:]]]


def data(rng):
    return rng.standard_normal((SAMPLES, 2)), np.eye(3)[rng.integers(0, 3, SAMPLES)]


def forward(params, X):
    """tanh in every layer, the last included, then softmax."""
    a = [X]
    for W, b in zip(*params):
        a.append(np.tanh(a[-1] @ W + b))
    e = np.exp(a[-1])
    return a, e / e.sum(1, keepdims=True)


def cost(params, X, Y):
    return -np.sum(Y * np.log(forward(params, X)[1])) / len(X)


def backward(params, X, Y, right):
    a, p = forward(params, X)
    g, dW, db = (p - Y) / len(X), [], []
    for l in (2, 1):
        d = g * (1 - a[l] ** 2 if right else 1 + a[l] ** 2)
        dW.insert(0, a[l - 1].T @ d)
        db.insert(0, d.sum(0, keepdims=True))
        g = d @ params[0][l - 1].T
    return [dW, db]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
