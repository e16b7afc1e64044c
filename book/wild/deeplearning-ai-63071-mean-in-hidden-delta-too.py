"""The hidden delta is divided by m, and its weight and bias gradients are divided by m again."""

import numpy as np

SOURCE = "https://community.deeplearning.ai/t/course-1-week-3-planar-assignment-4-5-exercise-6-backward-propagation-error-for-dw1-values/63071"
THREAD = "community.deeplearning.ai 63071"
DATE = ""
KIND = "gradient"
FORMULA = r"\delta^1 = \frac1m (W^2)^\top \delta^2 \odot \bigl(1 - (a^1)^2\bigr)"
RIGHT = r"\delta^1 = (W^2)^\top \delta^2 \odot \bigl(1 - (a^1)^2\bigr)"
READ = "discussion"
GROUP = "factor"
LAYER = [1]
NAMES = [{"mean-twice"}]
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


def backward(params, X, Y, right):
    _, (x, A1, A2) = forward(params, X)
    m = X.shape[1]
    dZ2 = A2 - Y
    dZ1 = params["W2"].T @ dZ2 * (1 - A1**2) * (1 if right else 1 / m)
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
