"""A program for XOR takes the slopes of the sigmoid at the outputs of both layers."""

import numpy as np

SOURCE = "https://huggingface.co/datasets/nvidia/Nemotron-CC-Math-v1"
THREAD = "Debugging BP Algorithm for XOR Problem, a forum post, read in a copy"
DATE = "2018-10"
KIND = "gradient"
FORMULA = r"\delta^2 = 2\, (a^2 - y)\, \sigma'(a^2),\; \delta^1 = (W^2)^\top \delta^2 \odot \sigma'(a^1)"
RIGHT = r"\delta^2 = 2\, (a^2 - y)\, \sigma'(z^2),\; \delta^1 = (W^2)^\top \delta^2 \odot \sigma'(z^1)"
READ = "code"
GROUP = "slope"
LAYER = [1, 2]
NAMES = [{"slope-of-a"}, {"slope-of-a-throughout"}]
SIZES = (2, 2, 1)
NET = dict(sizes=SIZES, hidden="sigmoid", output="sigmoid", loss="mse")
SAMPLES = 7
LAM = 0.0


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def start(rng):
    return [
        rng.standard_normal((2, 2)),
        rng.standard_normal((2, 1)),
        rng.standard_normal((1, 2)),
        rng.standard_normal((1, 1)),
    ]


def data(rng):
    return rng.standard_normal((SIZES[0], SAMPLES)), rng.integers(0, 2, (SIZES[-1], SAMPLES)).astype(float)


def forward(params, X):
    W1, b1, W2, b2 = params
    out1 = sigmoid(W1 @ X + b1)
    return out1, sigmoid(W2 @ out1 + b2)


def cost(params, X, Y):
    return np.mean((Y - forward(params, X)[-1]) ** 2)


def backward(params, X, Y, right):
    out1, pred_y = forward(params, X)
    seen = (lambda a: a) if right else sigmoid
    slope = lambda a: seen(a) * (1 - seen(a))
    s2 = -2 * slope(pred_y) * (Y - pred_y) / X.shape[1]
    s1 = slope(out1) * (params[2].T @ s2)
    return [s1 @ X.T, s1.sum(1, keepdims=True), s2 @ out1.T, s2.sum(1, keepdims=True)]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
