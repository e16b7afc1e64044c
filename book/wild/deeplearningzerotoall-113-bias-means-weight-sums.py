"""Weight gradients are sums over the batch, and bias gradients are means; the thread disputes another line."""

import numpy as np

SOURCE = "https://github.com/hunkim/DeepLearningZeroToAll/pull/113"
THREAD = "hunkim/DeepLearningZeroToAll PR #113, #25"
DATE = "2017-04"
KIND = "gradient"
FORMULA = (
    r"\partial C / \partial b^l = \frac1m \sum_i \delta^l_i \text{ beside } \partial C / \partial W^l = "
    r"\sum_i \delta^l_i (a^{l-1}_i)^\top"
)
RIGHT = r"\partial C / \partial b^l = \sum_i \delta^l_i"
READ = "code"
GROUP = "factor"
LAYER = [1, 2]
NAMES = [{"mean-twice"}, {"factor"}]
# the cost is a sum over the samples
NET = dict(sizes=(4, 5, 3), hidden="sigmoid", output="sigmoid", loss="half_squared")
SAMPLES = 7
LAM = 0.0


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def start(rng):
    sizes = NET["sizes"]
    return [(rng.standard_normal((n, k)), rng.standard_normal(k)) for n, k in zip(sizes, sizes[1:])]


def data(rng):
    sizes = NET["sizes"]
    X = rng.standard_normal((SAMPLES, sizes[0]))
    Y = np.eye(sizes[-1])[rng.integers(0, sizes[-1], SAMPLES)]
    return X, Y


def forward(params, X):
    z, a = [None], [X]
    for W, b in params:
        z.append(a[-1] @ W + b)
        a.append(sigmoid(z[-1]))
    return z, a


def cost(params, X, Y):
    p = forward(params, X)[1][-1]
    return 0.5 * np.sum((p - Y) ** 2)


def backward(params, X, Y, right):
    _, a = forward(params, X)
    g, out = a[-1] - Y, []
    for l in (2, 1):
        d = g * a[l] * (1 - a[l])
        out.insert(0, (a[l - 1].T @ d, d.sum(0) if right else d.mean(0)))
        g = d @ params[l - 1][0].T
    return out


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
