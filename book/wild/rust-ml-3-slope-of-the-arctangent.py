"""A reader mistakes tanh for the arctangent and gives its slope."""

import numpy as np

SOURCE = "https://github.com/neowsl/rust-ml/issues/3"
THREAD = "neowsl/rust-ml #3"
DATE = "2023-08"
KIND = "gradient"
FORMULA = r"\delta^l = (\cdot) \odot \frac{1}{1 + (a^l)^2}"
RIGHT = r"\delta^l = (\cdot) \odot \bigl(1 - (a^l)^2\bigr)"
READ = "discussion"
GROUP = "slope"
LAYER = [1, 2]
NAMES = []
SIZES = (3, 5, 2)
NET = dict(sizes=SIZES, hidden="tanh", output="tanh", loss="half_squared")
SAMPLES = 7
LAM = 0.0


def start(rng):
    return [(rng.standard_normal((k, n)), rng.standard_normal((k, 1))) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SIZES[0], SAMPLES)), rng.standard_normal((SIZES[-1], SAMPLES))


def forward(params, X):
    (W1, b1), (W2, b2) = params
    a1 = np.tanh(W1 @ X + b1)
    return a1, np.tanh(W2 @ a1 + b2)


def cost(params, X, Y):
    return 0.5 * np.sum((forward(params, X)[-1] - Y) ** 2) / X.shape[1]


def backward(params, X, Y, right):
    a1, a2 = forward(params, X)
    slope = (lambda a: 1 - a**2) if right else (lambda a: 1 / (1 + a**2))
    d2 = (a2 - Y) * slope(a2) / X.shape[1]
    d1 = params[1][0].T @ d2 * slope(a1)
    return [(d1 @ X.T, d1.sum(1, keepdims=True)), (d2 @ a1.T, d2.sum(1, keepdims=True))]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
