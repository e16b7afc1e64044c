"""The upper weight gradients are built with z of the layer below instead of with its activations."""

import numpy as np

SOURCE = "https://github.com/maziarraissi/backprop/issues/1"
THREAD = "maziarraissi/backprop #1"
DATE = "2019-10"
KIND = "gradient"
FORMULA = r"\partial C / \partial W^l = \sum_i \delta^l_i (z^{l-1}_i)^\top"
RIGHT = r"\partial C / \partial W^l = \sum_i \delta^l_i (a^{l-1}_i)^\top"
READ = "code"
GROUP = "blocks"
LAYER = [2, 3]
NAMES = [{"input-before-activation"}]
NET = dict(sizes=(3, 5, 4, 2), hidden="tanh", output="identity", loss="half_squared")
SAMPLES = 7
LAM = 0.0


def start(rng):
    """Weights and biases in two lists."""
    sizes = NET["sizes"]
    W = [rng.standard_normal((n, k)) for n, k in zip(sizes, sizes[1:])]
    return W, [rng.standard_normal((1, k)) for k in sizes[1:]]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.standard_normal((SAMPLES, 2))


def forward(params, X):
    H, A = [X], [X]
    for W, b in zip(*params):
        H.append(A[-1] @ W + b)
        A.append(np.tanh(H[-1]))
    return H, A


def cost(params, X, Y):
    """A sum over the samples; the last layer is linear."""
    return 0.5 * np.sum((forward(params, X)[0][-1] - Y) ** 2)


def backward(params, X, Y, right):
    H, A = forward(params, X)
    below, dW, db = A if right else H, [], []
    G = H[-1] - Y
    for l in (3, 2, 1):
        dW.insert(0, below[l - 1].T @ G)
        db.insert(0, G.sum(0, keepdims=True))
        if l > 1:
            G = (1 - A[l - 1] ** 2) * (G @ params[0][l - 1].T)
    return dW, db


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
