"""AdaGrad writes the squares of each gradient over those before, so that it divides a gradient by itself."""

import numpy as np

SOURCE = "https://github.com/MevlutArslan/neural-networks-from-scratch/commit/0dfedb0"
THREAD = "MevlutArslan/neural-networks-from-scratch 0dfedb0"
DATE = "2023-09"
KIND = "update"
FORMULA = r"s_t = g_t^2,\; \theta_{t+1} = \theta_t - \eta\, g_t / (\sqrt{s_t} + \varepsilon)"
RIGHT = r"s_t = s_{t-1} + g_t^2,\; \theta_{t+1} = \theta_t - \eta\, g_t / (\sqrt{s_t} + \varepsilon)"
READ = "code"
LAYER = []
NAMES = [{"square-not-kept"}]
NET = dict(sizes=(3, 4, 2), hidden="tanh", output="identity", loss="half_squared")
SAMPLES = 7
LAM = 0.0

RATE, EPS = 0.05, 1e-7
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
    return {"cache": [0.0] * 4}


def update(params, grads, state):
    cache, moved = [], []
    for values, gradient in zip(params, grads):
        gradient_squared = gradient * gradient
        cache.append(gradient_squared)
        moved.append(values - RATE * gradient / (np.sqrt(gradient_squared) + EPS))
    return moved, {"cache": cache}


def repaired_update(params, grads, state):
    cache, moved = [], []
    for values, gradient, kept in zip(params, grads, state["cache"]):
        cache.append(kept + gradient * gradient)
        moved.append(values - RATE * gradient / (np.sqrt(cache[-1]) + EPS))
    return moved, {"cache": cache}
