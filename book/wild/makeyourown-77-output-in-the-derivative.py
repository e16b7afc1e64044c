"""As a reader has it, the derivative of the squared error has the output as a factor, and no minus."""

import numpy as np

SOURCE = "https://github.com/makeyourownneuralnetwork/makeyourownneuralnetwork/issues/77"
THREAD = "makeyourownneuralnetwork/makeyourownneuralnetwork #77"
DATE = "2020-09"
KIND = "gradient"
FORMULA = r"\delta^2 = 2\, (y - a^2) \odot a^2 \odot \sigma'(z^2)"
RIGHT = r"\delta^2 = -2\, (y - a^2) \odot \sigma'(z^2)"
READ = "discussion"
GROUP = "softmax"
LAYER = [2]
NAMES = []
SIZES = (3, 4, 2)
NET = dict(sizes=SIZES, hidden="sigmoid", output="sigmoid", loss="half_squared")
SAMPLES = 7
LAM = 0.0


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def start(rng):
    return {"wih": rng.standard_normal((4, 3)), "who": rng.standard_normal((2, 4))}


def data(rng):
    return rng.standard_normal((3, SAMPLES)), rng.uniform(0.01, 0.99, (2, SAMPLES))


def forward(params, X):
    h = sigmoid(params["wih"] @ X)
    return h, sigmoid(params["who"] @ h)


def cost(params, X, Y):
    return np.sum((Y - forward(params, X)[-1]) ** 2) / X.shape[1]


def backward(params, X, Y, right):
    """Written for one sample; here the mean of a batch."""
    h, o = forward(params, X)
    g = -2 * (Y - o) if right else 2 * (Y - o) * o
    d2 = g * o * (1 - o) / X.shape[1]
    d1 = params["who"].T @ d2 * h * (1 - h)
    return {"wih": d1 @ X.T, "who": d2 @ h.T}


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
