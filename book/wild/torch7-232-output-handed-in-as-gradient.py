"""A reader hands a sigmoid its own output for what comes from above, and takes the product for a wrong slope."""

import numpy as np

SOURCE = "https://github.com/torch/torch7/issues/232"
THREAD = "torch/torch7 #232"
DATE = "2015-05"
KIND = "right"
FORMULA = r"\delta^1 = a^1 \odot a^1 \odot (1 - a^1)"
RIGHT = r"\delta^1 = g \odot \sigma'(z^1),\; g = a^1 = \partial (\tfrac12 \lVert a^1 \rVert^2) / \partial a^1"
READ = "discussion"
LAYER = []
NAMES = []
SIZES = (3, 4)
NET = dict(sizes=SIZES, output="sigmoid", loss="half_squared")
SAMPLES = 6
LAM = 0.0


def start(rng):
    return {"weight": rng.standard_normal((4, 3)), "bias": rng.standard_normal(4)}


def data(rng):
    """The targets are zeros: the output itself comes from above."""
    return rng.standard_normal((SAMPLES, SIZES[0])), np.zeros((SAMPLES, SIZES[-1]))


def forward(params, X):
    return 1 / (1 + np.exp(-(X @ params["weight"].T + params["bias"])))


def cost(params, X, Y):
    return 0.5 * np.sum((forward(params, X) - Y) ** 2) / len(X)


def grad(params, X, Y):
    output = forward(params, X)
    grad_input = output * (output * (1 - output)) / len(X)
    return {"weight": grad_input.T @ X, "bias": grad_input.sum(0)}


repaired = grad
