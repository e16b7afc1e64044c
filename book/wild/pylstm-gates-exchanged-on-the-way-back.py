"""Where gates see the gates of the last step, the matrices of two directions change places on the way back."""

import numpy as np

SOURCE = "https://github.com/Qwlouse/pylstm/commit/08e8937"
THREAD = "Qwlouse/pylstm 08e8937"
DATE = "2013-06"
KIND = "gradient"
FORMULA = (
    r"\partial C / \partial a^g_t \ni \textstyle\sum_{k} W_{g k}^\top\, \delta^k_{t+1},\; z^k_{t+1} = \dots + "
    r"\sum_{g} W_{k g}\, a^g_t"
)
RIGHT = (
    r"\partial C / \partial a^g_t \ni \textstyle\sum_{k} W_{k g}^\top\, \delta^k_{t+1},\; z^k_{t+1} = \dots + "
    r"\sum_{g} W_{k g}\, a^g_t"
)
READ = "code"
GROUP = "down"
LAYER = [1]
NAMES = []
STEPS, INPUTS, CELLS = 3, 2, 3
GATES = "IFO"
NET = None  # cells whose gates see each other
BLOCKS = [f"{g}{of}[1]" for of in "XH" for g in "Z" + GATES] + [f"{g}{k}[1]" for g in GATES for k in GATES] + ["V[2]"]
SAMPLES = 4
LAM = 0.0


def start(rng):
    """IO leads from the output gate into the input gate; the cell input sees no gate."""
    cells = {f"{g}X": rng.standard_normal((INPUTS, CELLS)) for g in "Z" + GATES}
    cells |= {f"{g}H": rng.standard_normal((CELLS, CELLS)) for g in "Z" + GATES}
    cells |= {to + seen: rng.standard_normal((CELLS, CELLS)) for to in GATES for seen in GATES}
    return cells | {"V": rng.standard_normal((CELLS, 2))}


def data(rng):
    return rng.standard_normal((SAMPLES, STEPS, INPUTS)), rng.standard_normal((SAMPLES, STEPS, 2))


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def forward(params, X):
    """What each step is made of; there are no biases."""
    h = s = np.zeros((len(X), CELLS))
    opened, steps = dict.fromkeys("Z" + GATES, h), []
    for t in range(STEPS):
        z = {g: X[:, t] @ params[f"{g}X"] + h @ params[f"{g}H"] for g in "Z" + GATES}
        old, old_h, before = opened, h, s
        opened = {g: sigmoid(z[g] + sum(old[seen] @ params[g + seen] for seen in GATES)) for g in GATES}
        opened["Z"] = np.tanh(z["Z"])
        s = opened["I"] * opened["Z"] + opened["F"] * before
        h = opened["O"] * np.tanh(s)
        steps.append((old, old_h, opened, before, s, h))
    return steps


def cost(params, X, Y):
    outs = np.stack([step[-1] @ params["V"] for step in forward(params, X)], axis=1)
    return 0.5 * np.sum((outs - Y) ** 2) / len(X)


def backward(params, X, Y, right):
    grads = {name: np.zeros_like(p) for name, p in params.items()}
    dh = ds = 0.0
    by_gate = dict.fromkeys(GATES, 0.0)
    for t, (old, old_h, opened, before, s, h) in reversed(list(enumerate(forward(params, X)))):
        e = (h @ params["V"] - Y[:, t]) / len(X)
        grads["V"] += h.T @ e
        dh = dh + e @ params["V"].T
        ds = ds + dh * opened["O"] * (1 - np.tanh(s) ** 2)
        sent = {"I": ds * opened["Z"], "F": ds * before, "O": dh * np.tanh(s)}
        deltas = {g: (sent[g] + by_gate[g]) * opened[g] * (1 - opened[g]) for g in GATES}
        deltas["Z"] = ds * opened["I"] * (1 - opened["Z"] ** 2)
        for g, delta in deltas.items():
            grads[f"{g}X"] += X[:, t].T @ delta
            grads[f"{g}H"] += old_h.T @ delta
        for to in GATES:
            for seen in GATES:
                grads[to + seen] += old[seen].T @ deltas[to]
        by_gate = {
            seen: sum(deltas[to] @ params[to + seen if right else seen + to].T for to in GATES) for seen in GATES
        }
        dh, ds = sum(delta @ params[f"{g}H"].T for g, delta in deltas.items()), ds * opened["F"]
    return grads


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
