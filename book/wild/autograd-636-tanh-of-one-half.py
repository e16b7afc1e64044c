"""The hyperbolic tangent of the example lacks the two in its exponents."""

import numpy as np

SOURCE = "https://github.com/HIPS/autograd/pull/636"
THREAD = "HIPS/autograd PR #636"
DATE = "2024-08"
KIND = "cost"
FORMULA = r"f(z) = \frac{1 - e^{-z}}{1 + e^{-z}} = \tanh(z / 2)"
RIGHT = r"f(z) = \frac{1 - e^{-2 z}}{1 + e^{-2 z}} = \tanh z"
READ = "code"
LAYER = [1]
NAMES = [{"another-network"}, {"another-cost"}]
SIZES = (3, 4, 2)
NET = dict(sizes=SIZES, hidden="tanh", output="identity", loss="half_squared")
SAMPLES = 7
LAM = 0.0


def tanh(z):
    return (1.0 - np.exp(-z)) / (1.0 + np.exp(-z))


def start(rng):
    return [(rng.standard_normal((n, k)), rng.standard_normal(k)) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.standard_normal((SAMPLES, SIZES[-1]))


def forward(params, X):
    (W1, b1), (W2, b2) = params
    hidden = tanh(X @ W1 + b1)
    return hidden, hidden @ W2 + b2


def cost(params, X, Y):
    p = forward(params, X)[1]
    return 0.5 * np.sum((p - Y) ** 2) / len(X)


def meant(params, X, Y):
    (W1, b1), (W2, b2) = params
    return 0.5 * np.sum((np.tanh(X @ W1 + b1) @ W2 + b2 - Y) ** 2) / len(X)


def repaired(params, X, Y):
    """The gradient of the cost as it is, which is the program's."""
    hidden, p = forward(params, X)
    d2 = (p - Y) / len(X)
    d1 = d2 @ params[1][0].T * (0.5 * (1 - hidden**2))
    return [(X.T @ d1, d1.sum(0)), (hidden.T @ d2, d2.sum(0))]


grad = repaired
