"""In a book's summary the update of the weights has no error, and the sigmoid of outputs that are sigmoids."""

import numpy as np

SOURCE = "https://makeyourownneuralnetwork.blogspot.com/2017/01/errata-4-lots-of-updates.html"
THREAD = "Make Your Own Neural Network, errata 4"
DATE = "2017-01"
KIND = "gradient"
FORMULA = r"\partial C / \partial W^l = -\tfrac1m \sigma'(a^l)\, (a^{l-1})^\top"
RIGHT = (
    r"\partial C / \partial W^l = -\tfrac1m \bigl(e^l \odot a^l \odot (1 - a^l)\bigr) (a^{l-1})^\top,\; "
    r"e^2 = y - a^2"
)
READ = "discussion"
GROUP = "slope"
LAYER = [1, 2]
NAMES = []
SIZES = (3, 4, 2)
NET = dict(sizes=SIZES, hidden="sigmoid", output="sigmoid", loss="half_squared")  # no biases
SAMPLES = 7
LAM = 0.0


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def start(rng):
    return {"wih": rng.standard_normal((4, 3)), "who": rng.standard_normal((2, 4))}


def data(rng):
    return rng.standard_normal((3, SAMPLES)), rng.uniform(0.01, 0.99, (2, SAMPLES))


def forward(params, X):
    hidden = sigmoid(params["wih"] @ X)
    return hidden, sigmoid(params["who"] @ hidden)


def cost(params, X, Y):
    return 0.5 * np.sum((Y - forward(params, X)[-1]) ** 2) / X.shape[1]


def change(error, output, incoming, right):
    """What is added to the weights, without the rate."""
    if right:
        return error * output * (1 - output) @ incoming.T
    return sigmoid(output) * (1 - sigmoid(output)) @ incoming.T


def backward(params, X, Y, right):
    """Written for one sample; here the mean of a batch."""
    hidden, output = forward(params, X)
    output_error = Y - output
    hidden_error = params["who"].T @ (output_error * output * (1 - output))
    changes = {"wih": change(hidden_error, hidden, X, right), "who": change(output_error, output, hidden, right)}
    return {key: -d / X.shape[1] for key, d in changes.items()}


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
