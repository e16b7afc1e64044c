"""As a reader would have it, the derivative of the exponential is the exponent; tanh is made of exponentials."""

import numpy as np

SOURCE = "https://github.com/karpathy/nn-zero-to-hero/issues/52"
THREAD = "karpathy/nn-zero-to-hero #52"
DATE = "2024-05"
KIND = "gradient"
FORMULA = r"f'(z) = \frac{2}{(e^{2z} + 1)^2} \cdot 2z \cdot 2"
RIGHT = r"f'(z) = \frac{2}{(e^{2z} + 1)^2} \cdot e^{2z} \cdot 2"
READ = "discussion"
GROUP = "slope"
LAYER = [1, 2]
NAMES = []
SIZES = (3, 4, 1)
NET = dict(sizes=SIZES, hidden="tanh", output="tanh", loss="mse")
SAMPLES = 7
LAM = 0.0


def start(rng):
    return [(rng.standard_normal((n, k)), rng.standard_normal(k)) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.standard_normal((SAMPLES, SIZES[-1]))


def forward(params, X):
    (W1, b1), (W2, b2) = params
    z1 = X @ W1 + b1
    a1 = np.tanh(z1)
    z2 = a1 @ W2 + b2
    return z1, a1, np.tanh(z2)


def cost(params, X, Y):
    return np.mean((forward(params, X)[-1] - Y) ** 2)


def slope(z, right):
    """tanh is (e - 1) / (e + 1) with e = exp(2z)."""
    e = np.exp(2 * z)
    return 2 / (e + 1) ** 2 * (e if right else 2 * z) * 2


def backward(params, X, Y, right):
    z1, a1, p = forward(params, X)
    (_, _), (W2, b2) = params
    d2 = 2 * (p - Y) / Y.size * slope(a1 @ W2 + b2, right)
    d1 = d2 @ W2.T * slope(z1, right)
    return [(X.T @ d1, d1.sum(0)), (a1.T @ d2, d2.sum(0))]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
