"""Upper hidden layers take the first layer's values as their input, and the slope reaches the first unit only."""

import numpy as np

SOURCE = "https://github.com/ralampay/ann/pull/22"
THREAD = "ralampay/ann PR #22"
DATE = "2018-07"
KIND = "gradient"
FORMULA = (
    r"\partial C / \partial W^2 = \frac1m \sum_i \delta^2_i\, \sigma(x_i)^\top,\; \delta^l_1 = u_1 "
    r"\sigma'(z^l_1),\; \delta^l_j = u_j \ (j > 1),\; u = (W^{l+1})^\top \delta^{l+1}"
)
RIGHT = r"\partial C / \partial W^2 = \frac1m \sum_i \delta^2_i (a^1_i)^\top,\; \delta^l = u \odot \sigma'(z^l)"
READ = "code"
GROUP = "blocks"
LAYER = [1, 2]
NAMES = []
# no biases; the input layer is as wide as the first hidden one, else the shapes would not fit
NET = dict(sizes=(3, 3, 5, 2), hidden="sigmoid", output="sigmoid", loss="half_squared")
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
    m = len(X)
    d = (a[3] - Y) * a[3] * (1 - a[3])
    out = [a[2].T @ d / m]
    for l in (2, 1):
        d = d @ params[l].T
        reach = slice(None) if right else slice(0, 1)
        d[:, reach] = d[:, reach] * (a[l] * (1 - a[l]))[:, reach]
        below = a[l - 1] if right or l == 1 else sigmoid(X)
        out.insert(0, below.T @ d / m)
    return out


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
