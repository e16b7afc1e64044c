"""The backward pass of a normalisation by the sum of moduli keeps the squares of the one by the length."""

import numpy as np

SOURCE = "https://github.com/happynear/caffe-windows/issues/205"
THREAD = "happynear/caffe-windows #205"
DATE = "2017-05"
KIND = "gradient"
FORMULA = (
    r"\partial C / \partial z = \frac{g}{n} - (z \odot z)\, \frac{g \cdot z}{n^2},\; n = \textstyle\sum_k "
    r"\vert z_k \vert"
)
RIGHT = (
    r"\partial C / \partial z = \frac{g}{n} - \mathrm{sign}\, z\, \frac{g \cdot z}{n^2},\; n = "
    r"\textstyle\sum_k \vert z_k \vert"
)
READ = "discussion"
GROUP = "slope"
LAYER = [1]
NAMES = []
SCALE = 3.0
NET = None  # a normalisation by the sum of moduli
BLOCKS = ["W[1]", "b[1]", "W[2]"]
SAMPLES = 7
LAM = 0.0


def start(rng):
    """Samples are columns."""
    return [rng.standard_normal((5, 3)), rng.standard_normal((5, 1)), rng.standard_normal((3, 5))]


def data(rng):
    return rng.standard_normal((3, SAMPLES)), np.eye(3)[:, rng.integers(0, 3, SAMPLES)]


def forward(params, X):
    z = params[0] @ X + params[1]
    n = np.sum(z * np.sign(z.real), axis=0)
    e = np.exp(SCALE * params[2] @ (z / n))
    return z, n, e / e.sum(0)


def cost(params, X, Y):
    return -np.sum(Y * np.log(forward(params, X)[-1])) / X.shape[1]


def backward(params, X, Y, right):
    z, n, p = forward(params, X)
    delta = SCALE * (p - Y) / X.shape[1]
    g = params[2].T @ delta
    factor = np.sign(z) if right else z * z
    d = g / n - factor * np.sum(g * z, axis=0) / n**2
    return [d @ X.T, d.sum(1, keepdims=True), delta @ (z / n).T]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
