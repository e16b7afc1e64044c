"""At a second backward pass through the same graph the values between weights and loss still have their gradients."""

import numpy as np

SOURCE = "https://github.com/karpathy/micrograd/pull/102"
THREAD = "karpathy/micrograd PR #102"
DATE = "2025-08"
KIND = "gradient"
FORMULA = r"\partial C / \partial W^2 = 2\, \delta^2 (a^1)^\top,\; \partial C / \partial W^1 = 4\, \delta^1 (a^0)^\top"
RIGHT = r"\partial C / \partial W^l = \delta^l (a^{l-1})^\top"
READ = "discussion"
GROUP = "factor"
LAYER = [1, 2]
NAMES = [{"factor"}, {"accumulated"}]
SIZES = (3, 5, 1)
NET = dict(sizes=SIZES, hidden="relu", output="identity", loss="half_squared")
SAMPLES = 7
LAM = 0.0


def start(rng):
    return [(rng.standard_normal((n, k)), rng.standard_normal(k)) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.standard_normal((SAMPLES, SIZES[-1]))


def forward(params, X):
    (W1, b1), (W2, b2) = params
    z1 = X @ W1 + b1
    a1 = z1 * (z1.real > 0)
    return z1, a1, a1 @ W2 + b2


def cost(params, X, Y):
    return 0.5 * np.sum((forward(params, X)[-1] - Y) ** 2) / len(X)


def backward(params, X, Y, right):
    """Called twice, as a check that it can be repeated; zero_grad in between reaches the weights and biases alone."""
    z1, a1, z2 = forward(params, X)
    nodes = {"z1": 0, "a1": 0, "z2": 0}
    for _ in range(2):
        if right:
            nodes = dict.fromkeys(nodes, 0)
        nodes["z2"] = nodes["z2"] + (z2 - Y) / len(X)
        nodes["a1"] = nodes["a1"] + nodes["z2"] @ params[1][0].T
        nodes["z1"] = nodes["z1"] + nodes["a1"] * (z1 > 0)
    return [(X.T @ nodes["z1"], nodes["z1"].sum(0)), (a1.T @ nodes["z2"], nodes["z2"].sum(0))]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
