"""The error of the layer below is summed over the weights' changes times the moved weights."""

import numpy as np

SOURCE = "https://github.com/simbrain/simbrain/commit/38b61d3ee"
THREAD = "simbrain/simbrain 38b61d3"
DATE = "2023-07"
KIND = "gradient"
FORMULA = (
    r"\delta^1 = 0.1\, a^1 \odot \bigl(W^2 - 0.1\, \partial C / \partial W^2\bigr)^\top \delta^2 \odot "
    r"\sigma'(z^1)"
)
RIGHT = r"\delta^1 = (W^2)^\top \delta^2 \odot \sigma'(z^1)"
READ = "code"
GROUP = "down"
LAYER = [1]
NAMES = []
SIZES = (3, 4, 2)
NET = dict(sizes=SIZES, hidden="sigmoid", output="sigmoid", loss="half_squared")
SAMPLES = 7
LAM = 0.0


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


EPSILON = 0.1


def start(rng):
    return {
        "weights": [rng.standard_normal((k, n)) for n, k in zip(SIZES, SIZES[1:])],
        "biases": [rng.standard_normal((k, 1)) for k in SIZES[1:]],
    }


def data(rng):
    return rng.standard_normal((SIZES[0], SAMPLES)), rng.uniform(0, 1, (SIZES[-1], SAMPLES))


def activations(params, X):
    a = [X]
    for W, b in zip(params["weights"], params["biases"]):
        a.append(sigmoid(W @ a[-1] + b))
    return a


def cost(params, X, Y):
    return 0.5 * np.sum((activations(params, X)[-1] - Y) ** 2) / X.shape[1]


def sent_down(error, source, W, right):
    """Each sample's changes times the weights, summed over the units above."""
    if right:
        return W.T @ error
    moved = W - EPSILON * error @ source.T
    changes = EPSILON * error[:, None, :] * source[None, :, :]
    return np.sum(changes * moved[:, :, None], axis=0)


def backward(params, X, Y, right):
    """What one step takes off, without the rate; the program takes one sample at a time, here their mean."""
    x, h, out = activations(params, X)
    error = (out - Y) * out * (1 - out) / X.shape[1]
    below = sent_down(error, h, params["weights"][1], right) * h * (1 - h)
    return {"weights": [below @ x.T, error @ h.T], "biases": [below.sum(1, keepdims=True), error.sum(1, keepdims=True)]}


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
