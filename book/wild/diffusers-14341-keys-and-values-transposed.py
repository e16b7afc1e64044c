"""In the backward pass of an attention the keys and values have their heads and places exchanged once more."""

import numpy as np

SOURCE = "https://github.com/huggingface/diffusers/pull/14341"
THREAD = "huggingface/diffusers PR #14341"
DATE = "2026-07"
KIND = "gradient"
FORMULA = (
    r"\partial C / \partial q_{hs} = \tfrac{1}{\sqrt d} \textstyle\sum_t p'_{hst}\, (v_{th} \cdot o_{hs} - "
    r"D_{hs})\, k_{th},\; p'_{hst} = e^{q_{hs} \cdot k_{th} / \sqrt d - L_{hs}}"
)
RIGHT = (
    r"\partial C / \partial q_{hs} = \tfrac{1}{\sqrt d} \textstyle\sum_t p_{hst}\, (v_{ht} \cdot o_{hs} - "
    r"D_{hs})\, k_{ht},\; p_{hst} = e^{q_{hs} \cdot k_{ht} / \sqrt d - L_{hs}}"
)
READ = "code"
GROUP = "down"
LAYER = [1]
NAMES = []
INPUTS, HEADS, DEPTH = 3, 2, 2
NET = None  # an attention with heads
BLOCKS = ["query[1]", "key[1]", "value[1]", "out[2]"]
SAMPLES = 5
LAM = 0.0


def start(rng):
    """Queries, keys and values of all heads side by side, and a layer above the heads."""
    params = {name: rng.standard_normal((INPUTS, HEADS * DEPTH)) for name in ("query", "key", "value")}
    return params | {"out": rng.standard_normal((HEADS * DEPTH, 2))}


def data(rng):
    """As many places as heads, so that no shape tells them apart."""
    return rng.standard_normal((SAMPLES, HEADS, INPUTS)), rng.standard_normal((SAMPLES, HEADS, 2))


def by_head(a):
    return a.reshape(*a.shape[:2], HEADS, DEPTH).swapaxes(1, 2)


def by_place(a):
    return a.swapaxes(1, 2).reshape(len(a), -1, HEADS * DEPTH)


def forward(params, X):
    q, k, v = (by_head(X @ params[name]) for name in ("query", "key", "value"))
    scores = q @ k.swapaxes(2, 3) / np.sqrt(DEPTH)
    log_sum = np.log(np.sum(np.exp(scores), axis=3, keepdims=True))
    seen = np.exp(scores - log_sum) @ v
    return q, k, v, log_sum, seen, by_place(seen) @ params["out"]


def cost(params, X, Y):
    return 0.5 * np.sum((forward(params, X)[-1] - Y) ** 2) / len(X)


def backward(params, X, Y, right):
    q, k, v, log_sum, seen, out = forward(params, X)
    e = (out - Y) / len(X)
    g = by_head(e @ params["out"].T)
    if not right:
        k, v = k.swapaxes(1, 2), v.swapaxes(1, 2)
    shares = np.exp(q @ k.swapaxes(2, 3) / np.sqrt(DEPTH) - log_sum)
    scores = shares * (g @ v.swapaxes(2, 3) - np.sum(g * seen, axis=3, keepdims=True)) / np.sqrt(DEPTH)
    sent = {"query": scores @ k, "key": scores.swapaxes(2, 3) @ q, "value": shares.swapaxes(2, 3) @ g}
    inputs = X.reshape(-1, INPUTS)
    grads = {name: inputs.T @ by_place(d).reshape(len(inputs), -1) for name, d in sent.items()}
    return grads | {"out": by_place(seen).reshape(len(inputs), -1).T @ e.reshape(len(inputs), -1)}


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
