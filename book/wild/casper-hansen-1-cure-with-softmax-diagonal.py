"""The cure that was merged: squared error behind a softmax, of whose derivative only the diagonal is used."""

import numpy as np

SOURCE = "https://github.com/casper-hansen/Neural-Network-From-Scratch/pull/1"
THREAD = "casper-hansen/Neural-Network-From-Scratch PR #1 (the cure)"
DATE = "2020-10"
KIND = "gradient"
FORMULA = r"\delta^3 = \tfrac2K (a^3 - y) \odot a^3 \odot (1 - a^3)"
RIGHT = r"\delta^3 = a^3 \odot \bigl(g - (g \cdot a^3)\bigr),\; g = \tfrac2K (a^3 - y)"
READ = "code"
GROUP = "softmax"
LAYER = [3]
NAMES = [{"softmax-diagonal"}]
NET = dict(sizes=(4, 5, 4, 3), hidden="sigmoid", output="softmax", loss="mse")  # no biases
SAMPLES = 7
LAM = 0.0


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def softmax(z):
    e = np.exp(z)
    return e / e.sum(0)


def start(rng):
    sizes = NET["sizes"]
    return [rng.standard_normal((k, n)) for n, k in zip(sizes, sizes[1:])]


def data(rng):
    sizes = NET["sizes"]
    X = rng.standard_normal((SAMPLES, sizes[0]))
    Y = np.eye(sizes[-1])[rng.integers(0, sizes[-1], SAMPLES)]
    return X.T, Y.T


def forward(params, X):
    z, a = [None], [X]
    L = len(params)
    for W in params:
        z.append(W @ a[-1])
        a.append(sigmoid(z[-1]) if len(z) <= L else softmax(z[-1]))
    return z, a


def cost(params, X, Y):
    p = forward(params, X)[1][-1]
    return np.mean((p - Y) ** 2)


def backward(params, X, Y, right):
    _, a = forward(params, X)
    m, out, p = X.shape[1], [], a[-1]
    g = 2 * (p - Y) / len(p)
    d = p * (g - np.sum(g * p, 0)) if right else g * p * (1 - p)
    for l in (3, 2, 1):
        out.insert(0, d @ a[l - 1].T / m)
        d = params[l - 1].T @ d * a[l - 1] * (1 - a[l - 1])
    return out


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
