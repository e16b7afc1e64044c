"""A quartic loss is the fourth power of the norm of all errors, beside the derivative of a sum of fourth powers."""

import numpy as np

SOURCE = "https://github.com/the-moliver/NeuralNets.jl/commit/2ea045f"
THREAD = "the-moliver/NeuralNets.jl 2ea045f"
DATE = "2014-09"
KIND = "cost"
FORMULA = r"C = \tfrac14 \bigl(\textstyle\sum_i (a_i - y_i)^2\bigr)^2"
RIGHT = r"C = \tfrac14 \textstyle\sum_i (a_i - y_i)^4"
READ = "code"
LAYER = [1, 2]
NAMES = [{"another-cost"}]
SIZES = (3, 4, 1)
NET = None  # fourth powers
BLOCKS = ["W[1]", "b[1]", "W[2]", "b[2]"]
SAMPLES = 5
LAM = 0.0


def start(rng):
    return [(rng.standard_normal((k, n)) / 2, rng.standard_normal((k, 1)) / 2) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.uniform(-1, 1, (SAMPLES, SIZES[-1]))


def prop(net, x):
    (W1, b1), (W2, b2) = net
    return W2 @ np.tanh(W1 @ x + b1) + b2


def quartic_loss(y, t):
    return 0.25 * np.sum((y - t) ** 2) ** 2


def cost(params, X, Y):
    return quartic_loss(prop(params, X.T), Y.T)


def meant(params, X, Y):
    return 0.25 * np.sum((prop(params, X.T) - Y.T) ** 4)


def quartic_lossd(y, t):
    return (y - t) ** 3


def backprop(net, x, t, lossd):
    """The gradients of the layers from the first, and the error that is handed down."""
    if not net:
        return [], lossd(x, t)
    W, b = net[0]
    h = W @ x + b
    last = len(net) == 1
    grad, error = backprop(net[1:], h if last else np.tanh(h), t, lossd)
    if not last:
        error = (1 - np.tanh(h) ** 2) * error
    return [(error @ x.T, error.sum(1, keepdims=True)), *grad], W.T @ error


def grad(params, X, Y):
    return backprop(params, X.T, Y.T, quartic_lossd)[0]


def repaired(params, X, Y):
    """The gradient of the cost as it is."""
    return backprop(params, X.T, Y.T, lambda y, t: np.sum((y - t) ** 2) * (y - t))[0]
