"""Output weights take the first hidden output, middle weights their own layer's, and hidden deltas moved weights."""

import numpy as np

SOURCE = "https://github.com/stevenmiller888/mind/issues/49"
THREAD = "stevenmiller888/mind #49"
DATE = "2016-11"
KIND = "gradient"
FORMULA = (
    r"\partial C / \partial W^3 = \delta^3 (a^1)^\top,\; \partial C / \partial W^2 = \delta^2 "
    r"(a^2)^\top,\; \delta^l = (W^{l+1} - \eta\, \partial C / \partial W^{l+1})^\top \delta^{l+1} "
    r"\odot \sigma'(z^l)"
)
RIGHT = (
    r"\partial C / \partial W^3 = \delta^3 (a^2)^\top,\; \partial C / \partial W^2 = \delta^2 "
    r"(a^1)^\top,\; \delta^l = (W^{l+1})^\top \delta^{l+1} \odot \sigma'(z^l)"
)
READ = "code"
GROUP = "blocks"
LAYER = [1, 2, 3]
NAMES = [{"stale-weights", "input-of-wrong-layer"}]
NET = dict(
    sizes=(3, 4, 4, 2), hidden="sigmoid", output="sigmoid", loss="half_squared"
)  # no biases; hidden layers have one width
SAMPLES = 7
LAM = 0.0


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def start(rng):
    sizes = NET["sizes"]
    return [rng.standard_normal((n, k)) for n, k in zip(sizes, sizes[1:])]


def data(rng):
    sizes = NET["sizes"]
    X = rng.standard_normal((SAMPLES, sizes[0]))
    Y = rng.integers(0, 2, (SAMPLES, sizes[-1])).astype(float)
    return X, Y


def forward(params, X):
    z, a = [None], [X]
    for W in params:
        z.append(a[-1] @ W)
        a.append(sigmoid(z[-1]))
    return z, a


def cost(params, X, Y):
    """The program has no mean."""
    return 0.5 * np.sum((Y - forward(params, X)[1][-1]) ** 2)


RATE = 0.7  # the step is part of the program: its gradient is what one step takes off, divided by the rate


def backward(params, X, Y, right):
    _, (x, h1, h2, p) = forward(params, X)
    W1, W2, W3 = params
    d3 = (p - Y) * p * (1 - p)
    dW3 = (h2 if right else h1).T @ d3
    d2 = d3 @ (W3 if right else W3 - RATE * dW3).T * h2 * (1 - h2)
    dW2 = (h1 if right else h2).T @ d2
    d1 = d2 @ (W2 if right else W2 - RATE * dW2).T * h1 * (1 - h1)
    return [x.T @ d1, dW2, dW3]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
