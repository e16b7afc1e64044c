"""The hidden layer gets the output's raw error through the weights, without the slope of the output units."""

import numpy as np

SOURCE = "https://github.com/makeyourownneuralnetwork/makeyourownneuralnetwork/issues/88"
THREAD = "makeyourownneuralnetwork #88"
DATE = "2024-07"
KIND = "gradient"
FORMULA = r"\delta^1 = (W^2)^\top (a^2 - y) \odot \sigma'(z^1)"
RIGHT = r"\delta^1 = (W^2)^\top \delta^2 \odot \sigma'(z^1)"
READ = "code"
GROUP = "down"
LAYER = [1]
NAMES = []
NET = dict(sizes=(3, 5, 2), hidden="sigmoid", output="sigmoid", loss="half_squared")  # no biases
SAMPLES = 7
LAM = 0.0


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def start(rng):
    return rng.standard_normal((5, 3)), rng.standard_normal((2, 5))


def data(rng):
    return rng.standard_normal((3, SAMPLES)), rng.integers(0, 2, (2, SAMPLES)).astype(float)


def forward(params, X):
    w_hidden, w_output = params
    hidden = sigmoid(w_hidden @ X)
    return hidden, sigmoid(w_output @ hidden)


def cost(params, X, Y):
    return 0.5 * np.sum((forward(params, X)[1] - Y) ** 2) / SAMPLES


def backward(params, X, Y, right):
    w_hidden, w_output = params
    hidden, final = forward(params, X)
    output_errors = final - Y
    output_delta = output_errors * final * (1 - final)
    hidden_errors = w_output.T @ (output_delta if right else output_errors)
    return hidden_errors * hidden * (1 - hidden) @ X.T / SAMPLES, output_delta @ hidden.T / SAMPLES


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
