"""What a cost sends into the last state of a cell is lost in the backward pass of an LSTM."""

import numpy as np

SOURCE = "https://github.com/deeplearning4j/deeplearning4j/issues/8838"
THREAD = "deeplearning4j/deeplearning4j #8838"
DATE = "2020-04"
KIND = "gradient"
FORMULA = r"\partial C / \partial c_T = o_T \odot (1 - \tanh^2 c_T) \odot \partial C / \partial h_T"
RIGHT = (
    r"\partial C / \partial c_T = g + o_T \odot (1 - \tanh^2 c_T) \odot \partial C / \partial h_T,\; g\ "
    r"\text{from what sees}\ c_T\ \text{itself}"
)
READ = "code"
GROUP = "down"
LAYER = [1]
NAMES = []
STEPS, INPUTS, CELLS = 3, 2, 3
NET = None  # cells with gates
BLOCKS = ["Wx[1]", "Wr[1]", "b[1]", "of_h[2]", "of_c[2]"]
SAMPLES = 5
LAM = 0.0


def start(rng):
    """Input gate, cell input, forget gate and output gate side by side; both last states are read out."""
    return {
        "Wx": rng.standard_normal((INPUTS, 4 * CELLS)),
        "Wr": rng.standard_normal((CELLS, 4 * CELLS)),
        "b": rng.standard_normal(4 * CELLS),
        "of_h": rng.standard_normal((CELLS, 2)),
        "of_c": rng.standard_normal((CELLS, 2)),
    }


def data(rng):
    return rng.standard_normal((SAMPLES, STEPS, INPUTS)), rng.standard_normal((SAMPLES, 2))


def forward(params, X):
    """What each step is made of."""
    h = c = np.zeros((len(X), CELLS))
    steps = []
    for t in range(STEPS):
        z = np.split(X[:, t] @ params["Wx"] + h @ params["Wr"] + params["b"], 4, axis=1)
        i, f, o = (1 / (1 + np.exp(-z[k])) for k in (0, 2, 3))
        old, before, g = h, c, np.tanh(z[1])
        c = f * c + i * g
        h = o * np.tanh(c)
        steps.append((old, before, i, g, f, o, c))
    return steps, h, c, h @ params["of_h"] + c @ params["of_c"]


def cost(params, X, Y):
    return np.mean((forward(params, X)[-1] - Y) ** 2)


def backward(params, X, Y, right):
    steps, h, c, out = forward(params, X)
    e = 2 * (out - Y) / Y.size
    grads = {name: np.zeros_like(params[name]) for name in ("Wx", "Wr", "b")}
    dh, dc = e @ params["of_h"].T, e @ params["of_c"].T if right else 0.0
    for t, (old, before, i, g, f, o, state) in reversed(list(enumerate(steps))):
        dc = dc + o * (1 - np.tanh(state) ** 2) * dh
        sent = [dc * g * i * (1 - i), dc * i * (1 - g**2), dc * before * f * (1 - f), dh * np.tanh(state) * o * (1 - o)]
        delta = np.hstack(sent)
        for name, part in (("Wx", X[:, t].T @ delta), ("Wr", old.T @ delta), ("b", delta.sum(0))):
            grads[name] += part
        dh, dc = delta @ params["Wr"].T, dc * f
    return grads | {"of_h": h.T @ e, "of_c": c.T @ e}


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
