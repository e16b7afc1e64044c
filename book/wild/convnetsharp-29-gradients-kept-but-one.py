"""After a step of AdaGrad one entry of each gradient is set to zero and the others are added to."""

import numpy as np

SOURCE = "https://github.com/cbovar/ConvNetSharp/issues/29"
THREAD = "cbovar/ConvNetSharp #29"
DATE = "2017-02"
KIND = "update"
FORMULA = (
    r"G_t = g_t + G_{t-1}\ \text{but for entry}\ i\ \text{of array}\ i,\; v_t = v_{t-1} + G_t^2,\; "
    r"\theta_{t+1} = \theta_t - \eta\, G_t / \sqrt{v_t + \varepsilon}"
)
RIGHT = r"v_t = v_{t-1} + g_t^2,\; \theta_{t+1} = \theta_t - \eta\, g_t / \sqrt{v_t + \varepsilon}"
READ = "code"
LAYER = []
NAMES = []
NET = dict(sizes=(3, 4, 2), hidden="tanh", output="identity", loss="half_squared")
SAMPLES = 7
LAM = 0.0


RATE, EPS = 0.1, 1e-8
SETTINGS = dict(like="adagrad", lr=RATE, eps=EPS)


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
    return {"gsum": None, "left": None}


def step(params, grads, state, right):
    """params and grads are lists of arrays; returns the new params and the new state.

    A backward pass adds to the gradients that are there: what a step has not set to zero is left.
    """
    zeros = [np.zeros_like(g) for g in grads]
    totals = [g + a for g, a in zip(grads, state["left"] or zeros)]
    gsum = [a + G * G for a, G in zip(state["gsum"] or zeros, totals)]
    new = [p - RATE / np.sqrt(a + EPS) * G for p, a, G in zip(params, gsum, totals)]
    left = []
    for i, G in enumerate(totals):
        kept = np.zeros(G.size) if right else G.ravel().copy()
        kept[i : i + 1] = 0  # meant was each entry j of array i
        left.append(kept.reshape(G.shape))
    return new, {"gsum": gsum, "left": left}


def update(params, grads, state):
    return step(params, grads, state, right=False)


def repaired_update(params, grads, state):
    return step(params, grads, state, right=True)
