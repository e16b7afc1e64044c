"""A mean squared error squares twice, beside the derivative of one square."""

import numpy as np

SOURCE = "https://github.com/haakon8855/deep-neural-network-library/commit/302c8c9"
THREAD = "haakon8855/deep-neural-network-library 302c8c9"
DATE = "2022-01"
KIND = "cost"
FORMULA = r"C = \tfrac1m \textstyle\sum_i \tfrac1K \sum_k (a_{i,k} - y_{i,k})^4"
RIGHT = r"C = \tfrac1m \textstyle\sum_i \tfrac1K \sum_k (a_{i,k} - y_{i,k})^2"
READ = "code"
LAYER = [1, 2]
NAMES = [{"another-cost"}]
SIZES = (3, 4, 2)
NET = dict(sizes=SIZES, hidden="sigmoid", output="sigmoid", loss="mse")
SAMPLES = 7
LAM = 0.0


def start(rng):
    return {
        "weights": [rng.standard_normal((n, k)) for n, k in zip(SIZES, SIZES[1:])],
        "biases": [rng.standard_normal((k, 1)) for k in SIZES[1:]],
    }


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.uniform(size=(SAMPLES, SIZES[-1]))


def mse(value, target):
    return np.square((value - target) ** 2).mean()


def forward_pass(params, values):
    outputs = [values]
    for weights, biases in zip(params["weights"], params["biases"]):
        outputs.append(1 / (1 + np.exp(-(np.einsum("ij,kj->ki", weights.T, outputs[-1]) + biases.reshape(1, -1)))))
    return outputs


def cost(params, X, Y):
    return mse(forward_pass(params, X)[-1], Y)


def meant(params, X, Y):
    return np.square(forward_pass(params, X)[-1] - Y).mean()


def mse_der(value, target):
    return (value - target) * (2 / value.shape[1])


def backward_pass(params, X, j_l_z):
    outputs = forward_pass(params, X)
    deltas = {"weights": [], "biases": []}
    for l in range(len(params["weights"]) - 1, -1, -1):
        derivative = outputs[l + 1] * (1 - outputs[l + 1])
        j_z_w = np.einsum("ij,ik->ijk", outputs[l], derivative)
        j_z_y = np.eye(derivative.shape[1]) * derivative[:, np.newaxis, :] @ params["weights"][l].T
        deltas["weights"].insert(0, (j_l_z[:, np.newaxis, :] * j_z_w).mean(axis=0))
        deltas["biases"].insert(0, (j_l_z * derivative).mean(axis=0).reshape(-1, 1))
        j_l_z = np.einsum("ij,ijk->ik", j_l_z, j_z_y)
    return deltas


def grad(params, X, Y):
    return backward_pass(params, X, mse_der(forward_pass(params, X)[-1], Y))


def repaired(params, X, Y):
    """The gradient of the cost as it is."""
    value = forward_pass(params, X)[-1]
    return backward_pass(params, X, 4 * (value - Y) ** 3 / value.shape[1])
