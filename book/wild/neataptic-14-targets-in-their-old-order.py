"""The units are gone through from the last to the first, and the targets from the first to the last."""

import numpy as np

SOURCE = "https://github.com/wagenaartje/neataptic/issues/14"
THREAD = "wagenaartje/neataptic #14"
DATE = "2017-05"
KIND = "gradient"
FORMULA = r"\delta^2_k = a^2_k - y_{K + 1 - k}"
RIGHT = r"\delta^2_k = a^2_k - y_k"
READ = "code"
GROUP = "blocks"
LAYER = [2]
NAMES = []
SIZES = (3, 4, 3)
NET = dict(sizes=SIZES, hidden="sigmoid", output="sigmoid", loss="binary_cross_entropy")
SAMPLES = 7
LAM = 0.0


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def start(rng):
    return [(rng.standard_normal((n, k)), rng.standard_normal(k)) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.integers(0, 2, (SAMPLES, SIZES[-1])).astype(float)


def forward(params, X):
    (W1, b1), (W2, b2) = params
    hidden = sigmoid(X @ W1 + b1)
    return hidden, sigmoid(hidden @ W2 + b2)


def cost(params, X, Y):
    p = forward(params, X)[1]
    return -np.sum(Y * np.log(p) + (1 - Y) * np.log(1 - p)) / len(X)


def backward(params, X, Y, right):
    hidden, p = forward(params, X)
    responsibility = np.empty_like(p)
    K = p.shape[1]
    for count, node in enumerate(reversed(range(K))):
        responsibility[:, node] = p[:, node] - Y[:, K - 1 - count if right else count]
    below = responsibility @ params[1][0].T * hidden * (1 - hidden)
    return [(X.T @ below / len(X), below.mean(0)), (hidden.T @ responsibility / len(X), responsibility.mean(0))]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
