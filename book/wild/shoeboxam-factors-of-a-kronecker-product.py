"""A Kronecker product has its factors the wrong way round for a matrix by rows, and a slope has lost its scale."""

import numpy as np

SOURCE = "https://github.com/Shoeboxam/Neural_Network/commit/1995cea"
THREAD = "Shoeboxam/Neural_Network 1995cea"
DATE = "2017-03"
KIND = "gradient"
FORMULA = (
    r"\partial C / \partial \operatorname{vec} W^l = \tfrac1m \textstyle\sum_i \delta^{l\top}_i"
    r" \bigl((a^{l-1}_i)^\top \otimes I\bigr),\; f'(z) = \sigma'(z),\; f(z) = \tau\, \sigma(z / \tau)"
)
RIGHT = (
    r"\partial C / \partial \operatorname{vec} W^l = \tfrac1m \textstyle\sum_i \delta^{l\top}_i"
    r" \bigl(I \otimes (a^{l-1}_i)^\top\bigr),\; f'(z) = \sigma'(z / \tau)"
)
READ = "code"
GROUP = "blocks"
LAYER = [1, 2]
NAMES = []
SIZES = (2, 4, 3)
NET = None  # sigmoids with another scale, and no biases
BLOCKS = ["W[1]", "W[2]"]
SAMPLES = 6
LAM = 0.0

TAU = 0.5


def basis_sigmoid(x):
    return TAU * (1 + np.exp(-x / TAU)) ** -1


def basis_sigmoid_prime(x, right):
    if right:
        return np.exp(x / TAU) / (np.exp(x / TAU) + 1) ** 2
    return np.exp(x) / (np.exp(x) + 1) ** 2


def delta_linear_prime(O, P):
    return -2 * np.transpose(O - P)


def start(rng):
    return [rng.uniform(-1, 1, (k, n)) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.standard_normal((SAMPLES, SIZES[-1]))


def evaluate(weights, stimulus, depth=None):
    for W in weights[: len(weights) if depth is None else depth]:
        stimulus = basis_sigmoid(W @ stimulus)
    return stimulus


def cost(params, X, Y):
    return sum(np.sum((expect - evaluate(params, stimulus)) ** 2) for stimulus, expect in zip(X, Y)) / len(X)


def train(params, X, Y, right):
    """The author draws one stimulus in each step and divides by their number; here all of them."""
    weights = [*params, np.eye(SIZES[-1])]  # the last is a dummy for the output
    total = [np.zeros_like(W) for W in params]
    for stimulus, expect in zip(X, Y):
        dr_dr = np.eye(SIZES[-1])
        for layer in reversed(range(len(weights) - 1)):
            below, units = evaluate(params, stimulus, depth=layer), np.identity(len(weights[layer]))
            dr_dWvec = np.kron(units, below) if right else np.kron(below, units)
            r = weights[layer] @ below
            dr_dr = dr_dr @ weights[layer + 1] @ np.diag(basis_sigmoid_prime(r, right))
            dln_dr = delta_linear_prime(expect, evaluate(params, stimulus)) / len(X)
            dln_dWvec = dln_dr @ dr_dr @ dr_dWvec
            total[layer] += np.reshape(dln_dWvec, np.shape(weights[layer]))
    return total


def grad(params, X, Y):
    return train(params, X, Y, right=False)


def repaired(params, X, Y):
    return train(params, X, Y, right=True)
