"""The loops over the hidden weights have the bounds of the output weights: only a corner gets its gradient."""

import numpy as np

SOURCE = "https://github.com/dlidstrom/NeuralNetworkInAllLangs/issues/29"
THREAD = "dlidstrom/NeuralNetworkInAllLangs #29"
DATE = "2025-11"
KIND = "gradient"
FORMULA = r"\partial C / \partial W^1_{jk} = 0 \text{ unless } j < n_2 \text{ and } k < n_1"
RIGHT = r"\partial C / \partial W^1 = \frac1m \sum_i \delta^1_i x_i^\top"
READ = "code"
GROUP = "blocks"
LAYER = [1]
NAMES = []
NET = dict(sizes=(5, 3, 2), hidden="sigmoid", output="sigmoid", loss="half_squared")
SAMPLES = 7
LAM = 0.0


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def start(rng):
    return {
        "weightsHidden": rng.standard_normal((5, 3)),
        "biasesHidden": rng.standard_normal(3),
        "weightsOutput": rng.standard_normal((3, 2)),
        "biasesOutput": rng.standard_normal(2),
    }


def data(rng):
    return rng.standard_normal((SAMPLES, 5)), rng.integers(0, 2, (SAMPLES, 2)).astype(float)


def forward(params, X):
    hidden = sigmoid(X @ params["weightsHidden"] + params["biasesHidden"])
    return hidden, sigmoid(hidden @ params["weightsOutput"] + params["biasesOutput"])


def cost(params, X, Y):
    return 0.5 * np.sum((forward(params, X)[1] - Y) ** 2) / len(X)


def backward(params, X, Y, right):
    """Written for one sample; here the mean of a batch."""
    hidden, output = forward(params, X)
    grad_output = (output - Y) * output * (1 - output) / len(X)
    grad_hidden = grad_output @ params["weightsOutput"].T * hidden * (1 - hidden)
    full = X.T @ grad_hidden
    rows, columns = full.shape if right else params["weightsOutput"].shape
    corner = np.zeros_like(full)
    corner[:rows, :columns] = full[:rows, :columns]
    return {
        "weightsHidden": corner,
        "biasesHidden": grad_hidden.sum(0),
        "weightsOutput": hidden.T @ grad_output,
        "biasesOutput": grad_output.sum(0),
    }


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
