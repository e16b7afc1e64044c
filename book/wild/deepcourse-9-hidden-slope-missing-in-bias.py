"""After half a repair the hidden weights use the delta with the slope, and the hidden biases the one without."""

import numpy as np

SOURCE = "https://github.com/arthurdouillard/deepcourse/pull/9"
THREAD = "arthurdouillard/deepcourse PR #9"
DATE = "2021-12"
KIND = "gradient"
FORMULA = r"\partial C / \partial b^1 = \frac1m \sum_i (W^2)^\top \delta^2_i"
RIGHT = r"\partial C / \partial b^1 = \frac1m \sum_i \delta^1_i"
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = [{"slope-missing"}]
NET = dict(sizes=(4, 5, 3), hidden="tanh", output="softmax", loss="cross_entropy")
SAMPLES = 7
LAM = 0.0


def softmax(z):
    e = np.exp(z)
    return e / e.sum(1, keepdims=True)


def start(rng):
    sizes = NET["sizes"]
    params = {}
    for l, (n, k) in enumerate(zip(sizes, sizes[1:]), 1):
        params[f"W{l}"] = rng.standard_normal((n, k))
        params[f"b{l}"] = rng.standard_normal(k)
    return params


def data(rng):
    sizes = NET["sizes"]
    X = rng.standard_normal((SAMPLES, sizes[0]))
    Y = np.eye(sizes[-1])[rng.integers(0, sizes[-1], SAMPLES)]
    return X, Y


def forward(params, X):
    z, a = [None], [X]
    L = len(params) // 2
    for l in range(1, L + 1):
        z.append(a[-1] @ params[f"W{l}"] + params[f"b{l}"])
        a.append(np.tanh(z[-1]) if len(z) <= L else softmax(z[-1]))
    return z, a


def cost(params, X, Y):
    p = forward(params, X)[1][-1]
    return -np.sum(Y * np.log(p)) / len(X)


def backward(params, X, Y, right):
    _, (x, h, p) = forward(params, X)
    m = len(X)
    logits = p - Y
    down = logits @ params["W2"].T
    sloped = down * (1 - h**2)
    bias = sloped if right else down
    return {"W1": x.T @ sloped / m, "b1": bias.sum(0) / m, "W2": h.T @ logits / m, "b2": logits.sum(0) / m}


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
