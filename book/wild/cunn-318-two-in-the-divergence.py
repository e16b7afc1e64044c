"""The gradient of a divergence between distributions has a factor 2, which a test with a wide tolerance let pass."""

import numpy as np

SOURCE = "https://github.com/torch/cunn/pull/318"
THREAD = "torch/cunn PR #318"
DATE = "2016-08"
KIND = "gradient"
FORMULA = r"\partial C / \partial x = -\tfrac{2}{mK}\, y,\; x = \log a^2"
RIGHT = r"\partial C / \partial x = -\tfrac{1}{mK}\, y"
READ = "code"
GROUP = "factor"
LAYER = [1, 2]
NAMES = [{"factor"}]
SIZES = (3, 4, 3)
NET = None  # a divergence, with a mean over the outputs too
BLOCKS = ["W[1]", "b[1]", "W[2]", "b[2]"]
SAMPLES = 7
LAM = 0.0


def start(rng):
    return [(rng.standard_normal((n, k)), rng.standard_normal(k)) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    """The targets are distributions."""
    Y = rng.uniform(0.1, 1, (SAMPLES, SIZES[-1]))
    return rng.standard_normal((SAMPLES, SIZES[0])), Y / Y.sum(1, keepdims=True)


def forward(params, X):
    (W1, b1), (W2, b2) = params
    h = np.tanh(X @ W1 + b1)
    z = h @ W2 + b2
    return h, z - np.log(np.sum(np.exp(z), axis=1, keepdims=True))


def cost(params, X, Y):
    return np.sum(Y * (np.log(Y) - forward(params, X)[-1])) / Y.size


def backward(params, X, Y, right):
    h, x = forward(params, X)
    norm = (1 if right else 2) / Y.size
    g = -norm * Y
    d2 = g - np.exp(x) * g.sum(1, keepdims=True)
    d1 = d2 @ params[1][0].T * (1 - h**2)
    return [(X.T @ d1, d1.sum(0)), (h.T @ d2, d2.sum(0))]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
