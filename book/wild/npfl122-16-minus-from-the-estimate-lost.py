"""A value estimate moves away from the value that was seen, for the minus before the estimate is lost."""

import numpy as np

SOURCE = "https://github.com/ufal/npfl122/pull/16"
THREAD = "ufal/npfl122 #16"
DATE = "2019-01"
KIND = "gradient"
FORMULA = (
    r"w \leftarrow w - \alpha (v_\pi - \hat v)\, \nabla \hat v,\; "
    r"\partial C / \partial w = (v_\pi - \hat v)\, x(S_t),\; \hat v = x(S_t) \cdot w"
)
RIGHT = (
    r"w \leftarrow w + \alpha (v_\pi - \hat v)\, \nabla \hat v,\; "
    r"\partial C / \partial w = -(v_\pi - \hat v)\, x(S_t),\; C = \tfrac12 (v_\pi - \hat v)^2"
)
READ = "code"
GROUP = "factor"
LAYER = [1]
NAMES = [{"sign"}]
FEATURES, GAMMA = 4, 0.9
NET = None  # a value estimate without a bias
BLOCKS = ["w[1]"]
SAMPLES = 8
LAM = 0.0


def start(rng):
    return rng.standard_normal(FEATURES)


def data(rng):
    """The features of the states of an episode, and the rewards after them."""
    return rng.standard_normal((SAMPLES, FEATURES)), rng.standard_normal(SAMPLES)


def monte_carlo(rewards):
    """In the place of the true value of a state, the return from there."""
    returns, G = np.zeros(len(rewards)), 0.0
    for t in reversed(range(len(rewards))):
        G = rewards[t] + GAMMA * G
        returns[t] = G
    return returns


def cost(w, X, Y):
    return 0.5 * np.sum((monte_carlo(Y) - X @ w) ** 2)


def updates(w, X, Y, alpha):
    """The changes that the states of an episode ask for, taken together."""
    change = np.zeros_like(w)
    for x, v in zip(X, monte_carlo(Y)):
        change -= alpha * (v - x @ w) * x
    return change


def repaired_updates(w, X, Y, alpha):
    change = np.zeros_like(w)
    for x, v in zip(X, monte_carlo(Y)):
        change += alpha * (v - x @ w) * x
    return change


def grad(w, X, Y):
    return -updates(w, X, Y, 1.0)


def repaired(w, X, Y):
    return -repaired_updates(w, X, Y, 1.0)
