"""A repair of the biases turned all means over the batch into sums, while the loss remained a mean."""

import numpy as np

SOURCE = "https://github.com/wkcn/mobula/issues/1"
THREAD = "wkcn/mobula #1 (commit ee95cdd)"
DATE = "2018-06"
KIND = "gradient"
FORMULA = (
    r"\partial C / \partial W^l = \sum_i \delta^l_i (a^{l-1}_i)^\top,\; \partial C / \partial b^l = \sum_i "
    r"\delta^l_i"
)
RIGHT = (
    r"\partial C / \partial W^l = \frac1m \sum_i \delta^l_i (a^{l-1}_i)^\top,\; \partial C / \partial b^l = "
    r"\frac1m \sum_i \delta^l_i"
)
READ = "code"
GROUP = "factor"
LAYER = [1, 2]
NAMES = [{"mean-missing"}]
NET = dict(sizes=(4, 5, 3), hidden="relu", output="softmax", loss="cross_entropy")
SAMPLES = 7
LAM = 0.0


def relu(z):
    return z * (z.real > 0)


def softmax(z):
    e = np.exp(z)
    return e / e.sum(1, keepdims=True)


def start(rng):
    sizes = NET["sizes"]
    return [(rng.standard_normal((k, n)), rng.standard_normal(k)) for n, k in zip(sizes, sizes[1:])]


def data(rng):
    sizes = NET["sizes"]
    X = rng.standard_normal((SAMPLES, sizes[0]))
    Y = np.eye(sizes[-1])[rng.integers(0, sizes[-1], SAMPLES)]
    return X, Y


def forward(params, X):
    z, a = [None], [X]
    L = len(params)
    for W, b in params:
        z.append(a[-1] @ W.T + b)
        a.append(relu(z[-1]) if len(z) <= L else softmax(z[-1]))
    return z, a


def cost(params, X, Y):
    p = forward(params, X)[1][-1]
    return -np.sum(Y * np.log(p)) / len(X)


def backward(params, X, Y, right):
    z, a = forward(params, X)
    share, out = len(X) if right else 1, []
    d = a[-1] - Y
    for l in (2, 1):
        out.insert(0, (d.T @ a[l - 1] / share, d.sum(0) / share))
        if l > 1:
            d = d @ params[l - 1][0] * (z[l - 1] > 0)
    return out


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
