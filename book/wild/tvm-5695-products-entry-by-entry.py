"""A dense layer's backward pass multiplies entry by entry where the products are those of matrices."""

import numpy as np

SOURCE = "https://github.com/apache/tvm/pull/5695"
THREAD = "apache/tvm PR #5695"
DATE = "2020-05"
KIND = "gradient"
FORMULA = r"\partial C / \partial x = g^\top \odot W,\; \partial C / \partial W = x \odot g^\top,\; z = x W^\top"
RIGHT = r"\partial C / \partial x = g\, W,\; \partial C / \partial W = g^\top x,\; z = x W^\top"
READ = "discussion"
GROUP = "blocks"
LAYER = [1, 2]
NAMES = []
SIZE = 4
NET = dict(sizes=(SIZE, SIZE, SIZE), hidden="tanh", output="identity", loss="half_squared")  # no biases
SAMPLES = SIZE  # all shapes are the same, or the program would stop
LAM = 0.0


def start(rng):
    return [rng.standard_normal((SIZE, SIZE)) for _ in range(2)]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZE)), rng.standard_normal((SAMPLES, SIZE))


def cost(params, X, Y):
    hidden = np.tanh(X @ params[0].T)
    return 0.5 * np.sum((hidden @ params[1].T - Y) ** 2) / len(X)


def dense_grad(x, weight, g, right):
    """The gradients of the input and of the weights."""
    if right:
        return g @ weight, g.T @ x
    return g.T * weight, x * g.T


def backward(params, X, Y, right):
    hidden = np.tanh(X @ params[0].T)
    error = (hidden @ params[1].T - Y) / len(X)
    below, dW2 = dense_grad(hidden, params[1], error, right)
    dW1 = dense_grad(X, params[0], below * (1 - hidden**2), right)[1]
    return [dW1, dW2]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
