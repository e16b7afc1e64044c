"""The error is target minus output, and the change made of it is subtracted."""

import numpy as np

SOURCE = "https://pythoner.space/questions/the-cost-function-of-the-neural-network-is-failing-to-minimize"
THREAD = "The cost function of the neural network is failing to minimize, pythoner.space"
DATE = ""
KIND = "gradient"
FORMULA = r"\delta^2 = (y - a^2) \odot \sigma'(z^2)"
RIGHT = r"\delta^2 = (a^2 - y) \odot \sigma'(z^2)"
READ = "code"
GROUP = "factor"
LAYER = [1, 2]
NAMES = [{"sign"}]
NET = dict(sizes=(4, 5, 3), hidden="sigmoid", output="sigmoid", loss="half_squared")
SAMPLES = 7
LAM = 0.0


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def start(rng):
    """B1, B2, W1, W2."""
    return [rng.standard_normal(shape) for shape in ((5, 1), (3, 1), (4, 5), (5, 3))]


def data(rng):
    sizes = NET["sizes"]
    X = rng.standard_normal((SAMPLES, sizes[0]))
    Y = np.eye(sizes[-1])[rng.integers(0, sizes[-1], SAMPLES)]
    return X, Y


def forward(params, X):
    B1, B2, W1, W2 = params
    A1 = sigmoid(X @ W1 + B1.T)
    return A1, sigmoid(A1 @ W2 + B2.T)


def cost(params, X, Y):
    p = forward(params, X)[1]
    return 0.5 * np.sum((p - Y) ** 2) / len(X)


def backward(params, X, Y, right):
    A1, A2 = forward(params, X)
    m = len(X)
    e_L = (A2 - Y if right else Y - A2) * A2 * (1 - A2)
    e_1 = e_L @ params[3].T * A1 * (1 - A1)
    return [e_1.sum(0)[:, None] / m, e_L.sum(0)[:, None] / m, X.T @ e_1 / m, A1.T @ e_L / m]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
