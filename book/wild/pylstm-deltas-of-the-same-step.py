"""The recurrent weights of an LSTM are given the deltas of the step whose state they come from, not the next."""

import numpy as np

SOURCE = "https://github.com/Qwlouse/pylstm/commit/75bed1b"
THREAD = "Qwlouse/pylstm 75bed1b"
DATE = "2013-07"
KIND = "gradient"
FORMULA = (
    r"\partial C / \partial U_g = \textstyle\sum_{t < T} \delta^g_t\, h_t^\top,\; z^g_t = W_g x_t + U_g "
    r"h_{t-1} + b_g"
)
RIGHT = (
    r"\partial C / \partial U_g = \textstyle\sum_{t < T} \delta^g_{t+1}\, h_t^\top,\; z^g_t = W_g x_t + U_g "
    r"h_{t-1} + b_g"
)
READ = "code"
GROUP = "down"
LAYER = [1]
NAMES = []
STEPS, INPUTS, CELLS = 3, 2, 3
GATES = "ZIFO"
NET = None  # cells with gates
BLOCKS = [f"{g}{of}[1]" for of in ("X", "H", "_bias") for g in GATES] + ["V[2]", "V_bias[2]"]
SAMPLES = 4
LAM = 0.0


def start(rng):
    """Cell input, input gate, forget gate and output gate, each with its own matrices."""
    gates = {f"{g}X": rng.standard_normal((INPUTS, CELLS)) for g in GATES}
    gates |= {f"{g}H": rng.standard_normal((CELLS, CELLS)) for g in GATES}
    gates |= {f"{g}_bias": rng.standard_normal(CELLS) for g in GATES}
    return gates | {"V": rng.standard_normal((CELLS, 2)), "V_bias": rng.standard_normal(2)}


def data(rng):
    return rng.standard_normal((SAMPLES, STEPS, INPUTS)), rng.standard_normal((SAMPLES, STEPS, 2))


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def forward(params, X):
    """What each step is made of."""
    h, s, steps = np.zeros((len(X), CELLS)), np.zeros((len(X), CELLS)), []
    for t in range(STEPS):
        z = {g: X[:, t] @ params[f"{g}X"] + h @ params[f"{g}H"] + params[f"{g}_bias"] for g in GATES}
        opened = {g: np.tanh(z[g]) if g == "Z" else sigmoid(z[g]) for g in GATES}
        before, s = s, opened["I"] * opened["Z"] + opened["F"] * s
        h = opened["O"] * np.tanh(s)
        steps.append((opened, before, s, h))
    return steps


def cost(params, X, Y):
    outs = np.stack([step[-1] @ params["V"] + params["V_bias"] for step in forward(params, X)], axis=1)
    return 0.5 * np.sum((outs - Y) ** 2) / len(X)


def backward(params, X, Y, right):
    grads = {name: np.zeros_like(p) for name, p in params.items()}
    dh, ds, later = 0.0, 0.0, None
    for t, (opened, before, s, h) in reversed(list(enumerate(forward(params, X)))):
        e = (h @ params["V"] + params["V_bias"] - Y[:, t]) / len(X)
        grads["V"] += h.T @ e
        grads["V_bias"] += e.sum(0)
        dh = dh + e @ params["V"].T
        ds = ds + dh * opened["O"] * (1 - np.tanh(s) ** 2)
        sent = {"Z": ds * opened["I"], "I": ds * opened["Z"], "F": ds * before, "O": dh * np.tanh(s)}
        deltas = {g: sent[g] * (1 - a**2 if g == "Z" else a * (1 - a)) for g, a in opened.items()}
        for g, delta in deltas.items():
            grads[f"{g}X"] += X[:, t].T @ delta
            grads[f"{g}_bias"] += delta.sum(0)
            if later is not None:
                grads[f"{g}H"] += h.T @ (later[g] if right else delta)
        dh, ds, later = sum(delta @ params[f"{g}H"].T for g, delta in deltas.items()), ds * opened["F"], deltas
    return grads


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
