"""A bracket makes every probability 1/e, and after the loop the sum of errors meets the last sample's input."""

import numpy as np

SOURCE = "https://huggingface.co/datasets/nvidia/Nemotron-CC-Math-v1"
THREAD = "GD for logistic regression isn't stable. Why?, a question on Stack Exchange, read in a copy"
DATE = ""
KIND = "gradient"
FORMULA = r"\partial C / \partial w_k = \frac1m x_{m,k} \sum_i \bigl(e^{z_i} / e^{1 + z_i} - y_i\bigr)"
RIGHT = r"\partial C / \partial w_k = \frac1m \sum_i \bigl(e^{z_i} / (1 + e^{z_i}) - y_i\bigr)\, x_{i,k}"
READ = "code"
GROUP = "blocks"
LAYER = [1]
NAMES = []
SIZES = (2, 1)
NET = dict(sizes=SIZES, output="sigmoid", loss="binary_cross_entropy")
SAMPLES = 9
LAM = 0.0


def start(rng):
    """A vector; the bias is its first entry."""
    return rng.standard_normal(SIZES[0] + 1)


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.integers(0, 2, SAMPLES).astype(float)


def with_ones(X):
    return np.column_stack([np.ones(len(X)), X])


def odds(x, b, right):
    return np.exp(b @ x) / (1 + np.exp(b @ x)) if right else np.exp(b @ x) / np.exp(1 + b @ x)


def cost(params, X, Y):
    p = np.array([odds(x, params, True) for x in with_ones(X)])
    return -np.mean(Y * np.log(p) + (1 - Y) * np.log(1 - p))


def backward(params, X, Y, right):
    x = with_ones(X)
    grad = np.zeros(len(params))
    for j in range(len(params)):
        for i in range(len(x)):
            grad[j] += (odds(x[i], params, right) - Y[i]) * (x[i, j] if right else 1)
        if not right:
            grad[j] *= x[i, j]
    return grad / len(x)


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
