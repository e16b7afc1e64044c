"""In an exercise the gradients of the weights above are added up where the deltas times these weights belong."""

import numpy as np

SOURCE = "https://bcxiaobai.eu.org/post/11874.html"
THREAD = "bcxiaobai.eu.org 11874"
DATE = ""
KIND = "gradient"
FORMULA = r"\delta^1_j = \textstyle\sum_k \delta^2_k\, a^1_j\, \sigma'(z^1_j)"
RIGHT = r"\delta^1_j = \textstyle\sum_k \delta^2_k\, W^2_{kj}\, \sigma'(z^1_j)"
READ = "code"
GROUP = "down"
LAYER = [1]
NAMES = []
SIZES = (2, 2, 2)
NET = dict(sizes=SIZES, hidden="sigmoid", output="sigmoid", loss="half_squared")  # no biases
SAMPLES = 7
LAM = 0.0


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def start(rng):
    """The eight weights, from the inputs to each hidden unit and from these to each output."""
    return {"w1 w2 w3 w4": rng.standard_normal((2, 2)), "w5 w6 w7 w8": rng.standard_normal((2, 2))}


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.uniform(0, 1, (SAMPLES, SIZES[-1]))


def forward(params, X):
    out_h = sigmoid(X @ params["w1 w2 w3 w4"])
    return out_h, sigmoid(out_h @ params["w5 w6 w7 w8"])


def cost(params, X, Y):
    return 0.5 * np.sum((forward(params, X)[-1] - Y) ** 2) / len(X)


def backward(params, X, Y, right):
    """For one sample in the exercise, here as a mean over several."""
    out_h, out_o = forward(params, X)
    d_o = (out_o - Y) * out_o * (1 - out_o) / len(X)
    above = d_o @ params["w5 w6 w7 w8"].T if right else out_h * d_o.sum(axis=1, keepdims=True)
    d_h = above * out_h * (1 - out_h)
    return {"w1 w2 w3 w4": X.T @ d_h, "w5 w6 w7 w8": out_h.T @ d_o}


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
