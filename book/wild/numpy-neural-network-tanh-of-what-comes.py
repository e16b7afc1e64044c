"""The slope of the tanh is taken at what comes from above, and is not multiplied by it."""

import numpy as np

SOURCE = "https://github.com/yizt/numpy_neural_network/commit/8c8c30b"
THREAD = "yizt/numpy_neural_network 8c8c30b"
DATE = "2020-11"
KIND = "gradient"
FORMULA = r"\delta^1 = 1 - \tanh^2 g,\; g = (W^2)^\top \delta^2"
RIGHT = r"\delta^1 = g \odot (1 - \tanh^2 z^1),\; g = (W^2)^\top \delta^2"
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = []
SIZES = (3, 4, 3)
NET = dict(sizes=SIZES, hidden="tanh", output="softmax", loss="cross_entropy")
SAMPLES = 7
LAM = 0.0


def softmax(z):
    e = np.exp(z)
    return e / e.sum(axis=1, keepdims=True)


def start(rng):
    return {
        "W1": rng.standard_normal((SIZES[0], SIZES[1])),
        "b1": rng.standard_normal(SIZES[1]),
        "W2": rng.standard_normal((SIZES[1], SIZES[2])),
        "b2": rng.standard_normal(SIZES[2]),
    }


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), np.eye(SIZES[-1])[rng.integers(0, SIZES[-1], SAMPLES)]


def forward(params, X):
    z = X @ params["W1"] + params["b1"]
    a = np.tanh(z)
    return z, a, softmax(a @ params["W2"] + params["b2"])


def cost(params, X, Y):
    return -np.sum(Y * np.log(forward(params, X)[2])) / len(X)


def backward(params, X, Y, right):
    """The mean is taken last, in the gradients of the weights."""
    z, a, p = forward(params, X)
    next_dz = p - Y
    grads = {"W2": a.T @ next_dz / len(X), "b2": next_dz.sum(0) / len(X)}
    g = next_dz @ params["W2"].T
    dz = g * (1 - np.square(np.tanh(z))) if right else 1 - np.square(np.tanh(g))
    return {"W1": X.T @ dz / len(X), "b1": dz.sum(0) / len(X), **grads}


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
