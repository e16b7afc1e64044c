"""A softmax hands out the slope of a sigmoid, and the difference to the ideal output is multiplied by it."""

import numpy as np

SOURCE = "https://github.com/jeffheaton/encog-java-core/commit/739841f26ba0679d04de00dcb13e93698cba0507"
THREAD = "jeffheaton/encog-java-core 739841f"
DATE = "2016-06"
KIND = "gradient"
FORMULA = r"\delta^2 = (a^2 - y) \odot a^2 \odot (1 - a^2)"
RIGHT = r"\delta^2 = a^2 - y"
READ = "code"
GROUP = "softmax"
LAYER = [2]
NAMES = [{"output-slope-twice"}, {"softmax-diagonal"}]
SIZES = (3, 4, 3)
NET = dict(sizes=SIZES, hidden="tanh", output="softmax", loss="cross_entropy")
SAMPLES = 8
LAM = 0.0


def start(rng):
    """One vector: the weights and the bias of each output, then those of each hidden unit."""
    return rng.standard_normal(SIZES[2] * (SIZES[1] + 1) + SIZES[1] * (SIZES[0] + 1))


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), np.eye(SIZES[-1])[rng.integers(0, SIZES[-1], SAMPLES)]


def matrices(flat):
    split = SIZES[2] * (SIZES[1] + 1)
    return flat[split:].reshape(SIZES[1], -1), flat[:split].reshape(SIZES[2], -1)


def with_ones(a):
    return np.c_[a, np.ones(len(a))]


def compute(flat, X):
    hidden, output = matrices(flat)
    h = np.tanh(with_ones(X) @ hidden.T)
    e = np.exp(with_ones(h) @ output.T)
    return h, e / e.sum(axis=1, keepdims=True)


def cost(flat, X, Y):
    return -np.sum(Y * np.log(compute(flat, X)[-1])) / len(X)


def backward(flat, X, Y, right):
    h, a = compute(flat, X)
    d2 = (a - Y) * (1 if right else a * (1 - a)) / len(X)
    d1 = d2 @ matrices(flat)[1][:, :-1] * (1 - h**2)
    return np.concatenate([(d2.T @ with_ones(h)).ravel(), (d1.T @ with_ones(X)).ravel()])


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
