"""A reader misses a pair of brackets in a gradient that divides by the output and then by what it lacks of one."""

import numpy as np

SOURCE = "https://github.com/hughperkins/DeepCL/issues/62"
THREAD = "hughperkins/DeepCL #62"
DATE = "2016-04"
KIND = "right"
FORMULA = r"\partial C / \partial a = (a - y) / a / (1 - a)"
RIGHT = r"\partial C / \partial a,\; (a - y) / \bigl(a / (1 - a)\bigr)\ \text{is none}"
READ = "code"
LAYER = []
NAMES = []
SIZES = (3, 4, 2)
NET = dict(sizes=SIZES, hidden="tanh", output="sigmoid", loss="binary_cross_entropy")
SAMPLES = 7
LAM = 0.0


def start(rng):
    return [
        rng.standard_normal((SIZES[1], SIZES[0])),
        rng.standard_normal(SIZES[1]),
        rng.standard_normal((SIZES[2], SIZES[1])),
        rng.standard_normal(SIZES[2]),
    ]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.integers(0, 2, (SAMPLES, SIZES[-1])).astype(float)


def forward(weights, images):
    hidden = np.tanh(images @ weights[0].T + weights[1])
    return hidden, 1.0 / (1.0 + np.exp(-(hidden @ weights[2].T + weights[3])))


def cost(weights, images, expected):
    output = forward(weights, images)[1]
    loss = -expected * np.log(output) - (1 - expected) * np.log(1 - output)
    return loss.sum() / len(images)


def grad(weights, images, expected):
    hidden, output = forward(weights, images)
    grad_input = (output - expected) / output / (1.0 - output) / len(images)
    upper = grad_input * output * (1.0 - output)
    lower = upper @ weights[2] * (1.0 - hidden * hidden)
    return [lower.T @ images, lower.sum(axis=0), upper.T @ hidden, upper.sum(axis=0)]


repaired = grad
