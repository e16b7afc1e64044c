"""The slope of a ReLU lets through what comes from above where its input is negative, and nothing elsewhere."""

import numpy as np

SOURCE = "https://github.com/FluxML/Flux.jl/pull/38"
THREAD = "FluxML/Flux.jl PR #38"
DATE = "2017-05"
KIND = "gradient"
FORMULA = r"\delta^1 = (W^2)^\top \delta^2 \odot [z^1 < 0]"
RIGHT = r"\delta^1 = (W^2)^\top \delta^2 \odot [z^1 > 0]"
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = [{"relu-mask"}]
SIZES = (4, 5, 2)
NET = dict(sizes=SIZES, hidden="relu", output="identity", loss="half_squared")
SAMPLES = 7
LAM = 0.0


def start(rng):
    return [(rng.standard_normal((n, k)), rng.standard_normal((1, k))) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.standard_normal((SAMPLES, SIZES[-1]))


def forward(params, X):
    (W1, b1), (W2, b2) = params
    x = X @ W1 + b1
    h = x * (x.real > 0)
    return x, h, h @ W2 + b2


def cost(params, X, Y):
    return 0.5 * np.sum((forward(params, X)[-1] - Y) ** 2) / len(X)


def backward(params, X, Y, right):
    x, h, p = forward(params, X)
    d2 = (p - Y) / len(X)
    d1 = d2 @ params[1][0].T * ((x > 0) if right else (x < 0))
    return [(X.T @ d1, d1.sum(0, keepdims=True)), (h.T @ d2, d2.sum(0, keepdims=True))]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
