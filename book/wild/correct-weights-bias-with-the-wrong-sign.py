"""The step is taken off the weights, and added to the biases."""

import numpy as np

SOURCE = "https://huggingface.co/datasets/nvidia/Nemotron-CC-Math-v1"
THREAD = "Correct Weights Neural Network, a question on Stack Exchange, read in a copy"
DATE = ""
KIND = "gradient"
FORMULA = r"\partial C / \partial b^l = -\frac1m \sum_i \delta^l_i"
RIGHT = r"\partial C / \partial b^l = \frac1m \sum_i \delta^l_i"
READ = "code"
GROUP = "factor"
LAYER = [1, 2, 3]
NAMES = [{"sign"}]
NET = dict(sizes=(3, 5, 4, 2), hidden="sigmoid", output="sigmoid", loss="half_squared")
SAMPLES = 7
LAM = 0.0


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def start(rng):
    sizes = NET["sizes"]
    weights = [rng.standard_normal((n, k)) for n, k in zip(sizes, sizes[1:])]
    return {"LW": weights, "LB": [rng.standard_normal((1, k)) for k in sizes[1:]]}


def data(rng):
    sizes = NET["sizes"]
    X = rng.standard_normal((SAMPLES, sizes[0]))
    Y = rng.integers(0, 2, (SAMPLES, sizes[-1])).astype(float)
    return X, Y


def forward(params, X):
    z, a = [None], [X]
    for W, b in zip(params["LW"], params["LB"]):
        z.append(a[-1] @ W + b)
        a.append(sigmoid(z[-1]))
    return z, a


def cost(params, X, Y):
    p = forward(params, X)[1][-1]
    return 0.5 * np.sum((p - Y) ** 2) / len(X)


def backward(params, X, Y, right):
    _, a = forward(params, X)
    d, weights, biases = (a[-1] - Y) * a[-1] * (1 - a[-1]) / len(X), [], []
    for l in (3, 2, 1):
        weights.insert(0, a[l - 1].T @ d)
        biases.insert(0, d.sum(0, keepdims=True) * (1 if right else -1))
        d = d @ params["LW"][l - 1].T * a[l - 1] * (1 - a[l - 1])
    return {"LW": weights, "LB": biases}


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
