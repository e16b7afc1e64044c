"""In the backward pass of an LSTM the forget gate has the sigmoid where the other gates have its slope."""

import numpy as np

SOURCE = "https://github.com/CaptainE/RNN-LSTM-in-numpy/pull/2"
THREAD = "CaptainE/RNN-LSTM-in-numpy PR #2"
DATE = "2024-06"
KIND = "gradient"
FORMULA = (
    r"\partial C / \partial z^f_t = \sigma(f_t) \odot c_{t-1} \odot \partial C / \partial c_t,\; f_t = "
    r"\sigma(z^f_t)"
)
RIGHT = (
    r"\partial C / \partial z^f_t = f_t \odot (1 - f_t) \odot c_{t-1} \odot \partial C / \partial c_t,\; f_t = "
    r"\sigma(z^f_t)"
)
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = []
STEPS, INPUTS, CELLS = 3, 2, 3
NET = None  # cells with gates
BLOCKS = ["Wf[1]", "Wi[1]", "Wg[1]", "Wo[1]", "bf[1]", "bi[1]", "bg[1]", "bo[1]", "Wv[2]", "bv[2]"]
SAMPLES = 4
LAM = 0.0


def start(rng):
    """Each gate sees the last state and the new input, in this order."""
    gates = {f"W{name}": rng.standard_normal((CELLS + INPUTS, CELLS)) for name in "figo"}
    biases = {f"b{name}": rng.standard_normal(CELLS) for name in "figo"}
    return gates | biases | {"Wv": rng.standard_normal((CELLS, 2)), "bv": rng.standard_normal(2)}


def data(rng):
    return rng.standard_normal((SAMPLES, STEPS, INPUTS)), rng.standard_normal((SAMPLES, STEPS, 2))


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def forward(params, X):
    """What each step is made of."""
    h, c, steps = np.zeros((len(X), CELLS)), np.zeros((len(X), CELLS)), []
    for t in range(STEPS):
        seen, before = np.hstack([h, X[:, t]]), c
        f, i, o = (sigmoid(seen @ params[f"W{name}"] + params[f"b{name}"]) for name in "fio")
        g = np.tanh(seen @ params["Wg"] + params["bg"])
        c = f * before + i * g
        h = o * np.tanh(c)
        steps.append((seen, before, f, i, g, o, c, h))
    return steps


def cost(params, X, Y):
    outs = np.stack([step[-1] @ params["Wv"] + params["bv"] for step in forward(params, X)], axis=1)
    return 0.5 * np.sum((outs - Y) ** 2) / len(X)


def backward(params, X, Y, right):
    grads, dh, dc = {name: np.zeros_like(p) for name, p in params.items()}, 0.0, 0.0
    for t, (seen, before, f, i, g, o, c, h) in reversed(list(enumerate(forward(params, X)))):
        e = (h @ params["Wv"] + params["bv"] - Y[:, t]) / len(X)
        grads["Wv"] += h.T @ e
        grads["bv"] += e.sum(0)
        dh, squashed = dh + e @ params["Wv"].T, np.tanh(c)
        dc = dc + dh * o * (1 - squashed**2)
        deltas = {
            "f": dc * before * (f * (1 - f) if right else sigmoid(f)),
            "i": dc * g * i * (1 - i),
            "g": dc * i * (1 - g**2),
            "o": dh * squashed * o * (1 - o),
        }
        for name, delta in deltas.items():
            grads[f"W{name}"] += seen.T @ delta
            grads[f"b{name}"] += delta.sum(0)
        dh = sum(delta @ params[f"W{name}"].T for name, delta in deltas.items())[:, :CELLS]
        dc = dc * f
    return grads


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
