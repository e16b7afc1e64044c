"""A dot product adds the entries that it should multiply, and so does the cross entropy that is made of it."""

import numpy as np

SOURCE = "https://github.com/smimram/ocaml-backprop/commit/2974571"
THREAD = "smimram/ocaml-backprop 2974571"
DATE = "2025-02"
KIND = "cost"
FORMULA = r"C = \tfrac1m \textstyle\sum_i \sum_k (y_{i,k} - \log a_{i,k})"
RIGHT = r"C = \tfrac1m \textstyle\sum_i \sum_k y_{i,k}\, (-\log a_{i,k})"
READ = "code"
LAYER = [1, 2]
NAMES = [{"another-network"}, {"another-cost"}]
SIZES = (3, 4, 3)
NET = dict(sizes=SIZES, hidden="tanh", output="softmax", loss="cross_entropy")
SAMPLES = 7
LAM = 0.0


def start(rng):
    return [(rng.standard_normal((k, n)), rng.standard_normal(k)) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), np.eye(SIZES[-1])[rng.integers(0, SIZES[-1], SAMPLES)]


def forward(params, X):
    (W1, b1), (W2, b2) = params
    hidden = np.tanh(X @ W1.T + b1)
    powers = np.exp(hidden @ W2.T + b2)
    return hidden, powers / powers.sum(1, keepdims=True)


def cost(params, X, Y):
    return np.sum(Y - np.log(forward(params, X)[1])) / len(X)


def meant(params, X, Y):
    return np.sum(Y * -np.log(forward(params, X)[1])) / len(X)


def backward(params, X, a_slope):
    """From the derivative of the cost by the probabilities."""
    hidden, a = forward(params, X)
    g = a_slope(a)
    d2 = a * (g - np.sum(g * a, axis=1, keepdims=True))
    d1 = d2 @ params[1][0] * (1 - hidden**2)
    return [(d1.T @ X, d1.sum(0)), (d2.T @ hidden, d2.sum(0))]


def grad(params, X, Y):
    """That of the product, which the program has beside the sum."""
    return backward(params, X, lambda a: -Y / a / len(X))


def repaired(params, X, Y):
    """The gradient of the cost as it is."""
    return backward(params, X, lambda a: -1 / a / len(X))
