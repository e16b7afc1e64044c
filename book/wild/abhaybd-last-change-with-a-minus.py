"""What a weight was changed by is kept with a minus, and its share is added to the next change as it is."""

import numpy as np

SOURCE = "https://github.com/abhaybd/Java-Simple-Neural-Network/commit/4248c7c"
THREAD = "abhaybd/Java-Simple-Neural-Network 4248c7c"
DATE = "2017-07"
KIND = "update"
FORMULA = r"v_t = \eta\, g_t - \mu v_{t-1},\; \theta_{t+1} = \theta_t - v_t"
RIGHT = r"v_t = \eta\, g_t + \mu v_{t-1},\; \theta_{t+1} = \theta_t - v_t"
READ = "code"
LAYER = []
NAMES = [{"velocity-sign"}]
NET = dict(sizes=(3, 4, 2), hidden="tanh", output="identity", loss="half_squared")
SAMPLES = 7
LAM = 0.0

RATE, MU = 0.1, 0.9
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
    return {}


def step(params, grads, state, right):
    """params and grads are lists of arrays, state the map of last changes; returns the new params and the new map."""
    dendrite_delta_map, moved = {**state}, [p.copy() for p in params]
    for i in range(len(params)):
        for place in np.ndindex(params[i].shape):
            delta = RATE * grads[i][place]
            if (i, place) in dendrite_delta_map:
                delta += MU * dendrite_delta_map[i, place]
            dendrite_delta_map[i, place] = delta if right else -delta
            moved[i][place] += -delta
    return moved, dendrite_delta_map


def update(params, grads, state):
    return step(params, grads, state, right=False)


def repaired_update(params, grads, state):
    return step(params, grads, state, right=True)
