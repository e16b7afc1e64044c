"""Weights are divided by the samples where gradients should be, and the quotient learns instead of the weights."""

import numpy as np

SOURCE = "https://github.com/t8m8/Neural-Network-in-Nim/commit/a478860"
THREAD = "t8m8/Neural-Network-in-Nim a478860"
DATE = "2017-05"
KIND = "update"
FORMULA = r"\theta_{t+1} = \theta_t"
RIGHT = r"\theta_{t+1} = \theta_t - \eta\, g_t / m"
READ = "code"
LAYER = []
NAMES = [{"nothing-changed"}]
SIZES = (2, 3, 1)
NET = dict(sizes=SIZES, output="sigmoid", loss="binary_cross_entropy")  # no bias
SAMPLES = 7
LAM = 0.0

LR = 0.1
SETTINGS = dict(like="sgd", lr=LR / SAMPLES)


def start(rng):
    return [rng.standard_normal((n, k)) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    X = rng.integers(0, 2, (SAMPLES, 2)).astype(float)
    return X, (X[:, :1] != X[:, 1:]).astype(float)


def sigmoid(x):
    return 1.0 / (1.0 + np.exp(-x))


def cost(params, X, Y):
    """Summed over the samples, as there."""
    W1, W2 = params
    probs = sigmoid(sigmoid(X @ W1) @ W2)
    return np.sum(np.where(Y < 1e-5, -np.log(1.0 - probs), -np.log(probs)))


def repaired(params, X, Y):
    """The right gradient, to train with."""
    W1, W2 = params
    hidden = sigmoid(X @ W1)
    d2 = sigmoid(hidden @ W2) - Y
    return [X.T @ (hidden * (1.0 - hidden) * (d2 @ W2.T)), hidden.T @ d2]


class SGD:
    def update(self, links, weights, gradients):
        links[weights] = links[weights] - gradients * LR


def start_state():
    return None


def run_batch(params, grads, right):
    links = dict(enumerate(params))
    for idx, grad in enumerate(grads):
        if right:
            normalizedGrad = grad / SAMPLES
            SGD().update(links, idx, normalizedGrad)
        else:
            weights = {0: links[idx] / SAMPLES}
            SGD().update(weights, 0, grad)
    return list(links.values())


def update(params, grads, state):
    """params and grads are lists of arrays; returns the new params and the new state."""
    return run_batch(params, grads, right=False), state


def repaired_update(params, grads, state):
    return run_batch(params, grads, right=True), state
