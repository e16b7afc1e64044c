"""The hidden error is the raw output error sent through output weights that have already been updated."""

import numpy as np

SOURCE = "https://github.com/CodingTrain/Toy-Neural-Network-JS/issues/72"
THREAD = "CodingTrain/Toy-Neural-Network-JS #72"
DATE = "2018-02"
KIND = "gradient"
FORMULA = r"\delta^1 = \bigl(W^2 - \eta\, \partial C / \partial W^2\bigr)^\top (a^2 - y) \odot \sigma'(z^1)"
RIGHT = r"\delta^1 = (W^2)^\top \delta^2 \odot \sigma'(z^1)"
READ = "code"
GROUP = "down"
LAYER = [1]
NAMES = []
NET = dict(sizes=(3, 5, 2), hidden="sigmoid", output="sigmoid", loss="half_squared")
SAMPLES = 7
LAM = 0.0


RATE = 0.1  # the step is part of the program: its gradient is what one step takes off, divided by the rate


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def start(rng):
    return {
        "weights_ih": rng.standard_normal((5, 3)),
        "bias_h": rng.standard_normal((5, 1)),
        "weights_ho": rng.standard_normal((2, 5)),
        "bias_o": rng.standard_normal((2, 1)),
    }


def data(rng):
    return rng.standard_normal((3, SAMPLES)), rng.integers(0, 2, (2, SAMPLES)).astype(float)


def forward(params, X):
    hidden = sigmoid(params["weights_ih"] @ X + params["bias_h"])
    return hidden, sigmoid(params["weights_ho"] @ hidden + params["bias_o"])


def cost(params, X, Y):
    return 0.5 * np.sum((forward(params, X)[1] - Y) ** 2) / SAMPLES


def backward(params, X, Y, right):
    hidden, outputs = forward(params, X)
    errors = outputs - Y
    gradients = errors * outputs * (1 - outputs)
    who_grad = gradients @ hidden.T / SAMPLES
    if right:
        hidden_errors = params["weights_ho"].T @ gradients
    else:
        hidden_errors = (params["weights_ho"] - RATE * who_grad).T @ errors
    hidden_gradients = hidden_errors * hidden * (1 - hidden)
    return {
        "weights_ih": hidden_gradients @ X.T / SAMPLES,
        "bias_h": hidden_gradients.sum(1, keepdims=True) / SAMPLES,
        "weights_ho": who_grad,
        "bias_o": gradients.sum(1, keepdims=True) / SAMPLES,
    }


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
