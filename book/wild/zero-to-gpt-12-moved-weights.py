"""Each layer's weights are updated before the gradient is pulled through them to the layer below."""

import numpy as np

SOURCE = "https://github.com/VikParuchuri/zero_to_gpt/issues/12"
THREAD = "VikParuchuri/zero_to_gpt #12"
DATE = "2025-06"
KIND = "gradient"
FORMULA = (
    r"\delta^l = \bigl(W^{l+1} - \eta\, \partial C / \partial W^{l+1}\bigr)^\top \delta^{l+1} \odot "
    r"\mathrm{relu}'(z^l)"
)
RIGHT = r"\delta^l = (W^{l+1})^\top \delta^{l+1} \odot \mathrm{relu}'(z^l)"
READ = "discussion"
GROUP = "down"
LAYER = [1, 2]
NAMES = [{"stale-weights"}]
NET = dict(sizes=(4, 5, 3, 1), hidden="relu", output="identity", loss="mse")
SAMPLES = 7
LAM = 0.0


def relu(z):
    return z * (z.real > 0)


def start(rng):
    sizes = NET["sizes"]
    return [(rng.standard_normal((n, k)), rng.standard_normal(k)) for n, k in zip(sizes, sizes[1:])]


def data(rng):
    sizes = NET["sizes"]
    X = rng.standard_normal((SAMPLES, sizes[0]))
    Y = rng.standard_normal((SAMPLES, sizes[-1]))
    return X, Y


def forward(params, X):
    z, a = [None], [X]
    L = len(params)
    for W, b in params:
        z.append(a[-1] @ W + b)
        a.append(relu(z[-1]) if len(z) <= L else z[-1])
    return z, a


def cost(params, X, Y):
    p = forward(params, X)[1][-1]
    return np.mean((p - Y) ** 2)


RATE = 0.05  # the step is part of the program: its gradient is what one step takes off, divided by the rate


def backward(params, X, Y, right):
    z, a = forward(params, X)
    out = []
    d = 2 * (a[-1] - Y) / Y.size
    for l in (3, 2, 1):
        W, b = params[l - 1]
        dW = a[l - 1].T @ d
        out.insert(0, (dW, d.sum(0)))
        if l > 1:
            d = d @ (W if right else W - RATE * dW).T * (z[l - 1] > 0)
    return out


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
