"""Below a convolution the weights are read in their old order, although they were copied into another for it."""

import numpy as np

SOURCE = "https://github.com/attractivechaos/kann/commit/f8e97b2"
THREAD = "attractivechaos/kann f8e97b2"
DATE = "2016-12"
KIND = "gradient"
FORMULA = (
    r"\partial C / \partial a_{c,j} = \textstyle\sum_n \sum_k \tilde w_{n,k,c}\, \delta_{n,j-k},\; \tilde w\ "
    r"\text{the numbers of}\ w_{n,c,k}\ \text{as they lie}"
)
RIGHT = (
    r"\partial C / \partial a_{c,j} = \textstyle\sum_n \sum_k w_{n,c,k}\, \delta_{n,j-k},\; z_{n,i} = \sum_c "
    r"\sum_k w_{n,c,k}\, a_{c,i+k}"
)
READ = "code"
GROUP = "down"
LAYER = [1]
NAMES = []
LENGTH, FILTER, CHANNELS, UPPER = 5, 3, 2, 2
NET = None  # two convolutions
BLOCKS = ["filters[1]", "filters[2]", "V[3]"]
SAMPLES = 6
LAM = 0.0


def start(rng):
    return [
        rng.standard_normal((CHANNELS, FILTER)),
        rng.standard_normal((UPPER, CHANNELS, FILTER)),
        rng.standard_normal((UPPER * LENGTH, 2)),
    ]


def data(rng):
    return rng.standard_normal((SAMPLES, LENGTH + 4)), rng.standard_normal((SAMPLES, 2))


def forward(params, X):
    below = LENGTH + FILTER - 1
    lower = np.tanh(sum(params[0][None, :, k, None] * X[:, None, k : k + below] for k in range(FILTER)))
    places = [lower[:, :, k : k + LENGTH] for k in range(FILTER)]
    upper = np.tanh(sum(np.einsum("nc,mcj->mnj", params[1][:, :, k], place) for k, place in enumerate(places)))
    return lower, places, upper, upper.reshape(len(X), -1) @ params[2]


def cost(params, X, Y):
    return 0.5 * np.sum((forward(params, X)[-1] - Y) ** 2) / len(X)


def backward(params, X, Y, right):
    lower, places, upper, out = forward(params, X)
    e = (out - Y) / len(X)
    delta = (e @ params[2].T).reshape(upper.shape) * (1 - upper**2)
    weights = np.swapaxes(params[1], 1, 2) if right else params[1].reshape(UPPER, FILTER, CHANNELS)
    sent = np.zeros_like(lower)
    for k in range(FILTER):
        sent[:, :, k : k + LENGTH] += np.einsum("nc,mnj->mcj", weights[:, k], delta)
    below = sent * (1 - lower**2)
    width = below.shape[2]
    return [
        np.stack([np.einsum("mcj,mj->c", below, X[:, k : k + width]) for k in range(FILTER)], axis=1),
        np.stack([np.einsum("mnj,mcj->nc", delta, place) for place in places], axis=2),
        upper.reshape(len(X), -1).T @ e,
    ]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
