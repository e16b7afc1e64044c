"""The gradient of a divergence of categories from equal shares has the wrong sign beside that of the rest."""

import numpy as np

SOURCE = "https://github.com/Kaixhin/Autoencoders/issues/9"
THREAD = "Kaixhin/Autoencoders #9"
DATE = "2017-08"
KIND = "gradient"
FORMULA = (
    r"\partial D / \partial q_k = \log \tfrac1n - \log q_k - 1,\; D = \textstyle\sum_k q_k (\log q_k - \log "
    r"\tfrac1n)"
)
RIGHT = r"\partial D / \partial q_k = \log q_k + 1 - \log \tfrac1n"
READ = "code"
GROUP = "penalty"
LAYER = [1]
NAMES = []
SIZES = (5, 3)
NET = None  # an autoencoder with categories
BLOCKS = ["W[1]", "b[1]", "W[2]", "b[2]"]
SAMPLES = 7
LAM = 0.0


def start(rng):
    return [
        (rng.standard_normal((SIZES[0], SIZES[1])), rng.standard_normal(SIZES[1])),
        (rng.standard_normal((SIZES[1], SIZES[0])), rng.standard_normal(SIZES[0])),
    ]


def data(rng):
    """The targets are the inputs again."""
    X = rng.uniform(0.1, 0.9, (SAMPLES, SIZES[0]))
    return X, X.copy()


def forward(params, X):
    (W1, b1), (W2, b2) = params
    e = np.exp(X @ W1 + b1)
    q = e / e.sum(1, keepdims=True)
    return q, 1 / (1 + np.exp(-(q @ W2 + b2)))


def cost(params, X, Y):
    q, out = forward(params, X)
    again = -np.sum(Y * np.log(out) + (1 - Y) * np.log(1 - out))
    return (again + np.sum(q * (np.log(q) - np.log(1 / SIZES[1])))) / Y.size


def backward(params, X, Y, right):
    q, out = forward(params, X)
    d2 = (out - Y) / Y.size
    divergence = (np.log(q) + 1 - np.log(1 / SIZES[1])) / Y.size
    g = d2 @ params[1][0].T + (divergence if right else -divergence)
    d1 = q * (g - np.sum(g * q, axis=1, keepdims=True))
    return [(X.T @ d1, d1.sum(0)), (q.T @ d2, d2.sum(0))]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
