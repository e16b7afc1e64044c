"""With a single output the product entry by entry broadcasts to what the matrix product would be."""

import numpy as np

SOURCE = "https://community.deeplearning.ai/t/week-3-exercise-6-cost-function/723602"
THREAD = "DeepLearning.AI community, topic 723602"
DATE = ""
KIND = "right"
FORMULA = r"\delta^1 = \mathrm{multiply}\bigl((W^2)^\top, \delta^2\bigr) \odot \bigl(1 - (a^1)^2\bigr)"
RIGHT = r"\delta^1 = (W^2)^\top \delta^2 \odot \bigl(1 - (a^1)^2\bigr)"
READ = "discussion"
LAYER = []
NAMES = []
SIZES = (2, 4, 1)
NET = dict(sizes=SIZES, hidden="tanh", output="sigmoid", loss="binary_cross_entropy")
SAMPLES = 7
LAM = 0.0


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def start(rng):
    return {
        "W1": rng.standard_normal((4, 2)),
        "b1": rng.standard_normal((4, 1)),
        "W2": rng.standard_normal((1, 4)),
        "b2": rng.standard_normal((1, 1)),
    }


def data(rng):
    return rng.standard_normal((SIZES[0], SAMPLES)), rng.integers(0, 2, (SIZES[-1], SAMPLES)).astype(float)


def forward(params, X):
    A1 = np.tanh(params["W1"] @ X + params["b1"])
    return A1, sigmoid(params["W2"] @ A1 + params["b2"])


def cost(params, X, Y):
    p = forward(params, X)[-1]
    return -np.sum(Y * np.log(p) + (1 - Y) * np.log(1 - p)) / X.shape[1]


def backward(params, X, Y):
    A1, A2 = forward(params, X)
    m = X.shape[1]
    dZ2 = A2 - Y
    dZ1 = np.multiply(params["W2"].T, dZ2) * (1 - A1**2)
    return {
        "W1": dZ1 @ X.T / m,
        "b1": dZ1.sum(1, keepdims=True) / m,
        "W2": dZ2 @ A1.T / m,
        "b2": dZ2.sum(1, keepdims=True) / m,
    }


def grad(params, X, Y):
    return backward(params, X, Y)


repaired = grad
