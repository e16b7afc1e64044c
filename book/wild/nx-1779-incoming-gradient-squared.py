"""The rule of a clipped value selects what comes from above, and then multiplies it by what comes from above."""

import numpy as np

SOURCE = "https://github.com/elixir-nx/nx/pull/1779"
THREAD = "elixir-nx/nx PR #1779"
DATE = "2026-07"
KIND = "gradient"
FORMULA = (
    r"\partial C / \partial a^2 = g^2 \odot [0.05 \le a^2 \le 0.95],\; g = \partial C / \partial\, "
    r"\mathrm{clip}(a^2)"
)
RIGHT = (
    r"\partial C / \partial a^2 = g \odot [0.05 \le a^2 \le 0.95],\; g = \partial C / \partial\, "
    r"\mathrm{clip}(a^2)"
)
READ = "code"
GROUP = "down"
LAYER = [2]
NAMES = []
SIZES = (3, 5, 2)
LOW, HIGH = 0.05, 0.95
NET = None  # a clipped output
BLOCKS = ["W[1]", "b[1]", "W[2]", "b[2]"]
SAMPLES = 7
LAM = 0.0


def start(rng):
    return {
        "W1": rng.standard_normal((SIZES[0], SIZES[1])),
        "b1": rng.standard_normal(SIZES[1]),
        "W2": rng.standard_normal((SIZES[1], SIZES[2])),
        "b2": rng.standard_normal(SIZES[2]),
    }


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.integers(0, 2, (SAMPLES, SIZES[-1])).astype(float)


def forward(params, X):
    a = np.tanh(X @ params["W1"] + params["b1"])
    return a, 1 / (1 + np.exp(-(a @ params["W2"] + params["b2"])))


def clip(p):
    return np.where(p.real < LOW, LOW, np.where(p.real > HIGH, HIGH, p))


def cost(params, X, Y):
    """A guard around the outputs, before the logarithms."""
    q = clip(forward(params, X)[1])
    return -np.sum(Y * np.log(q) + (1 - Y) * np.log(1 - q)) / len(X)


def backward(params, X, Y, right):
    a, p = forward(params, X)
    q = clip(p)
    g = (q - Y) / (q * (1 - q)) / len(X)
    inside = (p >= LOW) & (p <= HIGH)
    g = np.where(inside, g if right else g * g, 0.0)
    d2 = g * p * (1 - p)
    d1 = d2 @ params["W2"].T * (1 - a * a)
    return {"W1": X.T @ d1, "b1": d1.sum(0), "W2": a.T @ d2, "b2": d2.sum(0)}


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
