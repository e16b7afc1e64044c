"""Python's sum runs over the rows, so the softmax is normalised over the samples; the delta stays p - y."""

import numpy as np

SOURCE = "https://stackoverflow.com/questions/76450489"
THREAD = "Stack Overflow 76450489, read in a copy"
DATE = ""
KIND = "gradient"
FORMULA = r"\delta^2_{ik} = a^2_{ik} - y_{ik} \text{ with } \textstyle\sum_i a^2_{ik} = 1"
RIGHT = r"\delta^2_{ik} = a^2_{ik} \textstyle\sum_j y_{jk} - y_{ik} \text{ for that forward pass}"
READ = "code"
GROUP = "softmax"
LAYER = [2]
NAMES = [{"another-network"}]
# what was meant; the forward pass is another
NET = dict(sizes=(4, 5, 3), hidden="relu", output="softmax", loss="cross_entropy")
BLOCKS = ["W[1]", "b[1]", "W[2]", "b[2]"]
SAMPLES = 7
LAM = 0.0


def start(rng):
    return {
        "w1": rng.standard_normal((4, 5)),
        "b1": rng.standard_normal((1, 5)),
        "w2": rng.standard_normal((5, 3)),
        "b2": rng.standard_normal((1, 3)),
    }


def data(rng):
    return rng.standard_normal((SAMPLES, 4)), np.eye(3)[rng.integers(0, 3, SAMPLES)]


def forward(params, X):
    z1 = X @ params["w1"] + params["b1"]
    a1 = z1 * (z1.real > 0)
    e = np.exp(a1 @ params["w2"] + params["b2"])
    return z1, a1, e / sum(e)  # the fault: samples are rows


def cost(params, X, Y):
    return -np.sum(Y * np.log(forward(params, X)[2])) / len(X)


def backward(params, X, Y, right):
    z1, a1, a2 = forward(params, X)
    m = len(X)
    d2 = a2 * Y.sum(0) - Y if right else a2 - Y
    d1 = d2 @ params["w2"].T * (z1 > 0)
    return {
        "w1": X.T @ d1 / m,
        "b1": d1.sum(0, keepdims=True) / m,
        "w2": a1.T @ d2 / m,
        "b2": d2.sum(0, keepdims=True) / m,
    }


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
