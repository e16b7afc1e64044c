"""A layer of exponential linear units keeps its output, and its slope is a function of the input."""

import numpy as np

SOURCE = "https://github.com/ai-on-browser/ai-on-browser.github.io/issues/773"
THREAD = "ai-on-browser/ai-on-browser.github.io #773, PR #774"
DATE = "2024-02"
KIND = "gradient"
FORMULA = r"\delta^1 = (W^2)^\top \delta^2 \odot \bigl([a^1 > 0] + e^{a^1}\, [a^1 \le 0]\bigr)"
RIGHT = r"\delta^1 = (W^2)^\top \delta^2 \odot \bigl([z^1 > 0] + e^{z^1}\, [z^1 \le 0]\bigr)"
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = [{"slope-of-a"}]
SIZES = (3, 6, 2)
NET = None  # exponential linear units
BLOCKS = ["W[1]", "b[1]", "W[2]", "b[2]"]
SAMPLES = 7
LAM = 0.0


def start(rng):
    return [{"w": rng.standard_normal((n, k)), "b": rng.standard_normal((1, k))} for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.standard_normal((SAMPLES, SIZES[-1]))


def forward(params, X):
    first, second = params
    z = X @ first["w"] + first["b"]
    o = np.where(z.real > 0, z, np.exp(z) - 1)
    return z, o, o @ second["w"] + second["b"]


def cost(params, X, Y):
    return np.mean((forward(params, X)[-1] - Y) ** 2)


def backward(params, X, Y, right):
    z, o, p = forward(params, X)
    d2 = 2 * (p - Y) / Y.size
    kept = z if right else o
    d1 = d2 @ params[1]["w"].T * np.where(kept > 0, 1, np.exp(kept))
    return [{"w": X.T @ d1, "b": d1.sum(0, keepdims=True)}, {"w": o.T @ d2, "b": d2.sum(0, keepdims=True)}]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
