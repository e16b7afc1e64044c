"""A window that overhangs the edge is averaged over the part inside, and its gradient shared out over the whole."""

import numpy as np

SOURCE = "https://github.com/tracel-ai/burn/issues/5604"
THREAD = "tracel-ai/burn #5604"
DATE = "2026-09"
KIND = "gradient"
FORMULA = (
    r"\partial C / \partial u_j = \tfrac1k\, g_w,\; p_w = \tfrac{1}{n_w} \textstyle\sum_{j \in w} u_j,\; n_w "
    r"\le k"
)
RIGHT = r"\partial C / \partial u_j = \tfrac{1}{n_w}\, g_w,\; p_w = \tfrac{1}{n_w} \textstyle\sum_{j \in w} u_j"
READ = "code"
GROUP = "factor"
LAYER = [1]
NAMES = []
LENGTH, FILTER, POOL = 5, 3, 2
WINDOWS = [slice(at, min(at + POOL, LENGTH)) for at in range(0, LENGTH, POOL)]
NET = None  # a convolution and a pooling
BLOCKS = ["weight[1]", "bias[1]", "linear[2]", "linear_bias[2]"]
SAMPLES = 6
LAM = 0.0


def start(rng):
    return {
        "weight": rng.standard_normal(FILTER),
        "bias": rng.standard_normal(1),
        "linear": rng.standard_normal((len(WINDOWS), 2)),
        "linear_bias": rng.standard_normal(2),
    }


def data(rng):
    return rng.standard_normal((SAMPLES, LENGTH + FILTER - 1)), rng.standard_normal((SAMPLES, 2))


def forward(params, X):
    places = [X[:, k : k + LENGTH] for k in range(FILTER)]
    a = np.tanh(sum(w * place for w, place in zip(params["weight"], places)) + params["bias"])
    pooled = np.stack([a[:, w].mean(1) for w in WINDOWS], axis=1)
    return places, a, pooled, pooled @ params["linear"] + params["linear_bias"]


def cost(params, X, Y):
    return 0.5 * np.sum((forward(params, X)[-1] - Y) ** 2) / len(X)


def backward(params, X, Y, right):
    places, a, pooled, out = forward(params, X)
    e = (out - Y) / len(X)
    g = e @ params["linear"].T
    sent = np.zeros_like(a)
    for w, of_window in zip(WINDOWS, g.T):
        sent[:, w] += of_window[:, None] / (w.stop - w.start if right else POOL)
    delta = sent * (1 - a**2)
    weight = np.array([np.sum(delta * place) for place in places])
    return {"weight": weight, "bias": np.array([delta.sum()]), "linear": pooled.T @ e, "linear_bias": e.sum(0)}


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
