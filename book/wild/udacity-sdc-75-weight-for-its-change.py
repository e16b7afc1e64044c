"""The update on a slide of a lecture takes off the rate times the weight itself; the gradient is missing."""

import numpy as np

SOURCE = "https://github.com/udacity/sdc-issue-reports/issues/75"
THREAD = "udacity/sdc-issue-reports #75"
DATE = "2016-11"
KIND = "update"
FORMULA = r"w_2 \leftarrow w_2 - \alpha\, w_2"
RIGHT = r"w_2 \leftarrow w_2 - \alpha\, \partial C / \partial w_2"
READ = "discussion"
LAYER = [2]
NAMES = [{"parameters-for-gradient"}]
NET = dict(sizes=(3, 4, 2), hidden="tanh", output="identity", loss="half_squared")
SAMPLES = 7
LAM = 0.0


RATE = 0.1
SETTINGS = dict(like="sgd", lr=RATE)


def start(rng):
    return [rng.standard_normal((3, 4)), rng.standard_normal(4), rng.standard_normal((4, 2)), rng.standard_normal(2)]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.standard_normal((SAMPLES, 2))


def cost(params, X, Y):
    W1, b1, W2, b2 = params
    return 0.5 * np.sum((np.tanh(X @ W1 + b1) @ W2 + b2 - Y) ** 2) / len(X)


def repaired(params, X, Y):
    """The right gradient, to train with."""
    W1, b1, W2, b2 = params
    h = np.tanh(X @ W1 + b1)
    d2 = (h @ W2 + b2 - Y) / len(X)
    d1 = d2 @ W2.T * (1 - h**2)
    return [X.T @ d1, d1.sum(0), h.T @ d2, d2.sum(0)]


def start_state():
    return {}


def step(params, grads, state, right):
    """params and grads are lists of arrays; returns the new params and the state, which stays empty."""
    W1, b1, W2, b2 = (p - RATE * g for p, g in zip(params, grads))
    return [W1, b1, W2 if right else params[2] - RATE * params[2], b2], state


def update(params, grads, state):
    return step(params, grads, state, right=False)


def repaired_update(params, grads, state):
    return step(params, grads, state, right=True)
