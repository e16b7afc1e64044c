"""What is reported as the squared error is half the squared delta; the gradient is that of the error itself."""

import numpy as np

SOURCE = "https://github.com/haifengl/smile/issues/147"
THREAD = "haifengl/smile #147"
DATE = "2017-01"
KIND = "cost"
FORMULA = r"C = \frac{1}{2m} \sum_i \lVert (a^2_i - y_i) \odot \sigma'(z^2_i) \rVert^2"
RIGHT = r"C = \frac{1}{2m} \sum_i \lVert a^2_i - y_i \rVert^2"
READ = "code"
LAYER = [2]
NAMES = [{"another-cost"}]
NET = dict(sizes=(3, 4, 2), hidden="sigmoid", output="sigmoid", loss="half_squared")
BLOCKS = ["W[1]", "b[1]", "W[2]", "b[2]"]
SAMPLES = 7
LAM = 0.0


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def start(rng):
    sizes = NET["sizes"]
    return [(rng.standard_normal((k, n)), rng.standard_normal(k)) for n, k in zip(sizes, sizes[1:])]


def data(rng):
    sizes = NET["sizes"]
    X = rng.standard_normal((SAMPLES, sizes[0]))
    Y = rng.integers(0, 2, (SAMPLES, sizes[-1])).astype(float)
    return X, Y


def forward(params, X):
    z, a = [None], [X]
    for W, b in params:
        z.append(a[-1] @ W.T + b)
        a.append(sigmoid(z[-1]))
    return z, a


def cost(params, X, Y):
    p = forward(params, X)[1][-1]
    return 0.5 * np.sum(((p - Y) * p * (1 - p)) ** 2) / len(X)


def meant(params, X, Y):
    return 0.5 * np.sum((forward(params, X)[1][-1] - Y) ** 2) / len(X)


def backward(params, X, Y, right):
    """With ``right`` the gradient of the cost as it is reported."""
    _, (x, h, p) = forward(params, X)
    e, s = p - Y, p * (1 - p)
    d2 = (e * s * (s + e * (1 - 2 * p)) * s if right else e * s) / len(X)
    d1 = d2 @ params[1][0] * h * (1 - h)
    return [(d1.T @ x, d1.sum(0)), (d2.T @ h, d2.sum(0))]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
