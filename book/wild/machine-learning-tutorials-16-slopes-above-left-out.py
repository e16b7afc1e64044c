"""The errors go down through the weights alone; each layer uses its own slope in its weight gradient only."""

import numpy as np

SOURCE = "https://github.com/ujjwalkarn/Machine-Learning-Tutorials/pull/16"
THREAD = "ujjwalkarn/Machine-Learning-Tutorials PR #16 (also SciML/SciMLBook #164)"
DATE = "2016-08"
KIND = "gradient"
FORMULA = (
    r"\varepsilon^l = (W^{l+1})^\top \varepsilon^{l+1},\; \partial C / \partial W^l = \frac1m \sum_i "
    r"\bigl(\varepsilon^l_i \odot \sigma'(z^l_i)\bigr) (a^{l-1}_i)^\top"
)
RIGHT = r"\varepsilon^l = (W^{l+1})^\top \bigl(\varepsilon^{l+1} \odot \sigma'(z^{l+1})\bigr)"
READ = "discussion"
GROUP = "down"
LAYER = [1, 2]
NAMES = []
NET = dict(sizes=(2, 3, 2, 1), hidden="sigmoid", output="sigmoid", loss="half_squared")  # no biases
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


def backward(params, X, Y, right):
    _, a = forward(params, X)
    m, out = X.shape[1], []
    signal = a[-1] - Y
    for l in (3, 2, 1):
        sloped = signal * a[l] * (1 - a[l])
        out.insert(0, sloped @ a[l - 1].T / m)
        signal = params[l - 1].T @ (sloped if right else signal)
    return out


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
