"""A weight changes by the error of the neuron that it leaves, where the error of the one that it enters belongs."""

import numpy as np

SOURCE = "https://github.com/mrousavy/BrabeNetz/issues/3"
THREAD = "mrousavy/BrabeNetz #3"
DATE = "2017-10"
KIND = "gradient"
FORMULA = (
    r"\partial C / \partial W^{l+1}_{kj} = \frac1m \sum_i \delta^l_{i,j}\, a^l_{i,j},\; \partial C / "
    r"\partial b^L = 0,\; \delta^0 = (W^1)^\top \delta^1 \odot x \odot (1 - x)"
)
RIGHT = r"\partial C / \partial W^{l+1}_{kj} = \frac1m \sum_i \delta^{l+1}_{i,k}\, a^l_{i,j}"
READ = "code"
GROUP = "blocks"
LAYER = [1, 2]
NAMES = []
NET = dict(sizes=(3, 5, 2), hidden="sigmoid", output="sigmoid", loss="half_squared")
SAMPLES = 7
LAM = 0.0


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def start(rng):
    sizes = NET["sizes"]
    return [(rng.standard_normal((n, k)), rng.standard_normal(k)) for n, k in zip(sizes, sizes[1:])]


def data(rng):
    sizes = NET["sizes"]
    X = rng.standard_normal((SAMPLES, sizes[0]))
    Y = rng.integers(0, 2, (SAMPLES, sizes[-1])).astype(float)
    return X, Y


def forward(params, X):
    (W1, b1), (W2, b2) = params
    h = sigmoid(X @ W1 + b1)
    return h, sigmoid(h @ W2 + b2)


def cost(params, X, Y):
    p = forward(params, X)[1]
    return 0.5 * np.sum((p - Y) ** 2) / len(X)


def backward(params, X, Y, right):
    """Written for one sample; here the mean of a batch. The errors are those of the weights before the step."""
    h, p = forward(params, X)
    (W1, b1), (W2, b2) = params
    m = len(X)
    e2 = (p - Y) * p * (1 - p) / m
    e1 = e2 @ W2.T * h * (1 - h)
    if right:
        return [(X.T @ e1, e1.sum(0)), (h.T @ e2, e2.sum(0))]
    e0 = e1 @ W1.T * X * (1 - X)
    own = lambda e, a, W: np.repeat(np.sum(e * a, 0)[:, None], W.shape[1], 1)
    return [(own(e0, X, W1), e1.sum(0)), (own(e1, h, W2), np.zeros_like(b2))]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
