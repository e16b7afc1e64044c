"""The change of a weight is the rate times the delta; the value that comes in over this weight is left out."""

import numpy as np

SOURCE = "https://stackoverflow.com/questions/12558517/questions-about-the-backpropogation-algorithm"
THREAD = "Stack Overflow 12558517"
DATE = "2012-09"
KIND = "gradient"
FORMULA = r"\partial C / \partial W^l_{kj} = \frac1m \sum_i \delta^l_{i,k}"
RIGHT = r"\partial C / \partial W^l_{kj} = \frac1m \sum_i \delta^l_{i,k}\, a^{l-1}_{i,j}"
READ = "discussion"
GROUP = "blocks"
LAYER = [1, 2]
NAMES = []
NET = dict(sizes=(3, 5, 2), hidden="sigmoid", output="sigmoid", loss="half_squared")  # no biases
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
    p = forward(params, X)[1][-1]
    return 0.5 * np.sum((p - Y) ** 2) / len(X)


def backward(params, X, Y, right):
    """Written for one sample; here the mean of a batch."""
    _, a = forward(params, X)
    d2 = (a[2] - Y) * a[2] * (1 - a[2]) / len(X)
    d1 = d2 @ params[1].T * a[1] * (1 - a[1])
    inputs = a if right else [np.ones_like(x) for x in a]
    return [inputs[0].T @ d1, inputs[1].T @ d2]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
