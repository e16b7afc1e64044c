"""What goes down through all channels of a convolution is weighted with the delta of the last channel."""

import numpy as np

SOURCE = "https://github.com/robertknight/mnist-from-scratch/commit/dcb70ff"
THREAD = "robertknight/mnist-from-scratch dcb70ff"
DATE = "2018-09"
KIND = "gradient"
FORMULA = (
    r"\partial C / \partial a_j = \textstyle\sum_c \sum_k w_{c,k}\, \delta_{n,j-k},\; z_{c,i} = \sum_k "
    r"w_{c,k}\, a_{i+k},\; c = 1, \dots, n"
)
RIGHT = (
    r"\partial C / \partial a_j = \textstyle\sum_c \sum_k w_{c,k}\, \delta_{c,j-k},\; z_{c,i} = \sum_k "
    r"w_{c,k}\, a_{i+k},\; c = 1, \dots, n"
)
READ = "code"
GROUP = "down"
LAYER = [1]
NAMES = []
LENGTH, FILTER, CHANNELS = 6, 3, 2
NET = None  # two convolutions
BLOCKS = ["filter[1]", "filters[2]", "V[3]"]
SAMPLES = 6
LAM = 0.0


def start(rng):
    """No biases."""
    return [
        rng.standard_normal(FILTER),
        rng.standard_normal((CHANNELS, FILTER)),
        rng.standard_normal((CHANNELS * LENGTH, 2)),
    ]


def data(rng):
    return rng.standard_normal((SAMPLES, LENGTH + 4)), rng.standard_normal((SAMPLES, 2))


def convolve(rows, kernel):
    """Each row with the filter as it is, in all places where it fits."""
    places = rows.shape[1] - FILTER + 1
    return sum(kernel[k] * rows[:, k : k + places] for k in range(FILTER))


def for_filter(rows, delta):
    return np.array([np.sum(delta * rows[:, k : k + delta.shape[1]]) for k in range(FILTER)])


def forward(params, X):
    lower = np.tanh(convolve(X, params[0]))
    upper = [np.tanh(convolve(lower, kernel)) for kernel in params[1]]
    return lower, upper, np.hstack(upper) @ params[2]


def cost(params, X, Y):
    return 0.5 * np.sum((forward(params, X)[-1] - Y) ** 2) / len(X)


def backward(params, X, Y, right):
    lower, upper, out = forward(params, X)
    e = (out - Y) / len(X)
    sent = np.split(e @ params[2].T, CHANNELS, axis=1)
    deltas = [g * (1 - a**2) for g, a in zip(sent, upper)]
    below = np.zeros_like(lower)
    for c, kernel in enumerate(params[1]):
        for k in range(FILTER):
            below[:, k : k + LENGTH] += kernel[k] * deltas[c if right else -1]
    filters = np.array([for_filter(lower, delta) for delta in deltas])
    return [for_filter(X, below * (1 - lower**2)), filters, np.hstack(upper).T @ e]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
