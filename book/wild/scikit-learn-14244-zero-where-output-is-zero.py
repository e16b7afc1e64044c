"""Right, though reported as wrong: the delta is zeroed where the ReLU's output, not its input, equals zero."""

import numpy as np

SOURCE = "https://github.com/scikit-learn/scikit-learn/issues/14244"
THREAD = "scikit-learn/scikit-learn #14244"
DATE = "2019-07"
KIND = "right"
FORMULA = r"\delta^1 = (W^2)^\top \delta^2 \odot [a^1 \ne 0]"
RIGHT = r"\delta^1 = (W^2)^\top \delta^2 \odot [z^1 > 0]"
READ = "code"
LAYER = []
NAMES = []
NET = dict(sizes=(4, 5, 3), hidden="relu", output="softmax", loss="cross_entropy")
SAMPLES = 7
LAM = 0.3


def start(rng):
    """Two lists, coefs_ and intercepts_."""
    sizes = NET["sizes"]
    return [rng.standard_normal((n, k)) for n, k in zip(sizes, sizes[1:])], [rng.standard_normal(k) for k in sizes[1:]]


def data(rng):
    return rng.standard_normal((SAMPLES, 4)), np.eye(3)[rng.integers(0, 3, SAMPLES)]


def forward(params, X):
    coefs, intercepts = params
    z = X @ coefs[0] + intercepts[0]
    h = z * (z.real > 0)
    e = np.exp(h @ coefs[1] + intercepts[1])
    return h, e / e.sum(1, keepdims=True)


def cost(params, X, Y):
    penalty = LAM / (2 * len(X)) * sum(np.sum(W**2) for W in params[0])
    return -np.sum(Y * np.log(forward(params, X)[1])) / len(X) + penalty


def grad(params, X, Y):
    coefs, _ = params
    h, p = forward(params, X)
    m = len(X)
    d2 = p - Y
    d1 = d2 @ coefs[1].T
    d1[h == 0] = 0
    return [(X.T @ d1 + LAM * coefs[0]) / m, (h.T @ d2 + LAM * coefs[1]) / m], [d1.mean(0), d2.mean(0)]


repaired = grad
