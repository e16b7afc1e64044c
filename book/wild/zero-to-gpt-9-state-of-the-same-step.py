"""A recurrent weight's gradient takes, in one step of three, the state of that step instead of the one before."""

import numpy as np

SOURCE = "https://github.com/VikParuchuri/zero_to_gpt/issues/9"
THREAD = "VikParuchuri/zero_to_gpt #9"
DATE = "2023-12"
KIND = "gradient"
FORMULA = r"\partial C / \partial V = h_1 \delta_2^\top + h_1 \delta_1^\top,\; z_t = U^\top x_t + V^\top h_{t-1} + b"
RIGHT = r"\partial C / \partial V = h_1 \delta_2^\top + h_0 \delta_1^\top,\; z_t = U^\top x_t + V^\top h_{t-1} + b"
READ = "code"
GROUP = "down"
LAYER = [1]
NAMES = []
STEPS, HIDDEN = 3, 4
NET = None  # a recurrent network, unrolled over three steps
BLOCKS = ["U[1]", "V[1]", "b[1]", "W[2]", "b[2]"]
SAMPLES = 5
LAM = 0.0


def start(rng):
    return {
        "U": 0.7 * rng.standard_normal((1, HIDDEN)),
        "V": 0.7 * rng.standard_normal((HIDDEN, HIDDEN)),
        "b": rng.standard_normal(HIDDEN),
        "W": rng.standard_normal((HIDDEN, 1)),
        "c": rng.standard_normal(1),
    }


def data(rng):
    """A sequence of numbers for each sample, and a number to predict in each step."""
    return rng.standard_normal((SAMPLES, STEPS)), rng.standard_normal((SAMPLES, STEPS))


def states(params, X):
    found, before = [], np.zeros((len(X), HIDDEN))
    for t in range(STEPS):
        before = np.tanh(X[:, t : t + 1] @ params["U"] + before @ params["V"] + params["b"])
        found.append(before)
    return found


def cost(params, X, Y):
    out = np.hstack([h @ params["W"] + params["c"] for h in states(params, X)])
    return 0.5 * np.sum((out - Y) ** 2) / len(X)


def backward(params, X, Y, right):
    h = states(params, X)
    grads = {name: np.zeros_like(p) for name, p in params.items()}
    later = np.zeros_like(h[0])
    for t in reversed(range(STEPS)):
        e = (h[t] @ params["W"] + params["c"] - Y[:, t : t + 1]) / len(X)
        grads["W"] += h[t].T @ e
        grads["c"] += e.sum(0)
        delta = (e @ params["W"].T + later @ params["V"].T) * (1 - h[t] ** 2)
        if t:
            grads["V"] += h[t - 1 if right else 1].T @ delta
        grads["U"] += X[:, t : t + 1].T @ delta
        grads["b"] += delta.sum(0)
        later = delta
    return grads


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
