"""A squared error is averaged over samples and time steps, and its derivative is divided by the samples alone."""

import numpy as np

SOURCE = "https://github.com/horecdev/LSTM-from-scratch/commit/366e0f1"
THREAD = "horecdev/LSTM-from-scratch 366e0f1"
DATE = "2026-01"
KIND = "gradient"
FORMULA = (
    r"\partial C / \partial a_{i,t} = \tfrac2m\, (a_{i,t} - y_{i,t}),\; C = \tfrac{1}{mT} \textstyle\sum_i "
    r"\sum_t (a_{i,t} - y_{i,t})^2"
)
RIGHT = (
    r"\partial C / \partial a_{i,t} = \tfrac{2}{mT}\, (a_{i,t} - y_{i,t}),\; C = \tfrac{1}{mT} "
    r"\textstyle\sum_i \sum_t (a_{i,t} - y_{i,t})^2"
)
READ = "code"
GROUP = "factor"
LAYER = [2]
NAMES = [{"factor"}, {"outputs-not-averaged"}]
STEPS, INPUTS, STATES = 4, 2, 3
NET = None  # a recurrence
BLOCKS = ["W[1]", "U[1]", "b[1]", "V[2]", "c[2]"]
SAMPLES = 5
LAM = 0.0


def start(rng):
    return {
        "W": rng.standard_normal((INPUTS, STATES)),
        "U": 0.5 * rng.standard_normal((STATES, STATES)),
        "b": rng.standard_normal(STATES),
        "V": rng.standard_normal((STATES, 1)),
        "c": rng.standard_normal(1),
    }


def data(rng):
    return rng.standard_normal((SAMPLES, STEPS, INPUTS)), rng.standard_normal((SAMPLES, STEPS))


def forward(params, X):
    """The states, with the one before the first step, and what is predicted at each step."""
    states = [np.zeros((len(X), STATES))]
    for t in range(STEPS):
        states.append(np.tanh(X[:, t] @ params["W"] + states[-1] @ params["U"] + params["b"]))
    return states, np.hstack([h @ params["V"] + params["c"] for h in states[1:]])


def cost(params, X, Y):
    return np.mean((Y - forward(params, X)[1]) ** 2)


def backward(params, X, Y, right):
    states, outs = forward(params, X)
    e = 2 * (outs - Y) / (Y.size if right else len(Y))
    grads, later = {name: np.zeros_like(p) for name, p in params.items()}, 0.0
    for t in reversed(range(STEPS)):
        at = e[:, t : t + 1]
        delta = (at @ params["V"].T + later) * (1 - states[t + 1] ** 2)
        grads["V"] += states[t + 1].T @ at
        grads["c"] += at.sum(0)
        grads["W"] += X[:, t].T @ delta
        grads["U"] += states[t].T @ delta
        grads["b"] += delta.sum(0)
        later = delta @ params["U"].T
    return grads


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
