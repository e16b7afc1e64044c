"""A reader wants the slope of a ReLU at its input, where it is taken at its output, which is as good."""

import numpy as np

SOURCE = "https://github.com/iamtrask/Grokking-Deep-Learning/issues/56"
THREAD = "iamtrask/Grokking-Deep-Learning #56"
DATE = "2021-02"
KIND = "right"
FORMULA = r"\delta^1 = (W^2)^\top \delta^2 \odot [a^1 > 0]"
RIGHT = r"\delta^1 = (W^2)^\top \delta^2 \odot [z^1 > 0]"
READ = "code"
LAYER = []
NAMES = []
NET = None  # no biases
BLOCKS = ["W[1]", "W[2]"]
SAMPLES = 7
LAM = 0.0


def start(rng):
    return [rng.standard_normal((3, 5)), rng.standard_normal((5, 2))]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.standard_normal((SAMPLES, 2))


def forward(weights, X):
    z = X @ weights[0]
    layer_1 = z * (z.real > 0)
    return layer_1, layer_1 @ weights[1]


def cost(weights, X, Y):
    return np.sum((Y - forward(weights, X)[1]) ** 2)


def grad(weights, X, Y):
    layer_1, layer_2 = forward(weights, X)
    d2 = 2 * (layer_2 - Y)
    d1 = d2 @ weights[1].T * (layer_1 > 0)
    return [X.T @ d1, layer_1.T @ d2]


repaired = grad
