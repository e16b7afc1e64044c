"""The derivative of the GELU leaves out the derivative of what stands inside the hyperbolic tangent."""

import numpy as np

SOURCE = "https://github.com/ravin-d-27/PyDeepFlow/pull/89"
THREAD = "ravin-d-27/PyDeepFlow PR #89"
DATE = "2025-10"
KIND = "gradient"
FORMULA = r"f'(z) = \tfrac12 (1 + t) + \tfrac12 z (1 - t^2),\; t = \tanh u(z)"
RIGHT = r"f'(z) = \tfrac12 (1 + t) + \tfrac12 z (1 - t^2)\, u'(z),\; t = \tanh u(z)"
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = []
NET = None  # a GELU
BLOCKS = ["W[1]", "W[2]", "b[1]", "b[2]"]
SAMPLES = 7
LAM = 0.0


def start(rng):
    return {
        "W": [rng.standard_normal((3, 5)), rng.standard_normal((5, 1))],
        "b": [rng.standard_normal(n) for n in (5, 1)],
    }


def data(rng):
    sizes = (3, 5, 1)
    X = rng.standard_normal((SAMPLES, sizes[0]))
    Y = rng.integers(0, 2, (SAMPLES, sizes[-1])).astype(float)
    return X, Y


ROOT = np.sqrt(2 / np.pi)


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def inner(z):
    return ROOT * (z + 0.044715 * z**3)


def gelu(z):
    return 0.5 * z * (1 + np.tanh(inner(z)))


def forward(params, X):
    z = X @ params["W"][0] + params["b"][0]
    return z, gelu(z), sigmoid(gelu(z) @ params["W"][1] + params["b"][1])


def cost(params, X, Y):
    p = forward(params, X)[2]
    return -np.mean(Y * np.log(p) + (1 - Y) * np.log(1 - p))


def backward(params, X, Y, right):
    z, h, p = forward(params, X)
    t = np.tanh(inner(z))
    through = ROOT * (1 + 3 * 0.044715 * z**2) if right else 1
    d2 = (p - Y) / len(X)
    d1 = d2 @ params["W"][1].T * (0.5 * (1 + t) + 0.5 * z * (1 - t**2) * through)
    return {"W": [X.T @ d1, h.T @ d2], "b": [d1.sum(0), d2.sum(0)]}


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
