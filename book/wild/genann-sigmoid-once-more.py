"""The slope of the sigmoid takes the sigmoid of what it is given, and is given the outputs."""

import numpy as np

SOURCE = "https://github.com/codeplea/genann/commit/e9627cd6c489e1ccb4c137b6ebcabae3b096c985"
THREAD = "codeplea/genann e9627cd"
DATE = "2025-11"
KIND = "gradient"
FORMULA = r"\delta^l = (\cdot) \odot \sigma(a^l) \odot (1 - \sigma(a^l))"
RIGHT = r"\delta^l = (\cdot) \odot a^l \odot (1 - a^l)"
READ = "code"
GROUP = "slope"
LAYER = [1, 2]
NAMES = [{"slope-of-a"}, {"slope-of-a-throughout"}]
SIZES = (3, 4, 2)
NET = dict(sizes=SIZES, hidden="sigmoid", output="sigmoid", loss="half_squared")
SAMPLES = 7
LAM = 0.0


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def start(rng):
    """One vector: unit by unit, the bias first."""
    return rng.standard_normal(sum(k * (n + 1) for n, k in zip(SIZES, SIZES[1:])))


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.uniform(0, 1, (SAMPLES, SIZES[-1]))


def matrices(weight):
    split = SIZES[1] * (SIZES[0] + 1)
    return weight[:split].reshape(SIZES[1], -1), weight[split:].reshape(SIZES[2], -1)


def with_ones(a):
    return np.c_[np.ones(len(a)), a]


def run(weight, X):
    hidden, output = matrices(weight)
    h = sigmoid(with_ones(X) @ hidden.T)
    return h, sigmoid(with_ones(h) @ output.T)


def cost(weight, X, Y):
    return 0.5 * np.sum((run(weight, X)[-1] - Y) ** 2) / len(X)


def backward(weight, X, Y, right):
    h, o = run(weight, X)
    seen = (lambda a: a) if right else sigmoid
    derivative = lambda a: seen(a) * (1 - seen(a))
    d2 = (o - Y) * derivative(o) / len(X)
    d1 = d2 @ matrices(weight)[1][:, 1:] * derivative(h)
    return np.concatenate([(d1.T @ with_ones(X)).ravel(), (d2.T @ with_ones(h)).ravel()])


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
