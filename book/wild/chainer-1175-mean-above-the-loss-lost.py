"""The backward pass of a Huber loss does not look at the gradient that comes from above, where the mean is taken."""

import numpy as np

SOURCE = "https://github.com/chainer/chainer/issues/1175"
THREAD = "chainer/chainer #1175, PR #1178"
DATE = "2016-05"
KIND = "gradient"
FORMULA = r"\partial C / \partial a = \max(-1, \min(1, a - y))"
RIGHT = r"\partial C / \partial a = \tfrac1m \max(-1, \min(1, a - y))"
READ = "discussion"
GROUP = "factor"
LAYER = [1, 2]
NAMES = [{"mean-missing"}]
SIZES = (3, 5, 2)
NET = None  # a Huber loss
BLOCKS = ["W[1]", "b[1]", "W[2]", "b[2]"]
SAMPLES = 7
LAM = 0.0


def start(rng):
    return {
        "l1/W": rng.standard_normal((5, 3)),
        "l1/b": rng.standard_normal(5),
        "l2/W": rng.standard_normal((2, 5)),
        "l2/b": rng.standard_normal(2),
    }


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), 2 * rng.standard_normal((SAMPLES, SIZES[-1]))


def forward(params, X):
    h = np.tanh(X @ params["l1/W"].T + params["l1/b"])
    return h, h @ params["l2/W"].T + params["l2/b"]


def huber(params, X, Y):
    """A number for each sample."""
    e = forward(params, X)[-1] - Y
    modulus = e * np.sign(e.real)
    return np.sum(np.where(modulus.real < 1, 0.5 * e**2, modulus - 0.5), axis=1)


def cost(params, X, Y):
    return np.mean(huber(params, X, Y))


def backward(params, X, Y, right):
    h, p = forward(params, X)
    from_above = np.full((len(X), 1), 1 / len(X)) if right else 1
    d2 = from_above * np.clip(p - Y, -1, 1)
    d1 = d2 @ params["l2/W"] * (1 - h**2)
    return {"l1/W": d1.T @ X, "l1/b": d1.sum(0), "l2/W": d2.T @ h, "l2/b": d2.sum(0)}


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
