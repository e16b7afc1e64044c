"""In a small engine the derivatives of a quotient are the operands divided by what comes from above."""

import numpy as np

SOURCE = "https://github.com/tinygrad/tinygrad/issues/25"
THREAD = "tinygrad/tinygrad #25"
DATE = "2020-10"
KIND = "gradient"
FORMULA = r"\delta^1 = -e^{-z^1} / g,\; g = (W^2)^\top \delta^2"
RIGHT = r"\delta^1 = g\, e^{-z^1} / (1 + e^{-z^1})^2,\; g = (W^2)^\top \delta^2"
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = []
SIZES = (3, 4, 2)
NET = dict(sizes=SIZES, hidden="sigmoid", output="identity", loss="half_squared")
SAMPLES = 7
LAM = 0.0


def start(rng):
    return [rng.standard_normal((3, 4)), rng.standard_normal(4), rng.standard_normal((4, 2)), rng.standard_normal(2)]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.standard_normal((SAMPLES, SIZES[-1]))


def forward(params, X):
    """A sigmoid as a quotient of one and a sum."""
    W1, b1, W2, b2 = params
    e = np.exp(-(X @ W1 + b1))
    h = 1 / (1 + e)
    return e, h, h @ W2 + b2


def cost(params, X, Y):
    return 0.5 * np.sum((forward(params, X)[-1] - Y) ** 2) / len(X)


def div_backward(x, y, grad_output, right):
    if right:
        return grad_output / y, -grad_output * x / y**2
    return y / grad_output, x / grad_output


def backward(params, X, Y, right):
    e, h, p = forward(params, X)
    d2 = (p - Y) / len(X)
    d1 = div_backward(1, 1 + e, d2 @ params[2].T, right)[1] * -e
    return [X.T @ d1, d1.sum(0), h.T @ d2, d2.sum(0)]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
