"""In a batch each sample's gradient takes the place of the one before it."""

import numpy as np

SOURCE = "https://github.com/patrikeh/go-deep/commit/ba381cc"
THREAD = "patrikeh/go-deep ba381cc"
DATE = "2018-01"
KIND = "gradient"
FORMULA = r"\partial C / \partial W^l = \tfrac1m\, \delta^l_m\, (a^{l-1}_m)^\top\ \text{of the last sample}"
RIGHT = r"\partial C / \partial W^l = \tfrac1m \textstyle\sum_i \delta^l_i\, (a^{l-1}_i)^\top"
READ = "code"
GROUP = "blocks"
LAYER = [1, 2]
NAMES = [{"samples-overwritten"}]
SIZES = (3, 4, 2)
NET = dict(sizes=SIZES, hidden="sigmoid", output="sigmoid", loss="half_squared")
SAMPLES = 6
LAM = 0.0


def start(rng):
    """The last column belongs to the biases."""
    return [rng.standard_normal((k, n + 1)) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.integers(0, 2, (SAMPLES, SIZES[-1])).astype(float)


def activations(params, x):
    found = [x]
    for W in params:
        found.append(1 / (1 + np.exp(-(W @ np.append(found[-1], 1)))))
    return found


def cost(params, X, Y):
    return sum(np.sum((activations(params, x)[-1] - y) ** 2) for x, y in zip(X, Y)) / (2 * len(X))


def backward(params, X, Y, right):
    partial = [np.zeros_like(W) for W in params]
    for x, y in zip(X, Y):
        a = activations(params, x)
        above = a[-1] - y
        for l in reversed(range(len(params))):
            delta = above * a[l + 1] * (1 - a[l + 1])
            own = np.outer(delta, np.append(a[l], 1))
            partial[l] = partial[l] + own if right else own
            above = params[l][:, :-1].T @ delta
    return [own / len(X) for own in partial]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
