"""Where a letter stands twice in a context, its row of an embedding gets the gradient of the last place alone."""

import numpy as np

SOURCE = "https://github.com/karpathy/nn-zero-to-hero/issues/57"
THREAD = "karpathy/nn-zero-to-hero #57"
DATE = "2024-06"
KIND = "gradient"
FORMULA = r"\partial C / \partial E_v = \textstyle\sum_i g_{i, j(i)},\; j(i) = \max \{ j : x_{ij} = v \}"
RIGHT = r"\partial C / \partial E_v = \textstyle\sum_i \sum_{j : x_{ij} = v} g_{ij}"
READ = "code"
GROUP = "blocks"
LAYER = [1]
NAMES = []
LETTERS, PLACES, WIDTH, HIDDEN = 4, 3, 2, 4
NET = None  # an embedding
BLOCKS = ["C[1]", "W[2]", "b[2]", "W[3]", "b[3]"]
SAMPLES = 8
LAM = 0.0


def start(rng):
    return {
        "C": rng.standard_normal((LETTERS, WIDTH)),
        "W1": rng.standard_normal((PLACES * WIDTH, HIDDEN)),
        "b1": rng.standard_normal(HIDDEN),
        "W2": rng.standard_normal((HIDDEN, LETTERS)),
        "b2": rng.standard_normal(LETTERS),
    }


def data(rng):
    """The letters of a context by number, and the letter that follows."""
    return rng.integers(0, LETTERS, (SAMPLES, PLACES)), np.eye(LETTERS)[rng.integers(0, LETTERS, SAMPLES)]


def forward(params, X):
    rows = params["C"][X].reshape(len(X), -1)
    hidden = np.tanh(rows @ params["W1"] + params["b1"])
    e = np.exp(hidden @ params["W2"] + params["b2"])
    return rows, hidden, e / e.sum(1, keepdims=True)


def cost(params, X, Y):
    return -np.sum(Y * np.log(forward(params, X)[-1])) / len(X)


def backward(params, X, Y, right):
    rows, hidden, a = forward(params, X)
    d2 = (a - Y) / len(X)
    d1 = d2 @ params["W2"].T * (1 - hidden**2)
    sent = (d1 @ params["W1"].T).reshape(len(X), PLACES, WIDTH)
    letters = np.zeros_like(params["C"])
    for context, g in zip(X, sent):
        if right:
            np.add.at(letters, context, g)
        else:
            letters[context] += g  # of equal letters the last one is kept
    return {"C": letters, "W1": rows.T @ d1, "b1": d1.sum(0), "W2": hidden.T @ d2, "b2": d2.sum(0)}


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
