"""The outer product of input and delta is the wrong way round: transposed, which fits a square matrix."""

import numpy as np

SOURCE = "https://github.com/iamtrask/Grokking-Deep-Learning/pull/22"
THREAD = "iamtrask/Grokking-Deep-Learning PR #22, #23, #71"
DATE = "2019-08"
KIND = "gradient"
FORMULA = r"\partial C / \partial W^1 = \frac1m \sum_i x_i (\delta^1_i)^\top"
RIGHT = r"\partial C / \partial W^1 = \frac1m \sum_i \delta^1_i x_i^\top"
READ = "code"
GROUP = "blocks"
LAYER = [1]
NAMES = [{"transposed-block"}]
# three inputs and three outputs, as in the book; no biases
NET = dict(sizes=(3, 3), hidden="identity", output="identity", loss="half_squared")
SAMPLES = 7
LAM = 0.0


def start(rng):
    return [rng.standard_normal((3, 3))]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.standard_normal((SAMPLES, 3))


def cost(params, X, Y):
    return 0.5 * np.sum((X @ params[0].T - Y) ** 2) / len(X)


def backward(params, X, Y, right):
    """Written for one sample; here the mean of a batch."""
    deltas = X @ params[0].T - Y
    outer = sum(np.outer(d, x) if right else np.outer(x, d) for x, d in zip(X, deltas))
    return [outer / len(X)]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
