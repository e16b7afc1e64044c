"""The ReLU itself is applied to the delta that comes down; its slope at the hidden layer is not used at all."""

import numpy as np

SOURCE = "https://github.com/amanchadha/coursera-natural-language-processing-specialization/issues/4"
THREAD = "amanchadha/coursera-nlp-specialization #4"
DATE = "2023-07"
KIND = "gradient"
FORMULA = r"\delta^1 = \mathrm{relu}\bigl((W^2)^\top \delta^2\bigr)"
RIGHT = r"\delta^1 = (W^2)^\top \delta^2 \odot [z^1 > 0]"
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = []
NET = dict(sizes=(4, 5, 3), hidden="relu", output="softmax", loss="cross_entropy")
SAMPLES = 7
LAM = 0.0


def relu(z):
    return z * (z.real > 0)


def softmax(z):
    e = np.exp(z)
    return e / e.sum(0)


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
    Y = np.eye(sizes[-1])[rng.integers(0, sizes[-1], SAMPLES)]
    return X.T, Y.T


def forward(params, X):
    z, a = [None], [X]
    L = len(params) // 2
    for l in range(1, L + 1):
        z.append(params[f"W{l}"] @ a[-1] + params[f"b{l}"])
        a.append(relu(z[-1]) if len(z) <= L else softmax(z[-1]))
    return z, a


def cost(params, X, Y):
    p = forward(params, X)[1][-1]
    return -np.sum(Y * np.log(p)) / X.shape[1]


def backward(params, X, Y, right):
    z, (x, h, yhat) = forward(params, X)
    m = X.shape[1]
    d2 = yhat - Y
    l1 = params["W2"].T @ d2
    l1 = l1 * (z[1] > 0) if right else np.maximum(0, l1)
    return {
        "W1": l1 @ x.T / m,
        "b1": l1.sum(1, keepdims=True) / m,
        "W2": d2 @ h.T / m,
        "b2": d2.sum(1, keepdims=True) / m,
    }


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
