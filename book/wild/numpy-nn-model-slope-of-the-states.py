"""The slope of a recurrent layer is taken at its states, which have been through the tanh already."""

import numpy as np

SOURCE = "https://github.com/AkiRusProd/numpy-nn-model/commit/22a6f37"
THREAD = "AkiRusProd/numpy-nn-model 22a6f37"
DATE = "2022-07"
KIND = "gradient"
FORMULA = r"\delta_t = (V \delta_{t+1} + g_t) \odot \tanh'(h_t),\; h_t = \tanh z_t"
RIGHT = r"\delta_t = (V \delta_{t+1} + g_t) \odot \tanh'(z_t),\; h_t = \tanh z_t"
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = [{"slope-of-a"}, {"slope-formula-of-z"}]
STEPS, INPUTS, HIDDEN = 3, 2, 4
NET = None  # a recurrent network
BLOCKS = ["w[1]", "wh[1]", "b[1]", "W[2]", "b[2]"]
SAMPLES = 5
LAM = 0.0


def start(rng):
    return {
        "w": rng.standard_normal((INPUTS, HIDDEN)),
        "wh": 0.6 * rng.standard_normal((HIDDEN, HIDDEN)),
        "b": rng.standard_normal(HIDDEN),
        "W": rng.standard_normal((HIDDEN, 2)),
        "c": rng.standard_normal(2),
    }


def data(rng):
    return rng.standard_normal((SAMPLES, STEPS, INPUTS)), rng.standard_normal((SAMPLES, 2))


def forward(params, X):
    """What goes into the tanh in each step, and what comes out of it, from a first state of zeros."""
    z, h = [], [np.zeros((len(X), HIDDEN))]
    for t in range(STEPS):
        z.append(X[:, t] @ params["w"] + h[-1] @ params["wh"] + params["b"])
        h.append(np.tanh(z[-1]))
    return z, h


def cost(params, X, Y):
    """The last state alone is looked at."""
    return 0.5 * np.sum((forward(params, X)[1][-1] @ params["W"] + params["c"] - Y) ** 2) / len(X)


def backward(params, X, Y, right):
    z, h = forward(params, X)
    e = (h[-1] @ params["W"] + params["c"] - Y) / len(X)
    grads = {name: np.zeros_like(p) for name, p in params.items()} | {"W": h[-1].T @ e, "c": e.sum(0)}
    above = e @ params["W"].T
    for t in reversed(range(STEPS)):
        delta = above * (1 - np.tanh(z[t] if right else h[t + 1]) ** 2)
        grads["w"] += X[:, t].T @ delta
        grads["wh"] += h[t].T @ delta
        grads["b"] += delta.sum(0)
        above = delta @ params["wh"].T
    return grads


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
