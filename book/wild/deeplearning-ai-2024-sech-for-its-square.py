"""A sigmoid follows directly on a tanh, whose slope is written sech(a), and the weights' gradient is not averaged."""

import numpy as np

SOURCE = "https://huggingface.co/datasets/nvidia/Nemotron-CC-Math-v1"
THREAD = "DeepLearning.AI community, Back Propagation Not Working Accurately, read in a copy"
DATE = "2024-05"
KIND = "gradient"
FORMULA = (
    r"\delta^1 = (a^2 - y)\, \mathrm{sech}(a^1),\; \partial C / \partial W = \sum_i \delta^1_i "
    r"x_i^\top"
)
RIGHT = (
    r"\delta^1 = (a^2 - y)\, (1 - (a^1)^2),\; \partial C / \partial W = \frac1m \sum_i \delta^1_i "
    r"x_i^\top"
)
READ = "discussion"
GROUP = "slope"
LAYER = [1]
NAMES = []
NET = None  # the output is the sigmoid of a tanh
BLOCKS = ["W[1]", "b[1]"]
SAMPLES = 7
LAM = 0.0


def start(rng):
    return [rng.standard_normal((1, 3)), rng.standard_normal((1, 1))]


def data(rng):
    sizes = (3, 1)
    X = rng.standard_normal((SAMPLES, sizes[0]))
    Y = rng.integers(0, 2, (SAMPLES, sizes[-1])).astype(float)
    return X.T, Y.T


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def forward(params, X):
    W, b = params
    a1 = np.tanh(W @ X + b)
    return a1, sigmoid(a1)


def cost(params, X, Y):
    p = forward(params, X)[1]
    return -np.sum(Y * np.log(p) + (1 - Y) * np.log(1 - p)) / X.shape[1]


def backward(params, X, Y, right):
    a1, a2 = forward(params, X)
    m = X.shape[1]
    dZ = (a2 - Y) * (1 - a1**2 if right else 1 / np.cosh(a1))
    return [dZ @ X.T / (m if right else 1), dZ.sum(1, keepdims=True) / m]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
