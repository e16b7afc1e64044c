"""Lecture notes leave what comes from above out of the gradient of a logarithm of the softmax."""

import numpy as np

SOURCE = "https://github.com/Atcold/SP19-DL-collaborative-notes/commit/b07bbfc"
THREAD = "Atcold/SP19-DL-collaborative-notes b07bbfc"
DATE = "2019-02"
KIND = "gradient"
FORMULA = r"\partial C / \partial z^2 = 1 - a^2,\; \ell = \log a^2"
RIGHT = (
    r"\partial C / \partial z^2_i = \partial C / \partial \ell_i - a^2_i \textstyle\sum_k \partial C / "
    r"\partial \ell_k,\; \ell = \log a^2"
)
READ = "code"
GROUP = "softmax"
LAYER = [2]
NAMES = []
SIZES = (3, 4, 3)
NET = dict(sizes=SIZES, hidden="tanh", output="softmax", loss="cross_entropy")
SAMPLES = 7
LAM = 0.0


def log_softmax(z):
    return z - np.log(np.sum(np.exp(z), axis=1, keepdims=True))


def start(rng):
    return [(rng.standard_normal((n, k)), rng.standard_normal(k)) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), np.eye(SIZES[-1])[rng.integers(0, SIZES[-1], SAMPLES)]


def forward(params, X):
    (W1, b1), (W2, b2) = params
    hidden = np.tanh(X @ W1 + b1)
    return hidden, log_softmax(hidden @ W2 + b2)


def cost(params, X, Y):
    """The notes have one sample; here there is no mean."""
    return -np.sum(Y * forward(params, X)[1])


def backward(params, X, Y, right):
    hidden, logs = forward(params, X)
    comes = -Y
    d2 = comes - np.exp(logs) * comes.sum(axis=1, keepdims=True) if right else 1 - np.exp(logs)
    d1 = d2 @ params[1][0].T * (1 - hidden**2)
    return [(X.T @ d1, d1.sum(0)), (hidden.T @ d2, d2.sum(0))]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
