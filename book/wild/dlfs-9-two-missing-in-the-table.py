"""In a book's table of derivatives that of the squared error has no 2."""

import numpy as np

SOURCE = "https://github.com/SethHWeidman/DLFS_code/issues/9"
THREAD = "SethHWeidman/DLFS_code #9"
DATE = "2022-08"
KIND = "gradient"
FORMULA = r"\partial \ell / \partial p = -(y - p)"
RIGHT = r"\partial \ell / \partial p = -2\, (y - p)"
READ = "discussion"
GROUP = "factor"
LAYER = [1, 2]
NAMES = [{"two-missing"}]
SIZES = (4, 5, 1)
NET = dict(sizes=SIZES, hidden="sigmoid", output="identity", loss="mse")
SAMPLES = 7
LAM = 0.0


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def start(rng):
    n, h, _ = SIZES
    return {
        "W1": rng.standard_normal((n, h)),
        "B1": rng.standard_normal((1, h)),
        "W2": rng.standard_normal((h, 1)),
        "B2": rng.standard_normal((1, 1)),
    }


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.standard_normal((SAMPLES, 1))


def forward(params, X):
    O1 = sigmoid(X @ params["W1"] + params["B1"])
    return O1, O1 @ params["W2"] + params["B2"]


def cost(params, X, Y):
    return np.mean((Y - forward(params, X)[-1]) ** 2)


def backward(params, X, Y, right):
    O1, P = forward(params, X)
    dLdP = -(2 if right else 1) * (Y - P) / len(X)
    dLdN1 = dLdP @ params["W2"].T * O1 * (1 - O1)
    return {"W1": X.T @ dLdN1, "B1": dLdN1.sum(0, keepdims=True), "W2": O1.T @ dLdP, "B2": dLdP.sum(0, keepdims=True)}


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
