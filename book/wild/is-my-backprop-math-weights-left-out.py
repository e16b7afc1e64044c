"""A derivative by hand has the slopes of all layers and none of the weights between them."""

import numpy as np

SOURCE = "https://huggingface.co/datasets/nvidia/Nemotron-CC-Math-v1"
THREAD = "Is my back propagation math correct?, a question on Stack Exchange, read in a copy"
DATE = ""
KIND = "gradient"
FORMULA = r"\delta^l_j = \textstyle\sum_k \delta^{l+1}_k\, \sigma'(z^l_j)"
RIGHT = r"\delta^l_j = \textstyle\sum_k W^{l+1}_{kj} \delta^{l+1}_k\, \sigma'(z^l_j)"
READ = "discussion"
GROUP = "down"
LAYER = [1, 2]
NAMES = [{"from-above-missing"}]
SIZES = (2, 3, 2, 1)
NET = None  # the output itself, and biases that are no parameters
BLOCKS = ["W[1]", "W[2]", "W[3]"]
SAMPLES = 7
LAM = 0.0


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def start(rng):
    """No biases."""
    return [rng.standard_normal((n, k)) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), np.zeros((SAMPLES, 1))  # it is the output that is differentiated


def forward(params, X):
    a = [X]
    for W in params:
        a.append(sigmoid(a[-1] @ W + 1))  # every bias is 1
    return a


def cost(params, X, Y):
    return np.mean(forward(params, X)[-1])


def backward(params, X, Y, right):
    a, out = forward(params, X), []
    d = a[3] * (1 - a[3]) / len(X)
    for l in (3, 2, 1):
        out.insert(0, a[l - 1].T @ d)
        W = params[l - 1]
        d = d @ (W if right else np.ones_like(W)).T * a[l - 1] * (1 - a[l - 1])
    return out


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
