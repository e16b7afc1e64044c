"""The cost penalises weights and biases, the gradient has the weights' share only."""

import numpy as np

SOURCE = "https://github.com/Burton2000/CS231n-2017/issues/9"
THREAD = "Burton2000/CS231n-2017 #9"
DATE = "2021-03"
KIND = "gradient"
FORMULA = r"\partial C / \partial b^l = \frac1m \sum_i \delta^l_i"
RIGHT = r"\partial C / \partial b^l = \frac1m \sum_i \delta^l_i + \frac{\lambda}{m} b^l"
READ = "discussion"
GROUP = "penalty"
LAYER = [1, 2]
NAMES = [{"penalty"}, {"penalty-missing"}]
NET = dict(sizes=(4, 5, 3), hidden="relu", output="softmax", loss="cross_entropy")
SAMPLES = 7
LAM = 0.7


def relu(z):
    return z * (z.real > 0)


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
        a.append(relu(z[-1]) if len(z) <= L else softmax(z[-1]))
    return z, a


def cost(params, X, Y):
    p = forward(params, X)[1][-1]
    return -np.sum(Y * np.log(p)) / len(X) + LAM / (2 * len(X)) * sum(np.sum(v * v) for v in params.values())


def backward(params, X, Y, right):
    """The program adds reg * |W|^2 without a half: its reg is lambda / (2m)."""
    z, (x, h, p) = forward(params, X)
    m = len(X)
    d2 = p - Y
    d1 = d2 @ params["W2"].T * (z[1] > 0)
    sums = {"W1": x.T @ d1, "b1": d1.sum(0), "W2": h.T @ d2, "b2": d2.sum(0)}
    return {k: (g + (LAM * params[k] if right or k[0] == "W" else 0)) / m for k, g in sums.items()}


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
