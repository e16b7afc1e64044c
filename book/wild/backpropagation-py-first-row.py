"""All hidden units get the sum of the deltas times the first unit's weights, and no slope."""

import numpy as np

SOURCE = "https://github.com/DMaterka/backpropagation_py/commit/a7f8ba3"
THREAD = "DMaterka/backpropagation_py a7f8ba3"
DATE = "2019-06"
KIND = "gradient"
FORMULA = r"\delta^1_j = \sum_k \delta^2_k\, W^2_{1k}\ \text{for all}\ j"
RIGHT = r"\delta^1_j = \sigma'(z^1_j) \sum_k W^2_{kj}\, \delta^2_k"
READ = "code"
GROUP = "down"
LAYER = [1]
NAMES = []
SIZES = (3, 4, 2)
NET = dict(sizes=SIZES, hidden="sigmoid", output="sigmoid", loss="half_squared")
SAMPLES = 7
LAM = 0.0


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def start(rng):
    return [rng.standard_normal((3, 4)), rng.standard_normal(4), rng.standard_normal((4, 2)), rng.standard_normal(2)]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.uniform(0, 1, (SAMPLES, 2))


def forward(params, X):
    W1, b1, W2, b2 = params
    h = sigmoid(X @ W1 + b1)
    return h, sigmoid(h @ W2 + b2)


def cost(params, X, Y):
    return 0.5 * np.sum((forward(params, X)[-1] - Y) ** 2) / len(X)


def backward(params, X, Y, right):
    h, out = forward(params, X)
    d2 = (out - Y) * out * (1 - out) / len(X)
    if right:
        d1 = d2 @ params[2].T * h * (1 - h)
    else:
        first_unit = params[2][: d2.shape[1], 0]  # the weights into the first output, as many as there are outputs
        d1 = np.repeat((d2 @ first_unit)[:, None], h.shape[1], axis=1)
    return [X.T @ d1, d1.sum(0), h.T @ d2, d2.sum(0)]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
