"""The raw error goes down, without the slopes of the layers above, through weights that have just been moved."""

import numpy as np

SOURCE = "https://github.com/kim-marcel/basic_neural_network/issues/7"
THREAD = "kim-marcel/basic_neural_network #7"
DATE = "2021-07"
KIND = "gradient"
FORMULA = (
    r"\delta^l = \bigl(\tilde W^{l+1}\bigr)^\top \varepsilon^{l+1} \odot \sigma'(z^l),\; \varepsilon^l = "
    r"(\tilde W^{l+1})^\top \varepsilon^{l+1},\; \tilde W = W - \eta\, \partial C / \partial W"
)
RIGHT = r"\delta^l = (W^{l+1})^\top \delta^{l+1} \odot \sigma'(z^l)"
READ = "code"
GROUP = "down"
LAYER = [1, 2]
NAMES = []
NET = dict(sizes=(3, 4, 4, 2), hidden="sigmoid", output="sigmoid", loss="half_squared")
SAMPLES = 7
LAM = 0.0


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def start(rng):
    sizes = NET["sizes"]
    return [(rng.standard_normal((k, n)), rng.standard_normal((k, 1))) for n, k in zip(sizes, sizes[1:])]


def data(rng):
    sizes = NET["sizes"]
    X = rng.standard_normal((SAMPLES, sizes[0]))
    Y = rng.integers(0, 2, (SAMPLES, sizes[-1])).astype(float)
    return X.T, Y.T


def forward(params, X):
    z, a = [None], [X]
    for W, b in params:
        z.append(W @ a[-1] + b)
        a.append(sigmoid(z[-1]))
    return z, a


def cost(params, X, Y):
    p = forward(params, X)[1][-1]
    return 0.5 * np.sum((p - Y) ** 2) / X.shape[1]


RATE = 0.1  # the step is part of the program: its gradient is what one step takes off, divided by the rate


def backward(params, X, Y, right):
    _, a = forward(params, X)
    m, out = X.shape[1], []
    e = a[-1] - Y
    for l in (3, 2, 1):
        W, b = params[l - 1]
        d = e * a[l] * (1 - a[l])
        dW, db = d @ a[l - 1].T / m, d.sum(1, keepdims=True) / m
        out.insert(0, (dW, db))
        e = W.T @ d if right else (W - RATE * dW).T @ e
    return out


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
