"""A reader doubts a delta that keeps its slope on the way down, because a network without it learns faster."""

import numpy as np

SOURCE = (
    "https://stackoverflow.com/questions/53287032/multi-layer-neural-network-back-propagation-formula-using-stochastic-"
    "gradient-d"
)
THREAD = "Stack Overflow 53287032"
DATE = "2018-11"
KIND = "right"
FORMULA = r"\epsilon^{l-1} = (W^l)^\top \bigl(\epsilon^l \odot \sigma'(z^l)\bigr),\; \epsilon^L = a^L - y"
RIGHT = (
    r"\epsilon^{l-1} = \partial C / \partial a^{l-1},\; \epsilon^{l-1} = (W^l)^\top \epsilon^l\ \text{is no gradient}"
)
READ = "code"
LAYER = []
NAMES = []
SIZES = (3, 4, 3, 2)
NET = dict(sizes=SIZES, hidden="sigmoid", output="sigmoid", loss="half_squared")  # no biases
SAMPLES = 6
LAM = 0.0


def start(rng):
    return [rng.standard_normal((k, n)) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.integers(0, 2, (SAMPLES, SIZES[-1])).astype(float)


def forward(weights, X):
    """A sample is a column."""
    A = [X.T]
    for W in weights:
        A.append(1 / (1 + np.exp(-(W @ A[-1]))))
    return A


def cost(weights, X, Y):
    return 0.5 * np.sum((forward(weights, X)[-1] - Y.T) ** 2) / len(X)


def grad(weights, X, Y):
    A = forward(weights, X)
    error, grads = (A[-1] - Y.T) / len(X), []
    for k in reversed(range(len(weights))):
        delta = error * A[k + 1] * (1 - A[k + 1])
        grads.insert(0, delta @ A[k].T)
        error = weights[k].T @ delta
    return grads


repaired = grad
