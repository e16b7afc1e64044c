"""A list of updates gives each parameter its gradient for its new value."""

import numpy as np

SOURCE = "https://github.com/Superjomn/NeuralNetworks/commit/a5cee26"
THREAD = "Superjomn/NeuralNetworks a5cee26"
DATE = "2014-03"
KIND = "update"
FORMULA = r"\theta_{t+1} = g_t"
RIGHT = r"\theta_{t+1} = \theta_t - \eta\, g_t"
READ = "code"
LAYER = []
NAMES = [{"parameters-replaced"}, {"step-returned"}, {"parameters-replaced", "rate-missing"}]
NET = dict(sizes=(3, 4, 2), hidden="tanh", output="identity", loss="half_squared")
SAMPLES = 7
LAM = 0.0

LEARNING_RATE = 0.02
SETTINGS = dict(like="sgd", lr=LEARNING_RATE)


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
    return None


def get_updates(params, grads, right):
    updates = []
    for param, grad in zip(params, grads):
        if right:
            updates.append((param, param - LEARNING_RATE * grad))
        else:
            updates.append((param, grad))
    return updates


def update(params, grads, state):
    """params and grads are lists of arrays; returns the new params and the new state."""
    return [new for _, new in get_updates(params, grads, right=False)], state


def repaired_update(params, grads, state):
    return [new for _, new in get_updates(params, grads, right=True)], state
