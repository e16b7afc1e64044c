"""With momentum each weight is moved by its change, and the bias is replaced by its change."""

import numpy as np

SOURCE = (
    "https://github.com/MatthieuHernandez/StraightforwardNeuralNetwork/commit/37338b329deab6c6ceeb53c94d1db21dac41d343"
)
THREAD = "MatthieuHernandez/StraightforwardNeuralNetwork 37338b3"
DATE = "2025-01"
KIND = "update"
FORMULA = r"b_{t+1} = -v_t,\; v_t = \mu v_{t-1} + \eta\, g_t"
RIGHT = r"b_{t+1} = b_t - v_t,\; v_t = \mu v_{t-1} + \eta\, g_t"
READ = "code"
LAYER = []
NAMES = [{"parameters-replaced"}, {"step-returned"}]
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
    return {"v": None}


def step(params, grads, state, right):
    """params and grads are lists of arrays; returns the new params and the new state."""
    old = state["v"] or [0 * g for g in grads]
    v = [MU * a + RATE * g for a, g in zip(old, grads)]
    moved = [p - a if p.ndim == 2 or right else -a for p, a in zip(params, v)]
    return moved, {"v": v}


def update(params, grads, state):
    return step(params, grads, state, right=False)


def repaired_update(params, grads, state):
    return step(params, grads, state, right=True)
