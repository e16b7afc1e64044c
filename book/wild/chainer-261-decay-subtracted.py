"""Weight decay is subtracted from the gradients of all parameters, where its gradient should be added."""

import numpy as np

SOURCE = "https://github.com/chainer/chainer/issues/261"
THREAD = "chainer/chainer #261"
DATE = "2015-07"
KIND = "gradient"
FORMULA = r"\partial C / \partial W = (\cdot) - \lambda W,\; \partial C / \partial b = (\cdot) - \lambda b"
RIGHT = r"\partial C / \partial W = (\cdot) + \lambda W,\; \partial C / \partial b = (\cdot) + \lambda b"
READ = "code"
GROUP = "penalty"
LAYER = [1, 2]
NAMES = [{"penalty"}]
SIZES = (4, 5, 3)
NET = dict(sizes=SIZES, hidden="relu", output="softmax", loss="cross_entropy")
SAMPLES = 7
LAM = 0.7

DECAY = 0.1


def softmax(z, axis=1):
    e = np.exp(z)
    return e / e.sum(axis, keepdims=True)


def start(rng):
    return [(rng.standard_normal((n, k)), rng.standard_normal(k)) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), np.eye(SIZES[-1])[rng.integers(0, SIZES[-1], SAMPLES)]


def forward(params, X):
    (W1, b1), (W2, b2) = params
    z1 = X @ W1 + b1
    a1 = z1 * (z1.real > 0)
    z2 = a1 @ W2 + b2
    return z1, a1, softmax(z2)


def cost(params, X, Y):
    penalty = sum(np.sum(p**2) for pair in params for p in pair)
    return -np.sum(Y * np.log(forward(params, X)[-1])) / len(X) + DECAY / 2 * penalty


def backward(params, X, Y, right):
    z1, a1, p = forward(params, X)
    d2 = (p - Y) / len(X)
    d1 = d2 @ params[1][0].T * (z1 > 0)
    grads = [(X.T @ d1, d1.sum(0)), (a1.T @ d2, d2.sum(0))]
    decay = DECAY if right else -DECAY
    return [(dW + decay * W, db + decay * b) for (W, b), (dW, db) in zip(params, grads)]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
