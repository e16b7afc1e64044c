"""A model whose outputs are multiples of its parameters hands out slopes of one for all of them."""

import numpy as np

SOURCE = "https://github.com/pints-team/pints/commit/846b5b6c"
THREAD = "pints-team/pints 846b5b6"
DATE = "2020-05"
KIND = "gradient"
FORMULA = r"\partial f_j / \partial p_j = 1,\; f_j = j\, p_j"
RIGHT = r"\partial f_j / \partial p_j = j,\; f_j = j\, p_j"
READ = "code"
GROUP = "factor"
LAYER = [1]
NAMES = []
OUTPUTS = 3
NET = None  # a model of constants
BLOCKS = ["parameters[1]"]
SAMPLES = 6
LAM = 0.0


def start(rng):
    return rng.standard_normal(OUTPUTS)


def data(rng):
    """The times, of which the outputs take no notice, and what was measured then."""
    return np.arange(1.0, SAMPLES + 1)[:, None], rng.standard_normal((SAMPLES, OUTPUTS))


def cost(params, X, Y):
    return np.sum((np.arange(1, OUTPUTS + 1) * params - Y) ** 2)


def backward(params, X, Y, right):
    multiples = np.arange(1, OUTPUTS + 1)
    errors = 2 * np.sum(multiples * params - Y, axis=0)
    return errors * (multiples if right else 1)


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
