"""In a course's code the output's slope is in its own gradient and not in what goes down to the hidden layer."""

import numpy as np

SOURCE = "https://discuss.educative.io/t/back-propagation-https-www-educative-io-courses-beginners-guide-to-deep-learning-q2615kley67/36924"
THREAD = "Educative, Back-propagation 36924"
DATE = ""
KIND = "gradient"
FORMULA = r"\delta^1 = (W^2)^\top (a^2 - y) \odot \sigma'(z^1)"
RIGHT = r"\delta^1 = (W^2)^\top \bigl((a^2 - y) \odot \sigma'(z^2)\bigr) \odot \sigma'(z^1)"
READ = "code"
GROUP = "down"
LAYER = [1]
NAMES = [{"error-for-delta"}]
SIZES = (2, 4, 1)
NET = dict(sizes=SIZES, hidden="sigmoid", output="sigmoid", loss="half_squared")
SAMPLES = 7
LAM = 0.0


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def start(rng):
    return {
        "W1": rng.standard_normal((4, 2)),
        "b1": rng.standard_normal((4, 1)),
        "W2": rng.standard_normal((1, 4)),
        "b2": rng.standard_normal((1, 1)),
    }


def data(rng):
    return rng.standard_normal((SIZES[0], SAMPLES)), rng.integers(0, 2, (SIZES[-1], SAMPLES)).astype(float)


def forward(params, X):
    out_h = sigmoid(params["W1"] @ X + params["b1"])
    return out_h, sigmoid(params["W2"] @ out_h + params["b2"])


def cost(params, X, Y):
    return 0.5 * np.sum((forward(params, X)[-1] - Y) ** 2) / X.shape[1]


def backward(params, X, Y, right):
    """Written for one sample; here the mean of a batch."""
    out_h, out_y = forward(params, X)
    l2_error = (out_y - Y) / X.shape[1]
    dZ2 = l2_error * out_y * (1 - out_y)
    dh = params["W2"].T @ (dZ2 if right else l2_error)
    l1_error = dh * out_h * (1 - out_h)
    return {
        "W1": l1_error @ X.T,
        "b1": l1_error.sum(1, keepdims=True),
        "W2": dZ2 @ out_h.T,
        "b2": dZ2.sum(1, keepdims=True),
    }


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
