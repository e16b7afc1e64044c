"""The slope is multiplied on with np.dot, which runs when there are as many samples as hidden units."""

import numpy as np

SOURCE = "https://community.deeplearning.ai/t/graded-function-backward-propagation/110003"
THREAD = "community.deeplearning.ai 110003, 723602"
DATE = ""
KIND = "gradient"
FORMULA = r"\Delta^1 = \bigl((W^2)^\top \Delta^2\bigr) \bigl(1 - A^1 \odot A^1\bigr),\; \text{columns are samples}"
RIGHT = r"\Delta^1 = (W^2)^\top \Delta^2 \odot \bigl(1 - A^1 \odot A^1\bigr)"
READ = "discussion"
GROUP = "slope"
LAYER = [1]
NAMES = []
# five samples for five units
NET = dict(sizes=(3, 5, 1), hidden="tanh", output="sigmoid", loss="binary_cross_entropy")
SAMPLES = 5
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


def backward(params, X, Y, right):
    _, (x, A1, A2) = forward(params, X)
    m = X.shape[1]
    dZ2 = A2 - Y
    down, slope = params["W2"].T @ dZ2, 1 - A1**2
    dZ1 = down * slope if right else np.dot(down, slope)
    return {
        "W1": dZ1 @ x.T / m,
        "b1": dZ1.sum(1, keepdims=True) / m,
        "W2": dZ2 @ A1.T / m,
        "b2": dZ2.sum(1, keepdims=True) / m,
    }


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
