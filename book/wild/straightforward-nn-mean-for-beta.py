"""The bias corrections of Adam have a power of the mean itself where the power of a beta belongs."""

import numpy as np

SOURCE = (
    "https://github.com/MatthieuHernandez/StraightforwardNeuralNetwork/commit/9ea0ee7f3431e8da4ad87c2328a023db4094ab79"
)
THREAD = "MatthieuHernandez/StraightforwardNeuralNetwork 9ea0ee7"
DATE = "2020-11"
KIND = "update"
FORMULA = r"\hat m_t = m_t / (1 - m_t^t),\; \hat v_t = v_t / (1 - m_t^t)"
RIGHT = r"\hat m_t = m_t / (1 - \beta_1^t),\; \hat v_t = v_t / (1 - \beta_2^t)"
READ = "code"
LAYER = []
NAMES = []
NET = dict(sizes=(3, 4, 2), hidden="tanh", output="identity", loss="half_squared")
SAMPLES = 7
LAM = 0.0


RATE, BETA1, BETA2, EPS = 0.01, 0.9, 0.99, 1e-8
SETTINGS = dict(like="adam", lr=RATE, beta1=BETA1, beta2=BETA2, eps=EPS)


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
    return {"t": 0, "m": None, "v": None}


def step(params, grads, state, right):
    """params and grads are lists of arrays; returns the new params and the new state."""
    t = state["t"] + 1
    zeros = [0 * g for g in grads]
    m = [BETA1 * a + (1 - BETA1) * g for a, g in zip(state["m"] or zeros, grads)]
    v = [BETA2 * a + (1 - BETA2) * g**2 for a, g in zip(state["v"] or zeros, grads)]
    hats = [
        (a / (1 - BETA1**t), b / (1 - BETA2**t)) if right else (a / (1 - a**t), b / (1 - a**t)) for a, b in zip(m, v)
    ]
    return [p - RATE * a / (np.sqrt(b) + EPS) for p, (a, b) in zip(params, hats)], {"t": t, "m": m, "v": v}


def update(params, grads, state):
    return step(params, grads, state, right=False)


def repaired_update(params, grads, state):
    return step(params, grads, state, right=True)
