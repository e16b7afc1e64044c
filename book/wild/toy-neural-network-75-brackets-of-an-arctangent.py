"""The slope of the arctangent has its brackets around the square alone, and the one stands outside."""

import numpy as np

SOURCE = "https://github.com/CodingTrain/Toy-Neural-Network-JS/pull/75"
THREAD = "CodingTrain/Toy-Neural-Network-JS PR #75"
DATE = "2018-02"
KIND = "gradient"
FORMULA = r"f'(z) = \frac{1}{z^2} + 1"
RIGHT = r"f'(z) = \frac{1}{z^2 + 1}"
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = []
SIZES = (3, 4, 2)
NET = None  # an arctangent
BLOCKS = ["W[1]", "b[1]", "W[2]", "b[2]"]
SAMPLES = 7
LAM = 0.0


def start(rng):
    """Samples are columns."""
    return {
        "weights_ih": rng.standard_normal((SIZES[1], SIZES[0])),
        "bias_h": rng.standard_normal((SIZES[1], 1)),
        "weights_ho": rng.standard_normal((SIZES[2], SIZES[1])),
        "bias_o": rng.standard_normal((SIZES[2], 1)),
    }


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.standard_normal((SAMPLES, SIZES[-1]))


def forward(params, X):
    z = params["weights_ih"] @ X.T + params["bias_h"]
    return z, params["weights_ho"] @ np.arctan(z) + params["bias_o"]


def cost(params, X, Y):
    return 0.5 * np.sum((forward(params, X)[1] - Y.T) ** 2) / len(X)


def backward(params, X, Y, right):
    z, out = forward(params, X)
    errors = (out - Y.T) / len(X)
    slope = 1 / (z * z + 1) if right else 1 / (z * z) + 1
    hidden = params["weights_ho"].T @ errors * slope
    return {
        "weights_ih": hidden @ X,
        "bias_h": hidden.sum(1, keepdims=True),
        "weights_ho": errors @ np.arctan(z).T,
        "bias_o": errors.sum(1, keepdims=True),
    }


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
