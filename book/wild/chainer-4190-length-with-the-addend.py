"""The gradient of a vector divided by its length takes the length with the number that guards the division."""

import numpy as np

SOURCE = "https://github.com/chainer/chainer/pull/4190"
THREAD = "chainer/chainer PR #4190"
DATE = "2018-01"
KIND = "gradient"
FORMULA = (
    r"\partial C / \partial x = \frac{1}{n} \Bigl(g - \frac{x \cdot g}{n^2}\, x\Bigr),\; n = \lVert x \rVert "
    r"+ \varepsilon"
)
RIGHT = (
    r"\partial C / \partial x = \frac{1}{n} \Bigl(g - \frac{x \cdot g}{n\, \lVert x \rVert}\, x\Bigr),\; a = "
    r"x / n,\; n = \lVert x \rVert + \varepsilon"
)
READ = "code"
GROUP = "blocks"
LAYER = [1]
NAMES = []
SIZES = (3, 4, 2)
EPS = 0.1
NET = None  # a normalisation of each sample
BLOCKS = ["W[1]", "b[1]", "W[2]", "b[2]"]
SAMPLES = 7
LAM = 0.0


def start(rng):
    return [(rng.standard_normal((k, n)), rng.standard_normal(k)) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.standard_normal((SAMPLES, SIZES[-1]))


def forward(params, X):
    (W1, b1), (W2, b2) = params
    x = X @ W1.T + b1
    length = np.sqrt(np.sum(x**2, axis=1, keepdims=True))
    unit = x / (length + EPS)
    return x, length, unit, unit @ W2.T + b2


def cost(params, X, Y):
    return np.mean((forward(params, X)[-1] - Y) ** 2)


def backward(params, X, Y, right):
    x, length, unit, out = forward(params, X)
    d2 = 2 * (out - Y) / Y.size
    g = d2 @ params[1][0]
    n = length + EPS
    share = np.sum(x * g, axis=1, keepdims=True) / (length if right else n)
    d1 = (g * n - share * x) / n**2
    return [(d1.T @ X, d1.sum(0)), (d2.T @ unit, d2.sum(0))]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
