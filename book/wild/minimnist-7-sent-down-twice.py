"""What goes down through the output's weights is added up twice: before the weights have moved, and again after."""

import numpy as np

SOURCE = "https://github.com/itskonrad/miniMNIST-c/issues/7"
THREAD = "itskonrad/miniMNIST-c #7"
DATE = "2024-12"
KIND = "gradient"
FORMULA = r"\delta^1 = \bigl(W^2 + W^2 - \eta\, \partial C / \partial W^2\bigr)^\top \delta^2 \odot [z^1 > 0]"
RIGHT = r"\delta^1 = (W^2)^\top \delta^2 \odot [z^1 > 0]"
READ = "code"
GROUP = "down"
LAYER = [1]
NAMES = []
SIZES = (3, 5, 4)
NET = dict(sizes=SIZES, hidden="relu", output="softmax", loss="cross_entropy")
SAMPLES = 7
LAM = 0.0

RATE = 0.1


def start(rng):
    layers = zip(("hidden", "output"), SIZES, SIZES[1:])
    return {name: {"weights": rng.standard_normal((n, k)), "biases": rng.standard_normal(k)} for name, n, k in layers}


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), np.eye(SIZES[-1])[rng.integers(0, SIZES[-1], SAMPLES)]


def forward(params, X):
    z = X @ params["hidden"]["weights"] + params["hidden"]["biases"]
    h = z * (z.real > 0)
    logits = h @ params["output"]["weights"] + params["output"]["biases"]
    return h, np.exp(logits) / np.sum(np.exp(logits), axis=1, keepdims=True)


def cost(params, X, Y):
    return -np.sum(Y * np.log(forward(params, X)[-1])) / len(X)


def backward(params, X, Y, right):
    """What the first step takes off, without the rate; written for one sample, here the mean of a batch."""
    h, p = forward(params, X)
    weights = params["output"]["weights"]
    d2 = (p - Y) / len(X)
    output = {"weights": h.T @ d2, "biases": d2.sum(0)}
    input_grad = d2 @ weights.T
    if not right:
        input_grad += d2 @ (weights - RATE * output["weights"]).T
    d1 = input_grad * (h > 0)
    return {"hidden": {"weights": X.T @ d1, "biases": d1.sum(0)}, "output": output}


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
