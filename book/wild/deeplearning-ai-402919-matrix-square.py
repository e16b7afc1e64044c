"""The square of A1 is a matrix product of its transpose with itself, and so is the product with the slope."""

import numpy as np

SOURCE = "https://community.deeplearning.ai/t/w3-ex-6-assertionerror-wrong-values-for-dw1/402919"
THREAD = "community.deeplearning.ai 402919 (second question)"
DATE = ""
KIND = "gradient"
FORMULA = r"\Delta^1 = (W^2)^\top \Delta^2 \bigl(1 - (A^1)^\top A^1\bigr),\; \text{columns are samples}"
RIGHT = r"\Delta^1 = (W^2)^\top \Delta^2 \odot \bigl(1 - A^1 \odot A^1\bigr)"
READ = "code"
GROUP = "slope"
LAYER = [1]
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


def backward(params, X, Y, right):
    z, (x, A1, A2) = forward(params, X)
    m = X.shape[1]
    dZ2 = A2 - Y
    dW2 = dZ2 @ A1.T / m
    down = params["W2"].T @ dZ2
    dZ1 = down * (1 - A1**2) if right else down @ (1 - A1.T @ A1)
    return {"W1": dZ1 @ x.T / m, "b1": dZ1.sum(1, keepdims=True) / m, "W2": dW2, "b2": dZ2.sum(1, keepdims=True) / m}


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
