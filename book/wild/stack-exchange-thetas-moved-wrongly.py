"""An author suspects his gradient because the network does not learn, and the gradient is right."""

import numpy as np

SOURCE = "https://huggingface.co/datasets/nvidia/Nemotron-CC-Math-v1"
THREAD = "Backpropagation for Neural Network - Python, a question on Stack Exchange, read in a copy"
DATE = ""
KIND = "right"
FORMULA = (
    r"\delta^1 = \bigl((\Theta^2)^\top \delta^2 \odot a^1 \odot (1 - a^1)\bigr)_{2 \ldots},\; \delta^2 = "
    r"a^2 - y"
)
RIGHT = r"\delta^1 = (W^2)^\top \delta^2 \odot \sigma'(z^1),\; \delta^2 = a^2 - y"
READ = "code"
LAYER = []
NAMES = []
SIZES = (3, 4, 3)
NET = dict(sizes=SIZES, hidden="sigmoid", output="sigmoid", loss="binary_cross_entropy")
SAMPLES = 7
LAM = 0.0


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def start(rng):
    """The biases are the first columns, and samples are columns."""
    return [rng.standard_normal((k, n + 1)) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), np.eye(SIZES[-1])[rng.integers(0, SIZES[-1], SAMPLES)]


def with_ones(a):
    return np.vstack([np.ones((1, a.shape[1])), a])


def forward(params, X):
    hidden = with_ones(sigmoid(params[0] @ with_ones(X.T)))
    return hidden, sigmoid(params[1] @ hidden)


def cost(params, X, Y):
    p = forward(params, X)[1]
    return -np.sum(Y.T * np.log(p) + (1 - Y.T) * np.log(1 - p)) / len(X)


def grad(params, X, Y):
    hidden, p = forward(params, X)
    delta_3 = p - Y.T
    delta_2 = params[1].T @ delta_3 * (hidden * (1 - hidden))
    return [delta_2[1:] @ with_ones(X.T).T / len(X), delta_3 @ hidden.T / len(X)]


repaired = grad
