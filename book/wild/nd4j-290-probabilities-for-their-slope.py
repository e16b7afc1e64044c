"""The derivative of the softmax returns the probabilities themselves."""

import numpy as np

SOURCE = "https://github.com/deeplearning4j/nd4j/pull/290"
THREAD = "deeplearning4j/nd4j PR #290"
DATE = "2015-08"
KIND = "gradient"
FORMULA = r"\delta^2 = g \odot a^2,\; g = \tfrac2K (a^2 - y)"
RIGHT = r"\delta^2 = a^2 \odot (g - g \cdot a^2)"
READ = "discussion"
GROUP = "softmax"
LAYER = [2]
NAMES = [{"softmax-diagonal"}, {"activation-for-slope"}]
SIZES = (4, 5, 3)
NET = dict(sizes=SIZES, hidden="tanh", output="softmax", loss="mse")
SAMPLES = 7
LAM = 0.0


def softmax(z, axis=1):
    e = np.exp(z)
    return e / e.sum(axis, keepdims=True)


def start(rng):
    params = {}
    for l, (n, k) in enumerate(zip(SIZES, SIZES[1:]), start=1):
        params[f"W{l}"], params[f"b{l}"] = rng.standard_normal((n, k)), rng.standard_normal(k)
    return params


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), np.eye(SIZES[-1])[rng.integers(0, SIZES[-1], SAMPLES)]


def forward(params, X):
    a1 = np.tanh(X @ params["W1"] + params["b1"])
    return a1, softmax(a1 @ params["W2"] + params["b2"])


def cost(params, X, Y):
    return np.mean((forward(params, X)[-1] - Y) ** 2)


def backward(params, X, Y, right):
    a1, p = forward(params, X)
    g = 2 * (p - Y) / Y.size
    d2 = p * (g - np.sum(g * p, 1, keepdims=True) if right else g)
    d1 = d2 @ params["W2"].T * (1 - a1**2)
    return {"W1": X.T @ d1, "b1": d1.sum(0), "W2": a1.T @ d2, "b2": d2.sum(0)}


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
