"""The text of a tutorial has the delta of a softmax output the wrong way round, unlike its code."""

import numpy as np

SOURCE = "https://github.com/dennybritz/nn-from-scratch/issues/11"
THREAD = "dennybritz/nn-from-scratch #11"
DATE = "2017-02"
KIND = "gradient"
FORMULA = r"\delta^2 = y - a^2"
RIGHT = r"\delta^2 = a^2 - y"
READ = "discussion"
GROUP = "factor"
LAYER = [1, 2]
NAMES = [{"sign"}]
SIZES = (2, 5, 3)
NET = dict(sizes=SIZES, hidden="tanh", output="softmax", loss="cross_entropy")
SAMPLES = 8
LAM = 0.0


def start(rng):
    return {
        "W1": rng.standard_normal((2, 5)),
        "b1": rng.standard_normal((1, 5)),
        "W2": rng.standard_normal((5, 3)),
        "b2": rng.standard_normal((1, 3)),
    }


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), np.eye(SIZES[-1])[rng.integers(0, SIZES[-1], SAMPLES)]


def forward(model, X):
    a1 = np.tanh(X @ model["W1"] + model["b1"])
    e = np.exp(a1 @ model["W2"] + model["b2"])
    return a1, e / e.sum(axis=1, keepdims=True)


def cost(params, X, Y):
    return -np.sum(Y * np.log(forward(params, X)[-1])) / len(X)


def backward(params, X, Y, right):
    a1, probs = forward(params, X)
    delta3 = (probs - Y if right else Y - probs) / len(X)
    delta2 = delta3 @ params["W2"].T * (1 - a1**2)
    return {
        "W1": X.T @ delta2,
        "b1": delta2.sum(0, keepdims=True),
        "W2": a1.T @ delta3,
        "b2": delta3.sum(0, keepdims=True),
    }


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
