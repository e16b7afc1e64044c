"""A binary cross-entropy is averaged over the outputs, and its gradient is that of the sum."""

import numpy as np

SOURCE = "https://github.com/andersbll/deeppy/commit/45fae3f7be841953b20e0e334b025d077e7439b5"
THREAD = "andersbll/deeppy 45fae3f"
DATE = "2015-10"
KIND = "cost"
FORMULA = r"\ell = -\tfrac1K \textstyle\sum_k y_k \log a_k + (1 - y_k) \log(1 - a_k)"
RIGHT = r"\ell = -\textstyle\sum_k y_k \log a_k + (1 - y_k) \log(1 - a_k)"
READ = "code"
LAYER = [1, 2]
NAMES = [{"outputs-not-averaged"}, {"factor"}, {"another-cost"}]
SIZES = (4, 5, 3)
NET = dict(sizes=SIZES, hidden="tanh", output="sigmoid", loss="binary_cross_entropy")
SAMPLES = 8
LAM = 0.0


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def start(rng):
    return [(rng.standard_normal((n, k)), rng.standard_normal(k)) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.integers(0, 2, (SAMPLES, SIZES[-1])).astype(float)


def forward(params, X):
    (W1, b1), (W2, b2) = params
    h = np.tanh(X @ W1 + b1)
    return h, sigmoid(h @ W2 + b2)


def meant(params, X, Y):
    pred = forward(params, X)[-1]
    return -np.sum(Y * np.log(pred) + (1 - Y) * np.log(1 - pred)) / len(X)


def cost(params, X, Y):
    return meant(params, X, Y) / Y.shape[1]


def grad(params, X, Y):
    h, pred = forward(params, X)
    d2 = -(Y / pred - (1 - Y) / (1 - pred)) * pred * (1 - pred) / len(X)
    d1 = d2 @ params[1][0].T * (1 - h**2)
    return [(X.T @ d1, d1.sum(0)), (h.T @ d2, d2.sum(0))]


def repaired(params, X, Y):
    """The gradient of the cost as it is."""
    return [(W / Y.shape[1], b / Y.shape[1]) for W, b in grad(params, X, Y)]
