"""Right, though reported as a misprint: 1/m may stand in dW and db instead of in dZ, as long as it stands once."""

import numpy as np

SOURCE = "https://community.deeplearning.ai/t/exercise-6-backward-propagation-in-programming-assignment-week-3/221994"
THREAD = "community.deeplearning.ai 221994"
DATE = ""
KIND = "right"
FORMULA = r"\delta^2 = a^2 - y,\; \partial C / \partial W^2 = \frac1m \sum_i \delta^2_i (a^1_i)^\top"
RIGHT = r"\delta^2 = \frac1m (a^2 - y),\; \partial C / \partial W^2 = \sum_i \delta^2_i (a^1_i)^\top"
READ = "code"
LAYER = []
NAMES = []
NET = dict(sizes=(2, 4, 1), hidden="tanh", output="sigmoid", loss="binary_cross_entropy")
SAMPLES = 7
LAM = 0.0


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def start(rng):
    sizes = NET["sizes"]
    params = {}
    for l, (n, k) in enumerate(zip(sizes, sizes[1:]), 1):
        params[f"W{l}"] = rng.standard_normal((k, n))
        params[f"b{l}"] = rng.standard_normal((k, 1))
    return params


def data(rng):
    sizes = NET["sizes"]
    X = rng.standard_normal((SAMPLES, sizes[0]))
    Y = rng.integers(0, 2, (SAMPLES, sizes[-1])).astype(float)
    return X.T, Y.T


def forward(params, X):
    z, a = [None], [X]
    L = len(params) // 2
    for l in range(1, L + 1):
        z.append(params[f"W{l}"] @ a[-1] + params[f"b{l}"])
        a.append(np.tanh(z[-1]) if len(z) <= L else sigmoid(z[-1]))
    return z, a


def cost(params, X, Y):
    p = forward(params, X)[1][-1]
    return -np.sum(Y * np.log(p) + (1 - Y) * np.log(1 - p)) / X.shape[1]


def grad(params, X, Y):
    _, (x, A1, A2) = forward(params, X)
    m = X.shape[1]
    dZ2 = A2 - Y
    dZ1 = params["W2"].T @ dZ2 * (1 - A1**2)
    return {
        "W1": dZ1 @ x.T / m,
        "b1": dZ1.sum(1, keepdims=True) / m,
        "W2": dZ2 @ A1.T / m,
        "b2": dZ2.sum(1, keepdims=True) / m,
    }


repaired = grad
