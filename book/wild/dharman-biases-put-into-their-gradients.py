"""The new values of the biases are given to the variables of their gradients, and the old ones are returned."""

import numpy as np

SOURCE = "https://bot.dharman.net/reports.php?id=1943234"
THREAD = "an answer on Stack Overflow"
DATE = ""
KIND = "update"
FORMULA = r"W_{t+1} = W_t - \eta\, \partial C / \partial W_t,\; b_{t+1} = b_t"
RIGHT = r"W_{t+1} = W_t - \eta\, \partial C / \partial W_t,\; b_{t+1} = b_t - \eta\, \partial C / \partial b_t"
READ = "reconstruction"
LAYER = []
NAMES = []
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


def update_params(W1, b1, W2, b2, dW1, db1, dW2, db2, alpha, right):
    W1 = W1 - alpha * dW1
    W2 = W2 - alpha * dW2
    if right:
        b1 = b1 - alpha * db1
        b2 = b2 - alpha * db2
    else:
        db1 = b1 - alpha * db1
        db2 = b2 - alpha * db2
    return W1, b1, W2, b2


def step(params, grads, state, right):
    """params and grads are lists of arrays; returns the new params and the new state."""
    return [*update_params(*params, *grads, RATE, right)], state


def update(params, grads, state):
    return step(params, grads, state, right=False)


def repaired_update(params, grads, state):
    return step(params, grads, state, right=True)
