"""A reader would move the division by the number of samples from the gradient to the step."""

import numpy as np

SOURCE = "https://github.com/SkalskiP/ILearnDeepLearning.py/issues/29"
THREAD = "SkalskiP/ILearnDeepLearning.py #29"
DATE = "2020-06"
KIND = "right"
FORMULA = r"\partial C / \partial W^l = \delta^l (a^{l-1})^\top / m"
RIGHT = r"\partial C / \partial W^l = \frac1m \sum_i \delta^l_i (a^{l-1}_i)^\top"
READ = "code"
LAYER = []
NAMES = []
SIZES = (2, 4, 1)
NET = dict(sizes=SIZES, hidden="relu", output="sigmoid", loss="binary_cross_entropy")
SAMPLES = 7
LAM = 0.0


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def start(rng):
    params = {}
    for l, (n, k) in enumerate(zip(SIZES, SIZES[1:]), start=1):
        params[f"W{l}"], params[f"b{l}"] = rng.standard_normal((k, n)), rng.standard_normal((k, 1))
    return params


def data(rng):
    return rng.standard_normal((SIZES[0], SAMPLES)), rng.integers(0, 2, (SIZES[-1], SAMPLES)).astype(float)


def forward(params, X):
    Z1 = params["W1"] @ X + params["b1"]
    A1 = Z1 * (Z1.real > 0)
    return Z1, A1, sigmoid(params["W2"] @ A1 + params["b2"])


def cost(params, X, Y):
    p = forward(params, X)[-1]
    return -np.sum(Y * np.log(p) + (1 - Y) * np.log(1 - p)) / X.shape[1]


def backward(params, X, Y):
    Z1, A1, A2 = forward(params, X)
    m = X.shape[1]
    dA2 = -(Y / A2 - (1 - Y) / (1 - A2))
    dZ2 = dA2 * A2 * (1 - A2)
    dZ1 = params["W2"].T @ dZ2 * (Z1 > 0)
    return {
        "W1": dZ1 @ X.T / m,
        "b1": dZ1.sum(1, keepdims=True) / m,
        "W2": dZ2 @ A1.T / m,
        "b2": dZ2.sum(1, keepdims=True) / m,
    }


def grad(params, X, Y):
    return backward(params, X, Y)


repaired = grad
