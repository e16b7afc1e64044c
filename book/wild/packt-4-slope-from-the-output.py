"""Right, though reported as wrong: x (1 - x) is the sigmoid's slope when x is the sigmoid's output, as here."""

import numpy as np

SOURCE = "https://github.com/PacktPublishing/Neural-Network-Projects-with-Python/issues/4"
THREAD = "PacktPublishing/Neural-Network-Projects-with-Python #4 (also iamtrask.github.io #12)"
DATE = "2020-02"
KIND = "right"
FORMULA = r"\delta^l = (\cdot) \odot a^l \odot (1 - a^l)"
RIGHT = r"\delta^l = (\cdot) \odot \sigma'(z^l)"
READ = "code"
LAYER = []
NAMES = []
NET = dict(sizes=(3, 4, 1), hidden="sigmoid", output="sigmoid", loss="mse")  # no biases
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
    return np.mean((p - Y) ** 2)


def slope(x):
    return x * (1 - x)


def grad(params, X, Y):
    _, (x, layer1, output) = forward(params, X)
    d2 = 2 * (output - Y) * slope(output)
    d1 = d2 @ params[1].T * slope(layer1)
    return [x.T @ d1 / Y.size, layer1.T @ d2 / Y.size]


repaired = grad
