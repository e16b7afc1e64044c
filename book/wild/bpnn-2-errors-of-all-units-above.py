"""A reader takes the sum over the units above, with each one's weight to this unit, for a sum over the wrong index."""

import numpy as np

SOURCE = "https://github.com/Lupino/bpnn/issues/2"
THREAD = "Lupino/bpnn #2"
DATE = "2020-12"
KIND = "right"
FORMULA = r"\delta^1_j = \tanh'(z^1_j) \textstyle\sum_k W^2_{kj}\, \delta^2_k"
RIGHT = r"\delta^1 = (W^2)^\top \delta^2 \odot \tanh'(z^1)"
READ = "code"
LAYER = []
NAMES = []
SIZES = (4, 3, 2)
NET = dict(sizes=SIZES, hidden="tanh", output="tanh", loss="half_squared")  # no biases
SAMPLES = 7
LAM = 0.0


def start(rng):
    """A vector of weights for each unit; the thresholds are numbers."""
    return {"hidden": rng.standard_normal((3, 4)), "output": rng.standard_normal((2, 3))}


def data(rng):
    """A one stands for the bias in the inputs."""
    return np.c_[rng.standard_normal((SAMPLES, 3)), np.ones(SAMPLES)], rng.uniform(-0.8, 0.8, (SAMPLES, 2))


def calc(params, X):
    h = np.tanh(X @ params["hidden"].T)
    return h, np.tanh(h @ params["output"].T)


def cost(params, X, Y):
    return 0.5 * np.sum((calc(params, X)[-1] - Y) ** 2) / len(X)


def get_error(weights, deltas):
    """Unit by unit of the layer below, summed over the units of this layer."""
    return np.array([sum(delta * unit[j] for delta, unit in zip(deltas.T, weights)) for j in range(weights.shape[1])]).T


def grad(params, X, Y):
    h, out = calc(params, X)
    deltas = (out - Y) * (1 - out**2) / len(X)
    below = get_error(params["output"], deltas) * (1 - h**2)
    return {"hidden": below.T @ X, "output": deltas.T @ h}


repaired = grad
