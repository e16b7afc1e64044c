"""What is called a mean squared error is half of the squared error, summed over all patterns."""

import numpy as np

SOURCE = "https://github.com/tiny-dnn/tiny-dnn/issues/159"
THREAD = "tiny-dnn/tiny-dnn #159"
DATE = "2016-05"
KIND = "cost"
FORMULA = r"C = \tfrac12 \textstyle\sum_i \lVert a_i - y_i \rVert^2"
RIGHT = r"C = \tfrac{1}{2m} \textstyle\sum_i \lVert a_i - y_i \rVert^2"
READ = "code"
LAYER = [1, 2]
NAMES = [{"another-cost"}, {"factor"}, {"mean-twice"}]
SIZES = (4, 5, 3)
NET = dict(sizes=SIZES, hidden="tanh", output="tanh", loss="half_squared")
SAMPLES = 7
LAM = 0.0


def start(rng):
    return [(rng.standard_normal((n, k)), rng.standard_normal(k)) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.uniform(-0.8, 0.8, (SAMPLES, SIZES[-1]))


def forward(params, X):
    a = [X]
    for W, b in params:
        a.append(np.tanh(a[-1] @ W + b))
    return a


def cost(params, X, Y):
    out = forward(params, X)[-1]
    return np.sum((out - Y) * (out - Y) / 2)


def meant(params, X, Y):
    return cost(params, X, Y) / len(X)


def grad(params, X, Y):
    """That of a batch, which is averaged."""
    x, h, out = forward(params, X)
    d2 = (out - Y) * (1 - out**2) / len(X)
    d1 = d2 @ params[1][0].T * (1 - h**2)
    return [(x.T @ d1, d1.sum(0)), (h.T @ d2, d2.sum(0))]


def repaired(params, X, Y):
    """The gradient of the cost as it is."""
    return [(len(X) * W, len(X) * b) for W, b in grad(params, X, Y)]
