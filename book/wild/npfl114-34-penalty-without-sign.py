"""The penalty is the sum of absolute weights, and its gradient has no sign."""

import numpy as np

SOURCE = "https://github.com/ufal/npfl114/pull/34"
THREAD = "ufal/npfl114 PR #34"
DATE = "2018-06"
KIND = "gradient"
FORMULA = r"\partial C / \partial W = (\cdot) + \lambda"
RIGHT = r"\partial C / \partial W = (\cdot) + \lambda\, \mathrm{sign}(W)"
READ = "discussion"
GROUP = "penalty"
LAYER = [1]
NAMES = [{"penalty"}]
SIZES = (4, 1)
NET = dict(sizes=SIZES, output="sigmoid", loss="binary_cross_entropy")
BLOCKS = ["W[1]", "b[1]"]
SAMPLES = 9
LAM = 0.0

L1 = 0.05


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def start(rng):
    return [(rng.standard_normal((n, k)), rng.standard_normal(k)) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.integers(0, 2, (SAMPLES, SIZES[-1])).astype(float)


def cost(params, X, Y):
    ((W, b),) = params
    p = sigmoid(X @ W + b)
    return -np.mean(Y * np.log(p) + (1 - Y) * np.log(1 - p)) + L1 * np.sum(np.where(W.real < 0, -W, W))


def backward(params, X, Y, right):
    ((W, b),) = params
    d = (sigmoid(X @ W + b) - Y) / len(X)
    return [(X.T @ d + L1 * (np.sign(W) if right else 1), d.sum(0))]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
