"""A reader finds another slope of a ranking loss, which is the same one with its fraction expanded."""

import numpy as np

SOURCE = "https://github.com/princeton-vl/relative_depth/issues/6"
THREAD = "princeton-vl/relative_depth #6"
DATE = "2019-01"
KIND = "right"
FORMULA = r"\partial \ell / \partial z_A = -\frac{e^{-(z_A - z_B)}}{1 + e^{-(z_A - z_B)}}"
RIGHT = r"\partial \ell / \partial z_A = -\frac{1}{1 + e^{z_A - z_B}},\; \ell = \log(1 + e^{-(z_A - z_B)})"
READ = "code"
LAYER = []
NAMES = []
INPUTS = 3
NET = None  # a ranking loss
BLOCKS = ["w[1]", "v[2]"]
SAMPLES = 8
LAM = 0.0


def start(rng):
    return [rng.standard_normal((INPUTS, 4)), rng.standard_normal(4)]


def data(rng):
    """Two points in a row, and which of them is further away, or zero for about the same depth."""
    relations = np.array([1.0, -1.0, 0.0])[np.arange(SAMPLES) % 3]
    return rng.standard_normal((SAMPLES, 2 * INPUTS)), relations[:, None]


def loss_func(z_A, z_B, ground_truth):
    if ground_truth == 0:
        return (z_A - z_B) ** 2
    return np.log(1 + np.exp(-ground_truth * (z_A - z_B)))


def grad_loss_func(z_A, z_B, ground_truth):
    if ground_truth == 0:
        grad_A = 2 * (z_A - z_B)
        return grad_A, -grad_A
    denominator = np.exp(ground_truth * (z_A - z_B)) + 1
    return -ground_truth / denominator, ground_truth / denominator


def depths(params, points):
    hidden = np.tanh(points @ params[0])
    return hidden, hidden @ params[1]


def cost(params, X, Y):
    pairs = zip(depths(params, X[:, :INPUTS])[1], depths(params, X[:, INPUTS:])[1], Y[:, 0])
    return sum(loss_func(*pair) for pair in pairs) / len(X)


def grad(params, X, Y):
    points = X[:, :INPUTS], X[:, INPUTS:]
    (hidden_A, z_A), (hidden_B, z_B) = (depths(params, p) for p in points)
    to_z = np.array([grad_loss_func(*pair) for pair in zip(z_A, z_B, Y[:, 0])]).T / len(X)
    to_w, to_v = np.zeros_like(params[0]), np.zeros_like(params[1])
    for p, hidden, g in zip(points, (hidden_A, hidden_B), to_z):
        to_v += hidden.T @ g
        to_w += p.T @ (np.outer(g, params[1]) * (1 - hidden**2))
    return [to_w, to_v]


repaired = grad
