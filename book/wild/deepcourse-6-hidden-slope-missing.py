"""The hidden gradients use the delta before tanh's slope; the one with the slope is computed and not used."""

import numpy as np

SOURCE = "https://github.com/arthurdouillard/deepcourse/issues/6"
THREAD = "arthurdouillard/deepcourse #6"
DATE = "2021-09"
KIND = "gradient"
FORMULA = r"\delta^1 = (W^2)^\top \delta^2"
RIGHT = r"\delta^1 = (W^2)^\top \delta^2 \odot \bigl(1 - (a^1)^2\bigr)"
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
    used = sloped if right else down
    return {"W1": x.T @ used / m, "b1": used.sum(0) / m, "W2": h.T @ logits / m, "b2": logits.sum(0) / m}


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
