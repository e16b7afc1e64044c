"""A reader misses the sparsity's part in a gradient, and it is in the error of the hidden layer."""

import numpy as np

SOURCE = "https://github.com/jatinshah/ufldl_tutorial/issues/9"
THREAD = "jatinshah/ufldl_tutorial #9"
DATE = "2018-03"
KIND = "right"
FORMULA = (
    r"\delta^1 = \bigl((W^2)^\top \delta^2 + \beta\, (-\tfrac{\rho}{\hat\rho} + \tfrac{1 - \rho}{1 - "
    r"\hat\rho})\bigr) \odot \sigma'(z^1)"
)
RIGHT = (
    r"\partial C / \partial z^1 \text{ of } (\cdot) + \beta \textstyle\sum_j \rho \log "
    r"\tfrac{\rho}{\hat\rho_j} + (1 - \rho) \log \tfrac{1 - \rho}{1 - \hat\rho_j}"
)
READ = "code"
LAYER = []
NAMES = []
NET = None  # a sparse autoencoder
BLOCKS = ["W[1]", "b[1]", "W[2]", "b[2]"]
SAMPLES = 8
LAM = 0.0


RHO, BETA, DECAY = 0.1, 0.5, 0.02


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def start(rng):
    """Samples are columns."""
    return {
        "W1": rng.standard_normal((3, 4)),
        "b1": rng.standard_normal((3, 1)),
        "W2": rng.standard_normal((4, 3)),
        "b2": rng.standard_normal((4, 1)),
    }


def data(rng):
    """What comes in is what is to come out."""
    return rng.random((SAMPLES, 4)), None


def forward(params, X):
    a2 = sigmoid(params["W1"] @ X.T + params["b1"])
    return a2, sigmoid(params["W2"] @ a2 + params["b2"]), a2.mean(1, keepdims=True)


def cost(params, X, _):
    _, h, rho = forward(params, X)
    decay = DECAY / 2 * (np.sum(params["W1"] ** 2) + np.sum(params["W2"] ** 2))
    sparsity = np.sum(RHO * np.log(RHO / rho) + (1 - RHO) * np.log((1 - RHO) / (1 - rho)))
    return np.sum((h - X.T) ** 2) / (2 * len(X)) + decay + BETA * sparsity


def grad(params, X, _):
    m = len(X)
    a2, h, rho = forward(params, X)
    sparsity_delta = -RHO / rho + (1 - RHO) / (1 - rho)
    delta3 = (h - X.T) * h * (1 - h)
    delta2 = (params["W2"].T @ delta3 + BETA * sparsity_delta) * a2 * (1 - a2)
    return {
        "W1": delta2 @ X / m + DECAY * params["W1"],
        "b1": delta2.sum(1, keepdims=True) / m,
        "W2": delta3 @ a2.T / m + DECAY * params["W2"],
        "b2": delta3.sum(1, keepdims=True) / m,
    }


repaired = grad
