"""A reader asks why the gradient of a cell is added to what comes from the next step."""

import numpy as np

SOURCE = "https://github.com/cthorey/CS231/issues/1"
THREAD = "cthorey/CS231 #1"
DATE = "2016-05"
KIND = "right"
FORMULA = (
    r"\partial C / \partial c_t = f_{t+1} \odot \partial C / \partial c_{t+1} + o_t \odot (1 - \tanh^2 c_t) "
    r"\odot \partial C / \partial h_t"
)
RIGHT = (
    r"\partial C / \partial c_t,\; o_t \odot (1 - \tanh^2 c_t) \odot \partial C / \partial h_t\ \text{alone "
    r"is none}"
)
READ = "code"
LAYER = []
NAMES = []
STEPS, INPUTS, CELLS = 3, 2, 3
NET = None  # cells with gates
BLOCKS = ["Wx[1]", "Wh[1]", "b[1]", "W_out[2]", "b_out[2]"]
SAMPLES = 4
LAM = 0.0


def start(rng):
    """The input, forget and output gates and the cell input lie side by side, in this order."""
    return {
        "Wx": rng.standard_normal((INPUTS, 4 * CELLS)),
        "Wh": rng.standard_normal((CELLS, 4 * CELLS)),
        "b": rng.standard_normal(4 * CELLS),
        "W_out": rng.standard_normal((CELLS, 2)),
        "b_out": rng.standard_normal(2),
    }


def data(rng):
    return rng.standard_normal((SAMPLES, STEPS, INPUTS)), rng.standard_normal((SAMPLES, STEPS, 2))


def forward(params, X):
    """What each step is made of."""
    h = c = np.zeros((len(X), CELLS))
    steps = []
    for t in range(STEPS):
        z = np.split(X[:, t] @ params["Wx"] + h @ params["Wh"] + params["b"], 4, axis=1)
        i, f, o = (1 / (1 + np.exp(-part)) for part in z[:3])
        before, old, g = c, h, np.tanh(z[3])
        c = f * c + i * g
        h = o * np.tanh(c)
        steps.append((old, before, i, f, o, g, c, h))
    return steps


def cost(params, X, Y):
    outs = np.stack([step[-1] @ params["W_out"] + params["b_out"] for step in forward(params, X)], axis=1)
    return 0.5 * np.sum((outs - Y) ** 2) / len(X)


def grad(params, X, Y):
    grads = {name: np.zeros_like(p) for name, p in params.items()}
    dh = dc = 0.0
    for t, (old, before, i, f, o, g, c, h) in reversed(list(enumerate(forward(params, X)))):
        e = (h @ params["W_out"] + params["b_out"] - Y[:, t]) / len(X)
        dh = dh + e @ params["W_out"].T
        dc = dc + o * (1 - np.tanh(c) ** 2) * dh
        sent = [dc * g * i * (1 - i), dc * before * f * (1 - f), dh * np.tanh(c) * o * (1 - o), dc * i * (1 - g**2)]
        delta = np.hstack(sent)
        parts = {"Wx": X[:, t].T @ delta, "Wh": old.T @ delta, "b": delta.sum(0), "W_out": h.T @ e, "b_out": e.sum(0)}
        for name, part in parts.items():
            grads[name] += part
        dh, dc = delta @ params["Wh"].T, dc * f
    return grads


repaired = grad
