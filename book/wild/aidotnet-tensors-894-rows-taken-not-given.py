"""The rows of a table are looked up in the gradient by the list of rows, where the gradient belongs into those rows."""

import numpy as np

SOURCE = "https://github.com/ooples/AiDotNet.Tensors/pull/894"
THREAD = "ooples/AiDotNet.Tensors PR #894"
DATE = "2026-07"
KIND = "gradient"
FORMULA = r"\partial C / \partial E_v = g_{j(v)},\; e_i = E_{j(i)},\; g_i = \partial C / \partial e_i"
RIGHT = (
    r"\partial C / \partial E_v = \textstyle\sum_{i : j(i) = v} g_i,\; e_i = E_{j(i)},\; g_i = \partial C / "
    r"\partial e_i"
)
READ = "code"
GROUP = "blocks"
LAYER = [1]
NAMES = []
ROWS, WIDTH = 4, 3
NET = None  # a table of rows
BLOCKS = ["table[1]", "V[2]", "c[2]"]
SAMPLES = 7
LAM = 0.0


def start(rng):
    return [rng.standard_normal((ROWS, WIDTH)), rng.standard_normal((WIDTH, 2)), rng.standard_normal(2)]


def data(rng):
    """One row is looked up for each sample."""
    return rng.integers(0, ROWS, (SAMPLES, 1)), rng.standard_normal((SAMPLES, 2))


def forward(params, X):
    table, V, c = params
    hidden = np.tanh(table[X[:, 0]])
    return hidden, hidden @ V + c


def cost(params, X, Y):
    return 0.5 * np.sum((forward(params, X)[-1] - Y) ** 2) / len(X)


def backward(params, X, Y, right):
    hidden, out = forward(params, X)
    e = (out - Y) / len(X)
    g = e @ params[1].T * (1 - hidden**2)
    rows = np.zeros_like(params[0])
    if right:
        np.add.at(rows, X[:, 0], g)
    else:
        rows += g[X[np.arange(ROWS) % len(X), 0]]
    return [rows, hidden.T @ e, e.sum(0)]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
