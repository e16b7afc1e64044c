"""A network for XOR takes a - y for its output's delta, which was doubted, and is right for its cross-entropy."""

import numpy as np

SOURCE = "https://github.com/Frixoe/xor-neural-network/issues/1"
THREAD = "Frixoe/xor-neural-network #1"
DATE = "2020-08"
KIND = "right"
FORMULA = r"\delta^2 = a^2 - y"
RIGHT = r"C = -\tfrac1m \textstyle\sum [y \log a^2 + (1 - y) \log(1 - a^2)]"
READ = "code"
LAYER = []
NAMES = []
NET = dict(sizes=(2, 2, 1), hidden="sigmoid", output="sigmoid", loss="binary_cross_entropy")
SAMPLES = 8
LAM = 0.0  # reg_param is 0 there


def start(rng):
    return [rng.standard_normal((2, 2)), rng.standard_normal((1, 2)), rng.random((2, 1)), rng.random((1, 1))]


def data(rng):
    X = np.tile(np.array([[0.0, 1], [1, 0], [1, 1], [0, 0]]), (SAMPLES // 4, 1)) + 0.2 * rng.standard_normal(
        (SAMPLES, 2)
    )
    return X, np.tile(np.array([[1.0], [1], [0], [0]]), (SAMPLES // 4, 1))


def sigmoid(z, derv=False):
    if derv:
        return z * (1 - z)
    return 1 / (1 + np.exp(-z))


def train(params, X, y):
    """The gradients of one iteration, and its cost."""
    _W1, _W2, _B1, _B2 = params
    m = len(X)
    c = 0
    dW1 = 0
    dW2 = 0
    dB1 = 0
    dB2 = 0
    for j in range(m):
        a0 = X[j].reshape(X[j].shape[0], 1)
        z1 = _W1.dot(a0) + _B1
        a1 = sigmoid(z1)
        z2 = _W2.dot(a1) + _B2
        a2 = sigmoid(z2)

        dz2 = a2 - y[j]
        dW2 = dW2 + dz2 * a1.T
        dz1 = np.multiply((_W2.T * dz2), sigmoid(a1, derv=True))
        dW1 = dW1 + dz1.dot(a0.T)
        dB1 = dB1 + dz1
        dB2 = dB2 + dz2

        c = c + (-(y[j] * np.log(a2)) - ((1 - y[j]) * np.log(1 - a2)))
    return (c / m)[0, 0], [dW1 / m, dW2 / m, dB1 / m, dB2 / m]


def cost(params, X, Y):
    return train(params, X, Y)[0]


def grad(params, X, Y):
    return train(params, X, Y)[1]


repaired = grad
