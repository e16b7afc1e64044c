"""The error points uphill, and what a layer hands down has been divided by the samples once more, as the biases are."""

import numpy as np

SOURCE = "https://github.com/niklas-rittmann/Go-Neural/commit/b8bef2f"
THREAD = "niklas-rittmann/Go-Neural b8bef2f"
DATE = "2023-04"
KIND = "gradient"
FORMULA = (
    r"\partial C / \partial a^2 = 2\, (y - a^2),\; \delta^l = \tfrac1m\, \partial C / \partial a^l \odot f'(z^l),\; "
    r"\partial C / \partial W^l = \textstyle\sum_i \delta^l_i (a^{l-1}_i)^\top,\; "
    r"\partial C / \partial b^l = \tfrac1m \sum_i \delta^l_i"
)
RIGHT = (
    r"\partial C / \partial a^2 = 2\, (a^2 - y),\; \delta^l = \partial C / \partial a^l \odot f'(z^l),\; "
    r"\partial C / \partial W^l = \tfrac1m \textstyle\sum_i \delta^l_i (a^{l-1}_i)^\top,\; "
    r"\partial C / \partial b^l = \tfrac1m \sum_i \delta^l_i"
)
READ = "code"
GROUP = "factor"
LAYER = [1, 2]
NAMES = []
SIZES = (2, 5, 1)
NET = dict(sizes=SIZES, hidden="relu", output="sigmoid", loss="mse")
SAMPLES = 6
LAM = 0.0


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


ACTIVATIONS = [
    (lambda z: z * (z.real > 0), lambda z: (z > 0) * 1.0),
    (sigmoid, lambda z: sigmoid(z) * (1 - sigmoid(z))),
]


def start(rng):
    return [(rng.standard_normal((k, n)), rng.standard_normal((k, 1))) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    """Each sample is a column."""
    return rng.standard_normal((SIZES[0], SAMPLES)), rng.uniform(size=(1, SAMPLES))


def forward(params, x):
    cache, a_curr = [], x
    for (weights, bias), (activation, _) in zip(params, ACTIVATIONS):
        a_prev = a_curr
        z_curr = weights @ a_prev + bias
        a_curr = activation(z_curr)
        cache.append((a_prev, z_curr))
    return a_curr, cache


def cost(params, X, Y):
    return np.sum((forward(params, X)[0] - Y) ** 2) / X.shape[1]


def single_layer_backward(da_curr, weights, derivative, a, z, right):
    y = da_curr.shape[1]
    dz_curr = da_curr * derivative(z)
    if right:
        dw_curr = dz_curr @ a.T * (1.0 / y)
    else:
        dz_curr = dz_curr * (1.0 / y)
        dw_curr = dz_curr @ a.T
    db_curr = dz_curr.sum(1, keepdims=True) * (1.0 / y)
    da_prev = weights.T @ dz_curr
    return da_prev, (dw_curr, db_curr)


def backward(params, X, Y, right):
    y_hat, cache = forward(params, X)
    da_prev = 2.0 * ((y_hat - Y) if right else (Y - y_hat))
    derivs = [None, None]
    for layer_idx in (1, 0):
        da_curr = da_prev
        a, z = cache[layer_idx]
        da_prev, derivs[layer_idx] = single_layer_backward(
            da_curr, params[layer_idx][0], ACTIVATIONS[layer_idx][1], a, z, right
        )
    return derivs


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
