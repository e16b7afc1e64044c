"""The exponentials of a softmax are divided by their sum over the whole batch."""

import numpy as np

SOURCE = "https://github.com/borgwang/tinynn/commit/96fc7f3"
THREAD = "borgwang/tinynn 96fc7f3"
DATE = "2019-10"
KIND = "cost"
FORMULA = r"a_{i,k} = e^{z_{i,k}} / \textstyle\sum_{i',k'} e^{z_{i',k'}}"
RIGHT = r"a_{i,k} = e^{z_{i,k}} / \textstyle\sum_{k'} e^{z_{i,k'}}"
READ = "code"
LAYER = [1, 2]
NAMES = [{"softmax-whole-matrix"}, {"another-network"}, {"another-cost"}]
SIZES = (3, 5, 3)
NET = dict(sizes=SIZES, hidden="relu", output="softmax", loss="cross_entropy")
SAMPLES = 6
LAM = 0.0


def start(rng):
    return [
        {"w": rng.standard_normal((3, 5)), "b": rng.standard_normal(5)},
        {"w": rng.standard_normal((5, 3)), "b": rng.standard_normal(3)},
    ]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), np.eye(SIZES[-1])[rng.integers(0, SIZES[-1], SAMPLES)]


def forward(params, X):
    z = X @ params[0]["w"] + params[0]["b"]
    hidden = z * (z.real > 0)
    return hidden, hidden @ params[1]["w"] + params[1]["b"]


def negative_log_likelihood(logits, labels, axis):
    powers = np.exp(logits)
    p = powers / np.sum(powers, axis=axis, keepdims=True)
    return -np.sum(np.log(np.sum(p * labels, axis=1))) / len(logits)


def cost(params, X, Y):
    return negative_log_likelihood(forward(params, X)[1], Y, axis=None)


def meant(params, X, Y):
    return negative_log_likelihood(forward(params, X)[1], Y, axis=1)


def backward(params, X, d2):
    hidden = forward(params, X)[0]
    d1 = d2 @ params[1]["w"].T * (hidden > 0)
    return [{"w": X.T @ d1, "b": d1.sum(0)}, {"w": hidden.T @ d2, "b": d2.sum(0)}]


def grad(params, X, Y):
    powers = np.exp(forward(params, X)[1])
    return backward(params, X, (powers / powers.sum(1, keepdims=True) - Y) / len(X))


def repaired(params, X, Y):
    """The gradient of the cost as it is."""
    powers = np.exp(forward(params, X)[1])
    return backward(params, X, powers / powers.sum() - Y / len(X))
