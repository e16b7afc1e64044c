"""The increment that is kept for the next step is the one without the momentum, and the biases have no momentum."""

import numpy as np

SOURCE = "https://github.com/maddin79/darch/commit/3a8c0e9"
THREAD = "maddin79/darch 3a8c0e9"
DATE = "2015-11"
KIND = "update"
FORMULA = (
    r"W_{t+1} = W_t - \eta\, g_t - \mu \eta\, g_{t-1}\ \text{in the weights},\; "
    r"b_{t+1} = b_t - \eta\, g_t\ \text{in the biases}"
)
RIGHT = r"v_t = \mu v_{t-1} + \eta\, g_t,\; \theta_{t+1} = \theta_t - v_t"
READ = "code"
LAYER = []
NAMES = []
NET = dict(sizes=(3, 4, 2), hidden="tanh", output="identity", loss="half_squared")
SAMPLES = 7
LAM = 0.0


RATE, MU = 0.05, 0.9
SETTINGS = dict(like="momentum", lr=RATE, momentum=MU)


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
    """A layer has no increments until its first step."""
    return {"layers": [{}, {}]}


def step_of_the_increment(weights, biases, layer, gradients):
    increment = -RATE * gradients[0]
    weights = weights + increment + MU * layer.get("weights", np.zeros_like(weights))
    return weights, biases - RATE * gradients[1], {"weights": increment}


def step_of_the_sum(weights, biases, layer, gradients):
    increment = -RATE * gradients[0] + MU * layer.get("weights", np.zeros_like(weights))
    of_biases = -RATE * gradients[1] + MU * layer.get("biases", np.zeros_like(biases))
    return weights + increment, biases + of_biases, {"weights": increment, "biases": of_biases}


def step(params, grads, state, right):
    """params and grads are lists of arrays; returns the new params and the new state."""
    moved, layers = [*params], [*state["layers"]]
    for i in (1, 0):
        rule, own = step_of_the_sum if right else step_of_the_increment, slice(2 * i, 2 * i + 2)
        *moved[own], layers[i] = rule(*params[own], layers[i], grads[own])
    return moved, {"layers": layers}


def update(params, grads, state):
    return step(params, grads, state, right=False)


def repaired_update(params, grads, state):
    return step(params, grads, state, right=True)
