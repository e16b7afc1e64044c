"""The slope of a sigmoid divides by one minus the output, where it should multiply by it."""

import numpy as np

SOURCE = "https://github.com/FluxML/Flux.jl/pull/38"
THREAD = "FluxML/Flux.jl PR #38"
DATE = "2017-05"
KIND = "gradient"
FORMULA = r"\delta^1 = (W^2)^\top \delta^2 \odot a^1 / (1 - a^1)"
RIGHT = r"\delta^1 = (W^2)^\top \delta^2 \odot a^1 \odot (1 - a^1)"
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = []
SIZES = (4, 5, 2)
NET = dict(sizes=SIZES, hidden="sigmoid", output="identity", loss="half_squared")
SAMPLES = 7
LAM = 0.0


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def start(rng):
    return [(rng.standard_normal((n, k)), rng.standard_normal((1, k))) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.standard_normal((SAMPLES, SIZES[-1]))


def forward(params, X):
    (W1, b1), (W2, b2) = params
    x = X @ W1 + b1
    return x, sigmoid(x), sigmoid(x) @ W2 + b2


def cost(params, X, Y):
    return 0.5 * np.sum((forward(params, X)[-1] - Y) ** 2) / len(X)


def backward(params, X, Y, right):
    x, h, p = forward(params, X)
    d2 = (p - Y) / len(X)
    d = d2 @ params[1][0].T * sigmoid(x)
    d1 = d * (1 - sigmoid(x)) if right else d / (1 - sigmoid(x))
    return [(X.T @ d1, d1.sum(0, keepdims=True)), (h.T @ d2, d2.sum(0, keepdims=True))]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
