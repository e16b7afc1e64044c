"""A tutorial gives for RMSprop a rule that lets each rate grow or shrink by signs, and steps along the rates."""

import numpy as np

SOURCE = "https://github.com/BVLC/caffe/issues/3930"
THREAD = "BVLC/caffe #3930"
DATE = "2016-04"
KIND = "update"
FORMULA = (
    r"v_t = v_{t-1} + \delta\ \text{where}\ g_t g_{t-1} > 0,\ v_{t-1} (1 - \delta)\ \text{elsewhere},\; "
    r"\theta_{t+1} = \theta_t - \eta\, v_t"
)
RIGHT = (
    r"v_t = (1 - \delta)\, v_{t-1} + \delta\, g_t^2,\; \theta_{t+1} = \theta_t - \eta\, g_t / (\sqrt{v_t} "
    r"+ \varepsilon)"
)
READ = "discussion"
LAYER = []
NAMES = []
NET = dict(sizes=(3, 4, 2), hidden="tanh", output="identity", loss="half_squared")
SAMPLES = 7
LAM = 0.0


RATE, DELTA, EPS = 0.01, 0.02, 1e-8
SETTINGS = dict(like="rmsprop", lr=RATE, beta2=1 - DELTA, eps=EPS)


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
    return {"v": None, "g": None}


def step(params, grads, state, right):
    """params and grads are lists of arrays; returns the new params and the new state.

    The tutorial does not say where its rates begin: here with one, and with a gradient of zero before the first.
    """
    if right:
        v = [(1 - DELTA) * a + DELTA * g * g for a, g in zip(state["v"] or [0 * g for g in grads], grads)]
        return [p - RATE * g / (np.sqrt(a) + EPS) for p, g, a in zip(params, grads, v)], {"v": v, "g": grads}
    v, before = state["v"] or [np.ones_like(g) for g in grads], state["g"] or [0 * g for g in grads]
    v = [np.where(g * h > 0, a + DELTA, a * (1 - DELTA)) for a, g, h in zip(v, grads, before)]
    return [p - RATE * a for p, a in zip(params, v)], {"v": v, "g": grads}


def update(params, grads, state):
    return step(params, grads, state, right=False)


def repaired_update(params, grads, state):
    return step(params, grads, state, right=True)
