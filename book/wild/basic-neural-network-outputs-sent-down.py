"""The hidden error is made of the outputs of the layer above, where its errors belong."""

import numpy as np

SOURCE = "https://huggingface.co/datasets/nvidia/Nemotron-CC-Math-v1"
THREAD = "Basic Neural Network Problem in Training, a question on Stack Exchange, read in a copy"
DATE = ""
KIND = "gradient"
FORMULA = r"\delta^1 = -(W^2)^\top a^2 \odot \sigma'(z^1)"
RIGHT = r"\delta^1 = (W^2)^\top \delta^2 \odot \sigma'(z^1)"
READ = "discussion"
GROUP = "down"
LAYER = [1]
NAMES = []
NET = dict(sizes=(2, 4, 1), hidden="sigmoid", output="sigmoid", loss="half_squared")
SAMPLES = 7
LAM = 0.0


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def start(rng):
    sizes = NET["sizes"]
    return [(rng.standard_normal((n, k)), rng.standard_normal(k)) for n, k in zip(sizes, sizes[1:])]


def data(rng):
    sizes = NET["sizes"]
    X = rng.standard_normal((SAMPLES, sizes[0]))
    Y = rng.integers(0, 2, (SAMPLES, sizes[-1])).astype(float)
    return X, Y


def forward(params, X):
    z, a = [None], [X]
    for W, b in params:
        z.append(a[-1] @ W + b)
        a.append(sigmoid(z[-1]))
    return z, a


def cost(params, X, Y):
    p = forward(params, X)[1][-1]
    return 0.5 * np.sum((p - Y) ** 2) / len(X)


def backward(params, X, Y, right):
    """Written for one sample; here the mean of a batch."""
    _, a = forward(params, X)
    m = len(X)
    e2 = a[2] * (1 - a[2]) * (Y - a[2])
    e1 = a[1] * (1 - a[1]) * ((e2 if right else a[2]) @ params[1][0].T)
    return [(-X.T @ e1 / m, -e1.mean(0)), (-a[1].T @ e2 / m, -e2.mean(0))]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
