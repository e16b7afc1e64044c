"""The changes of a matrix are written row by row into an array that holds the matrix column by column."""

import numpy as np

SOURCE = "https://github.com/simbrain/simbrain/commit/c2b3867cd"
THREAD = "simbrain/simbrain c2b3867"
DATE = "2018-01"
KIND = "gradient"
FORMULA = (
    r"\mathrm{vec}_{\text{columns}}(\partial C / \partial W^l) = \mathrm{vec}_{\text{rows}}(\delta^l "
    r"(a^{l-1})^\top)"
)
RIGHT = r"\partial C / \partial W^l = \delta^l (a^{l-1})^\top"
READ = "code"
GROUP = "blocks"
LAYER = [1, 2]
NAMES = [{"order"}]
SIZES = (3, 4, 2)
NET = dict(sizes=SIZES, hidden="sigmoid", output="sigmoid", loss="half_squared")
SAMPLES = 7
LAM = 0.0


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


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


def written(delta, previous, right):
    """Filled in one array, unit by unit of the layer or of the one before."""
    changes = delta @ previous.T
    wm = changes.T if right else changes
    return wm.ravel().reshape(changes.shape, order="F")


def backward(params, X, Y, right):
    x, h, out = activations(params, X)
    d2 = (out - Y) * out * (1 - out) / X.shape[1]
    d1 = params["weights"][1].T @ d2 * h * (1 - h)
    return {
        "weights": [written(d1, x, right), written(d2, h, right)],
        "biases": [d1.sum(1, keepdims=True), d2.sum(1, keepdims=True)],
    }


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
