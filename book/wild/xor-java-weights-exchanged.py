"""Written out weight by weight, each weight into the hidden units gets the product that belongs to another one."""

import numpy as np

SOURCE = "https://www.xszz.org/faq-1/question-2018090738065.html"
THREAD = "XOR Java Neural Network, a question on Stack Overflow, read in a copy"
DATE = ""
KIND = "gradient"
FORMULA = (
    r"\partial C / \partial W^1 = \begin{pmatrix} \delta_2 x_1 & \delta_1 x_1 \\ \delta_2 x_2 & \delta_1 "
    r"x_2 \end{pmatrix}"
)
RIGHT = (
    r"\partial C / \partial W^1 = \begin{pmatrix} \delta_1 x_1 & \delta_1 x_2 \\ \delta_2 x_1 & \delta_2 "
    r"x_2 \end{pmatrix}"
)
READ = "code"
GROUP = "blocks"
LAYER = [1]
NAMES = [{"order"}]
SIZES = (2, 2, 1)
NET = dict(sizes=SIZES, hidden="sigmoid", output="sigmoid", loss="half_squared")
SAMPLES = 7
LAM = 0.0


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def start(rng):
    """Two weights into each hidden unit, two into the output, and three biases."""
    return rng.standard_normal(9)


def data(rng):
    return rng.standard_normal((SAMPLES, 2)), rng.integers(0, 2, (SAMPLES, 1)).astype(float)


def forward(w, X):
    y1 = sigmoid(X[:, 0] * w[0] + X[:, 1] * w[1] + w[6])
    y2 = sigmoid(X[:, 0] * w[2] + X[:, 1] * w[3] + w[7])
    return y1, y2, sigmoid(y1 * w[4] + y2 * w[5] + w[8])


def cost(params, X, Y):
    return 0.5 * np.sum((Y[:, 0] - forward(params, X)[-1]) ** 2) / len(X)


def backward(params, X, Y, right):
    """Written for one sample; here the mean of a batch."""
    y1, y2, y3 = forward(params, X)
    one, two = X[:, 0], X[:, 1]
    delta3 = y3 * (1 - y3) * (y3 - Y[:, 0])
    delta2 = y2 * (1 - y2) * delta3 * params[5]
    delta1 = y1 * (1 - y1) * delta3 * params[4]
    if right:
        into_hidden = [delta1 * one, delta1 * two, delta2 * one, delta2 * two]
    else:
        into_hidden = [delta2 * one, delta1 * one, delta2 * two, delta1 * two]
    return np.mean([*into_hidden, delta3 * y1, delta3 * y2, delta1, delta2, delta3], axis=1)


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
