"""A support vector machine prints the sum of its batches' mean losses over the number of samples."""

import numpy as np

SOURCE = "https://github.com/kazuto1011/svm-pytorch/issues/4"
THREAD = "kazuto1011/svm-pytorch #4, e542a54"
DATE = "2023-08"
KIND = "cost"
FORMULA = (
    r"C = \tfrac1N \textstyle\sum_k \bigl(\tfrac1B \sum_{i \in k} \max(0, 1 - y_i (w \cdot x_i + b)) "
    r"+ \tfrac{c}2 \lVert w \rVert^2\bigr)"
)
RIGHT = (
    r"C = \tfrac{B}N \textstyle\sum_k \bigl(\tfrac1B \sum_{i \in k} \max(0, 1 - y_i (w \cdot x_i + b)) "
    r"+ \tfrac{c}2 \lVert w \rVert^2\bigr)"
)
READ = "code"
LAYER = [1]
NAMES = [{"factor", "another-cost"}]
NET = None  # a hinge loss
BLOCKS = ["weight[1]", "bias[1]"]
SAMPLES = 8
LAM = 0.0
C, BATCHSIZE = 0.3, 4


def start(rng):
    return {"weight": rng.standard_normal((1, 4)), "bias": rng.standard_normal(1)}


def data(rng):
    return rng.standard_normal((SAMPLES, 4)), np.where(rng.random(SAMPLES) < 0.5, -1.0, 1.0)


def clamp(t):
    return np.where(np.real(t) > 0, t, 0)


def train(model, X, Y, backward=None, right=False):
    """An epoch without steps and without a permutation; backward collects what the steps would go by."""
    N = len(Y)
    sum_loss = 0
    for i in range(0, N, BATCHSIZE):
        x = X[i : i + BATCHSIZE]
        y = Y[i : i + BATCHSIZE]
        output = (x @ model["weight"].T + model["bias"]).squeeze()
        weight = model["weight"].squeeze()
        loss = np.mean(clamp(1 - y * output))
        loss += C * (weight @ weight) / 2.0
        if backward is not None:
            d_output = np.where(1 - y * output > 0, -y, 0.0) / len(y)
            backward["weight"] += (d_output @ x + C * weight)[None]
            backward["bias"] += d_output.sum()
        sum_loss += loss
    if right:
        return sum_loss / (N / BATCHSIZE)
    return sum_loss / N


def cost(params, X, Y):
    return train(params, X, Y)


def meant(params, X, Y):
    return train(params, X, Y, right=True)


def gradients(params, X, Y):
    backward = {name: np.zeros(p.shape) for name, p in params.items()}
    train(params, X, Y, backward)
    return backward


def grad(params, X, Y):
    """The mean of the batches' gradients."""
    return {name: g / (len(Y) / BATCHSIZE) for name, g in gradients(params, X, Y).items()}


def repaired(params, X, Y):
    """The gradient of the number printed."""
    return {name: g / len(Y) for name, g in gradients(params, X, Y).items()}
