"""Momentum times the last batch's gradient is added, and not momentum times the last step, so nothing builds up."""

import numpy as np

SOURCE = "https://github.com/EdwardRaff/JSAT/commit/9f949f65dd0f85dd85defde82142e231f9223ca3"
THREAD = "EdwardRaff/JSAT 9f949f65"
DATE = "2013-04"
KIND = "update"
FORMULA = r"\theta \leftarrow \theta - \eta\, g_t - \eta \mu\, g_{t-1}"
RIGHT = r"u_t = \mu u_{t-1} - \eta\, g_t,\; \theta \leftarrow \theta + u_t"
READ = "code"
LAYER = []
NAMES = []
NET = dict(sizes=(3, 4, 2), hidden="tanh", output="identity", loss="half_squared")
SAMPLES = 7
LAM = 0.0


ETA, MOMENTUM = 0.05, 0.9
SETTINGS = dict(like="momentum", lr=ETA, momentum=MOMENTUM)


def start(rng):
    return [rng.standard_normal((4, 3)), rng.standard_normal(4), rng.standard_normal((2, 4)), rng.standard_normal(2)]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.standard_normal((SAMPLES, 2))


def cost(params, X, Y):
    W1, b1, W2, b2 = params
    h = np.tanh(X @ W1.T + b1)
    return 0.5 * np.sum((h @ W2.T + b2 - Y) ** 2) / len(X)


def repaired(params, X, Y):
    """The right gradient, to train with."""
    W1, b1, W2, b2 = params
    h = np.tanh(X @ W1.T + b1)
    d2 = (h @ W2.T + b2 - Y) / len(X)
    d1 = d2 @ W2 * (1 - h**2)
    return [d1.T @ X, d1.sum(0), d2.T @ h, d2.sum(0)]


def start_state():
    return {"deltas_prev": [], "updates": None}


def network(params):
    return [params[0].copy(), params[2].copy()], [params[1].copy(), params[3].copy()]


def flat(Ws, bs):
    return [Ws[0], bs[0], Ws[1], bs[1]]


def update(params, grads, state):
    """What OuterProductUpdate makes of the deltas and activations of a batch, and of the one before, are the grads."""
    Ws, bs = network(params)
    deltas, deltas_prev = grads, state["deltas_prev"]
    for i in range(1, len(Ws)):
        W, b = Ws[i], bs[i]
        W += -ETA * deltas[2 * i]
        b += -ETA * deltas[2 * i + 1]
        if MOMENTUM != 0 and len(deltas_prev) > 0:
            W += -ETA * MOMENTUM * deltas_prev[2 * i]
            b += -ETA * MOMENTUM * deltas_prev[2 * i + 1]
    # input layer
    W, b = Ws[0], bs[0]
    W += -ETA * deltas[0]
    b += -ETA * deltas[1]
    if MOMENTUM != 0 and len(deltas_prev) > 0:
        W += -ETA * MOMENTUM * deltas_prev[0]
        b += -ETA * MOMENTUM * deltas_prev[1]
    return flat(Ws, bs), {"deltas_prev": [g.copy() for g in grads], "updates": None}


def repaired_update(params, grads, state):
    """The mending leaves the biases without momentum; here they have it, as before."""
    Ws, bs = network(params)
    updates = [np.zeros_like(p) for p in params] if state["updates"] is None else [u.copy() for u in state["updates"]]
    for i in list(range(1, len(Ws))) + [0]:
        W, b = Ws[i], bs[i]
        for k, p in ((2 * i, W), (2 * i + 1, b)):
            u = updates[k]
            u *= MOMENTUM
            u += -ETA * grads[k]
            p += u
    return flat(Ws, bs), {"deltas_prev": [], "updates": updates}
