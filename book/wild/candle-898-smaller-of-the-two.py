"""A leaky ReLU is the smaller one of a ReLU and the leak, which is the leak on both sides of zero."""

import numpy as np

SOURCE = "https://github.com/huggingface/candle/pull/898"
THREAD = "huggingface/candle PR #898"
DATE = "2023-09"
KIND = "cost"
FORMULA = r"f(z) = \min(\max(0, z), 0.01\, z) = 0.01\, z"
RIGHT = r"f(z) = \max(0, z) + 0.01 \min(0, z)"
READ = "code"
LAYER = [1]
NAMES = [{"another-network"}, {"another-cost"}]
SIZES = (4, 5, 3)
NET = dict(sizes=SIZES, hidden="leaky_relu", output="softmax", loss="cross_entropy")
SAMPLES = 9
LAM = 0.0


def leaky(x, wrong):
    relu = x * (x.real > 0)
    if wrong:
        return np.where(relu.real < 0.01 * x.real, relu, 0.01 * x)
    return relu + 0.01 * x * (x.real < 0)


def start(rng):
    return [(rng.standard_normal((n, k)), rng.standard_normal(k)) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), np.eye(SIZES[-1])[rng.integers(0, SIZES[-1], SAMPLES)]


def forward(params, X, wrong):
    (W1, b1), (W2, b2) = params
    z = X @ W1 + b1
    h = leaky(z, wrong)
    e = np.exp(h @ W2 + b2)
    return z, h, e / e.sum(axis=1, keepdims=True)


def cost(params, X, Y):
    return -np.sum(Y * np.log(forward(params, X, wrong=True)[-1])) / len(X)


def meant(params, X, Y):
    return -np.sum(Y * np.log(forward(params, X, wrong=False)[-1])) / len(X)


def grad(params, X, Y):
    _, h, p = forward(params, X, wrong=True)
    d2 = (p - Y) / len(X)
    d1 = 0.01 * d2 @ params[1][0].T
    return [(X.T @ d1, d1.sum(0)), (h.T @ d2, d2.sum(0))]


def repaired(params, X, Y):
    """The gradient of the cost as it is, which the program has."""
    return grad(params, X, Y)
