"""dW2 is built with the output A2 instead of the hidden A1: one number, which broadcasts over all its weights."""

import numpy as np

SOURCE = "https://stackoverflow.com/questions/55858141/my-neural-network-made-with-numpy-is-not-converging-why-is-the-cost-decreasin"
THREAD = "Stack Overflow 55858141"
DATE = ""
KIND = "gradient"
FORMULA = r"\partial C / \partial W^2_{1k} = \frac1m \sum_i \delta^2_i a^2_i \quad\text{for all } k"
RIGHT = r"\partial C / \partial W^2 = \frac1m \sum_i \delta^2_i (a^1_i)^\top"
READ = "code"
GROUP = "blocks"
LAYER = [2]
NAMES = [{"input-of-wrong-layer"}]
NET = dict(sizes=(3, 5, 1), hidden="tanh", output="sigmoid", loss="binary_cross_entropy")  # one output
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
    dW2 = dZ2 @ (A1 if right else A2).T / m
    dZ1 = params["W2"].T * dZ2 * (1 - A1**2)
    return {
        "W1": dZ1 @ x.T / m,
        "b1": dZ1.sum(1, keepdims=True) / m,
        "W2": np.broadcast_to(dW2, params["W2"].shape).copy(),
        "b2": dZ2.sum(1, keepdims=True) / m,
    }


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
