"""The GELU's way back on the graphics card is its slope alone; the gradient from above does not occur in it."""

import numpy as np

SOURCE = "https://github.com/sony/nnabla-ext-cuda/pull/235"
THREAD = "sony/nnabla-ext-cuda PR #235, ac55ac9"
DATE = "2020-07"
KIND = "gradient"
FORMULA = r"\delta^1 = g'(z^1)"
RIGHT = (
    r"\delta^1 = (\delta^2 W^{2 \top}) \odot g'(z^1),\; "
    r"g(z) = \tfrac z2 (1 + \tanh(\sqrt{2/\pi} (z + 0.044715 z^3)))"
)
READ = "code"
GROUP = "down"
LAYER = [1]
NAMES = []
NET = None  # a network with a GELU
BLOCKS = ["W[1]", "b[1]", "W[2]", "b[2]"]
SAMPLES = 7
LAM = 0.0


def start(rng):
    return [rng.standard_normal((3, 4)), rng.standard_normal(4), rng.standard_normal((4, 2)), rng.standard_normal(2)]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.standard_normal((SAMPLES, 2))


class TransformUnary:
    """An element-wise operation, made of its formula and the formula of its gradient."""

    def __init__(self, op, grad_op):
        self.op, self.grad_op = op, grad_op

    def forward(self, x):
        self.x, self.y = x, self.op(x)
        return self.y

    def backward(self, dy):
        return self.grad_op(dy, self.x, self.y)


def gelu(x):
    return x / 2 * (1 + np.tanh(np.sqrt(2 / np.pi) * (x + 0.044715 * x**3)))


def GELU():
    return TransformUnary(
        gelu,
        lambda dy, x, y: (
            0.5
            + (0.398942 * x + 0.0535161 * x**3) * (1 / np.cosh(0.797885 * x + 0.0356774 * x**3)) ** 2
            + 0.5 * np.tanh(0.797885 * x + 0.0356774 * x**3)
        ),
    )


def GELULater():
    return TransformUnary(
        gelu,
        lambda dy, x, y: (
            dy
            * (
                0.5 * (1 + np.tanh(np.sqrt(2 / np.pi) * (x + 0.044715 * x**3)))
                + 0.5
                * x
                * (1 - np.tanh(np.sqrt(2 / np.pi) * (x + 0.044715 * x**3)) ** 2)
                * np.sqrt(2 / np.pi)
                * (1 + 0.134145 * x**2)
            )
        ),
    )


def cost(params, X, Y):
    W1, b1, W2, b2 = params
    return 0.5 * np.sum((gelu(X @ W1 + b1) @ W2 + b2 - Y) ** 2) / len(X)


def gradients(params, X, Y, function):
    W1, b1, W2, b2 = params
    h = function.forward(X @ W1 + b1)
    d2 = (h @ W2 + b2 - Y) / len(X)
    d1 = function.backward(d2 @ W2.T)
    return [X.T @ d1, d1.sum(axis=0), h.T @ d2, d2.sum(axis=0)]


def grad(params, X, Y):
    return gradients(params, X, Y, GELU())


def repaired(params, X, Y):
    return gradients(params, X, Y, GELULater())
