"""In a write-up of the LSTM the gradient of a cell replaces the one that comes from the next step."""

import numpy as np

SOURCE = "https://github.com/arunmallya/arunmallya.github.io/commit/451649b"
THREAD = "arunmallya/arunmallya.github.io 451649b"
DATE = "2016-02"
KIND = "gradient"
FORMULA = r"\partial C / \partial c_t = g_t \odot o_t \odot (1 - \tanh^2 c_t)"
RIGHT = (
    r"\partial C / \partial c_t = g_t \odot o_t \odot (1 - \tanh^2 c_t) + f_{t+1} \odot "
    r"\partial C / \partial c_{t+1}"
)
READ = "code"
GROUP = "down"
LAYER = [1]
NAMES = [{"gradient-overwritten"}]
STEPS, INPUTS, CELLS = 3, 2, 3
NET = None  # cells with gates
BLOCKS = ["gates[1]", "b[1]", "W[2]"]
SAMPLES = 5
LAM = 0.0


def start(rng):
    """The gates i, f and o and the input g see the numbers of their step alone."""
    return {
        "gates": rng.standard_normal((INPUTS, 4 * CELLS)),
        "b": rng.standard_normal(4 * CELLS),
        "W": rng.standard_normal((CELLS, 2)),
    }


def data(rng):
    return rng.standard_normal((SAMPLES, STEPS, INPUTS)), rng.standard_normal((SAMPLES, STEPS, 2))


def forward(params, X):
    """The four of each step, and the cells before and after it."""
    cells, steps = np.zeros((len(X), CELLS)), []
    for t in range(STEPS):
        z = np.split(X[:, t] @ params["gates"] + params["b"], 4, axis=1)
        i, f, o = (1 / (1 + np.exp(-part)) for part in z[:3])
        g, before = np.tanh(z[3]), cells
        cells = f * before + i * g
        steps.append((i, f, o, g, before, cells))
    return steps


def cost(params, X, Y):
    steps = forward(params, X)
    outs = np.stack([o * np.tanh(c) @ params["W"] for _, _, o, _, _, c in steps], axis=1)
    return 0.5 * np.sum((outs - Y) ** 2) / len(X)


def backward(params, X, Y, right):
    grads, later = {name: np.zeros_like(p) for name, p in params.items()}, 0.0
    for t, (i, f, o, g, before, cells) in reversed(list(enumerate(forward(params, X)))):
        squashed = np.tanh(cells)
        e = (o * squashed @ params["W"] - Y[:, t]) / len(X)
        grads["W"] += (o * squashed).T @ e
        dh = e @ params["W"].T
        dc = dh * o * (1 - squashed**2) + (later if right else 0)
        dz = [dc * g * i * (1 - i), dc * before * f * (1 - f), dh * squashed * o * (1 - o), dc * i * (1 - g**2)]
        delta = np.hstack(dz)
        grads["gates"] += X[:, t].T @ delta
        grads["b"] += delta.sum(0)
        later = dc * f
    return grads


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
