"""No ReLU slope is taken in either layer, and the gradients are sums where the cost is a mean."""

import numpy as np

SOURCE = "https://datascience.stackexchange.com/questions/120115/bugs-in-the-backpropagation-algorithm-in-python"
THREAD = "Data Science SE 120115"
DATE = ""
KIND = "gradient"
FORMULA = (
    r"\delta^2 = a^2 - y,\; \delta^1 = (W^2)^\top \delta^2,\; \partial C / \partial W^l = \sum_i \delta^l_i "
    r"(a^{l-1}_i)^\top"
)
RIGHT = (
    r"\delta^2 = (a^2 - y) \odot [z^2 > 0],\; \delta^1 = (W^2)^\top \delta^2 \odot [z^1 > 0],\; \partial C / "
    r"\partial W^l = \frac1m \sum_i \delta^l_i (a^{l-1}_i)^\top"
)
READ = "code"
GROUP = "slope"
LAYER = [1, 2]
NAMES = [{"mean-missing", "output-slope-forgotten", "slope-missing"}]
NET = dict(sizes=(3, 4, 1), hidden="relu", output="relu", loss="half_squared")  # no biases
SAMPLES = 10
LAM = 0.0


def relu(z):
    return z * (z.real > 0)


def start(rng):
    """The question draws both from (0, 1); here w1 has both signs, so that some hidden units are off."""
    return rng.standard_normal((4, 3)), rng.random(4)


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.standard_normal(SAMPLES)


def forward(params, X):
    w1, w2 = params
    s1 = w1 @ X.T
    s2 = w2 @ relu(s1)
    return s1, s2


def cost(params, X, Y):
    return np.sum((relu(forward(params, X)[1]) - Y) ** 2) / (2 * SAMPLES)


def backward(params, X, Y, right):
    w1, w2 = params
    s1, s2 = forward(params, X)
    d2 = relu(s2) - Y
    if right:
        d2 = d2 * (s2 > 0) / SAMPLES
    d1 = np.outer(w2, d2)
    if right:
        d1 = d1 * (s1 > 0)
    return d1 @ X, relu(s1) @ d2


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
