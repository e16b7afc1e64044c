"""Every delta is rounded to three decimals, and the output weights have moved before the hidden deltas are computed."""

import numpy as np

SOURCE = "https://stackoverflow.com/questions/29587779/neural-network-trained-using-back-propagation-solves-and-or-but-doesnt-solve"
THREAD = "Stack Overflow 29587779"
DATE = "2015-04"
KIND = "gradient"
FORMULA = (
    r"\delta^2 = \mathrm{round}_3\bigl((a^2 - y) \odot \sigma'(z^2)\bigr),\; \delta^1 = "
    r"\mathrm{round}_3\bigl((W^2 - \eta\, \partial C / \partial W^2)^\top \delta^2 \odot "
    r"\sigma'(z^1)\bigr)"
)
RIGHT = r"\delta^2 = (a^2 - y) \odot \sigma'(z^2),\; \delta^1 = (W^2)^\top \delta^2 \odot \sigma'(z^1)"
READ = "code"
GROUP = "down"
LAYER = [1, 2]
NAMES = [{"stale-weights"}]
NET = dict(sizes=(3, 5, 2), hidden="sigmoid", output="sigmoid", loss="half_squared")  # no biases in the question
SAMPLES = 7
LAM = 0.0


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def start(rng):
    sizes = NET["sizes"]
    return [rng.standard_normal((k, n)) for n, k in zip(sizes, sizes[1:])]


def data(rng):
    sizes = NET["sizes"]
    X = rng.standard_normal((SAMPLES, sizes[0]))
    Y = rng.integers(0, 2, (SAMPLES, sizes[-1])).astype(float)
    return X.T, Y.T


def forward(params, X):
    z, a = [None], [X]
    for W in params:
        z.append(W @ a[-1])
        a.append(sigmoid(z[-1]))
    return z, a


def cost(params, X, Y):
    p = forward(params, X)[1][-1]
    return 0.5 * np.sum((p - Y) ** 2) / X.shape[1]


RATE = 0.3  # the step is part of the program: its gradient is what one step takes off, divided by the rate


def backward(params, X, Y, right):
    """Written for one sample; here the mean of a batch."""
    _, a = forward(params, X)
    m, W = X.shape[1], params[1]
    kept = (lambda d: d) if right else (lambda d: np.round(d, 3))
    d2 = kept((a[2] - Y) * a[2] * (1 - a[2]))
    dW = d2 @ a[1].T / m
    d1 = kept((W if right else W - RATE * dW).T @ d2 * a[1] * (1 - a[1]))
    return [d1 @ X.T / m, dW]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
