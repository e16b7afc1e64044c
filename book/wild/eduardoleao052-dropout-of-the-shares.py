"""The dropout of the shares of an attention is passed over on the way back."""

import numpy as np

SOURCE = "https://github.com/eduardoleao052/Transformer-from-scratch/commit/c4746e7"
THREAD = "eduardoleao052/Transformer-from-scratch c4746e7"
DATE = "2023-12"
KIND = "gradient"
FORMULA = (
    r"\partial C / \partial p = g\, v^\top,\; o = (p \odot r)\, v,\; p = \mathrm{softmax}(q k^\top / \sqrt "
    r"d),\; g = \partial C / \partial o"
)
RIGHT = r"\partial C / \partial p = (g\, v^\top) \odot r,\; o = (p \odot r)\, v,\; g = \partial C / \partial o"
READ = "code"
GROUP = "down"
LAYER = [1]
NAMES = []
INPUTS, PLACES, DEPTH = 3, 4, 3
KEPT = np.array([[1, 1, 1, 1], [0, 1, 1, 1], [1, 0, 1, 1], [1, 1, 0, 1]]) / 0.75
NET = None  # an attention with dropout
BLOCKS = ["Wk[1]", "Wq[1]", "Wv[1]", "projection[2]", "projection_bias[2]"]
SAMPLES = 5
LAM = 0.0


def start(rng):
    params = {name: rng.standard_normal((INPUTS, DEPTH)) for name in ("Wk", "Wq", "Wv")}
    return params | {"projection": rng.standard_normal((DEPTH, 2)), "projection_bias": rng.standard_normal(2)}


def data(rng):
    return rng.standard_normal((SAMPLES, PLACES, INPUTS)), rng.standard_normal((SAMPLES, PLACES, 2))


def forward(params, X):
    """One head; a place sees itself and those before it."""
    k, q, v = (X @ params[name] for name in ("Wk", "Wq", "Wv"))
    e = np.exp(q @ k.swapaxes(1, 2) / np.sqrt(DEPTH)) * np.tri(PLACES)
    shares = e / e.sum(2, keepdims=True)
    kept = shares * KEPT
    seen = kept @ v
    return k, q, v, shares, kept, seen, seen @ params["projection"] + params["projection_bias"]


def cost(params, X, Y):
    return 0.5 * np.sum((forward(params, X)[-1] - Y) ** 2) / len(X)


def backward(params, X, Y, right):
    k, q, v, shares, kept, seen, out = forward(params, X)
    e = (out - Y) / len(X)
    g = e @ params["projection"].T
    by_shares = g @ v.swapaxes(1, 2) * (KEPT if right else 1)
    scores = shares * (by_shares - np.sum(by_shares * shares, axis=2, keepdims=True)) / np.sqrt(DEPTH)
    sent = {"Wk": scores.swapaxes(1, 2) @ q, "Wq": scores @ k, "Wv": kept.swapaxes(1, 2) @ g}
    grads = {name: np.einsum("mti,mtd->id", X, d) for name, d in sent.items()}
    return grads | {"projection": np.einsum("mtd,mtk->dk", seen, e), "projection_bias": e.sum((0, 1))}


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
