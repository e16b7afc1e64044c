"""The change is assigned to the weight, where it should be added to it."""

import numpy as np

SOURCE = "https://stackoverflow.com/questions/9169280/implementing-a-perceptron-with-backpropagation-algorithm"
THREAD = "Stack Overflow 9169280"
DATE = "2012-02"
KIND = "update"
FORMULA = r"w \leftarrow -\eta\, \partial C / \partial w"
RIGHT = r"w \leftarrow w - \eta\, \partial C / \partial w"
READ = "discussion"
LAYER = []
NAMES = [{"parameters-replaced"}, {"step-returned"}]
NET = dict(sizes=(4, 5, 1), hidden="sigmoid", output="sigmoid", loss="half_squared")  # all biases are 1
SAMPLES = 7
LAM = 0.0


RATE = 0.1
SETTINGS = dict(like="sgd", lr=RATE)


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def start(rng):
    return [rng.standard_normal((4, 5)), rng.standard_normal((5, 1))]


def data(rng):
    sizes = NET["sizes"]
    X = rng.standard_normal((SAMPLES, sizes[0]))
    Y = rng.integers(0, 2, (SAMPLES, sizes[-1])).astype(float)
    return X, Y


def forward(params, X):
    W1, W2 = params
    h = sigmoid(X @ W1 + 1)
    return h, sigmoid(h @ W2 + 1)


def cost(params, X, Y):
    return 0.5 * np.sum((forward(params, X)[1] - Y) ** 2) / len(X)


def repaired(params, X, Y):
    """The right gradient, to train with."""
    h, p = forward(params, X)
    d2 = (p - Y) * p * (1 - p) / len(X)
    d1 = d2 @ params[1].T * h * (1 - h)
    return [X.T @ d1, h.T @ d2]


def start_state():
    return {}


def step(params, grads, state, right):
    """params and grads are lists of arrays; returns the new params and the state, which stays empty."""
    return [(p if right else 0) - RATE * g for p, g in zip(params, grads)], state


def update(params, grads, state):
    return step(params, grads, state, right=False)


def repaired_update(params, grads, state):
    return step(params, grads, state, right=True)
