"""The gradient of a product over all entries is not multiplied by what comes down, so that a minus is lost."""

import numpy as np

SOURCE = "https://github.com/pytorch/pytorch/issues/995"
THREAD = "pytorch/pytorch #995"
DATE = "2017-03"
KIND = "gradient"
FORMULA = r"\partial C / \partial u_k = p / u_k,\; p = \textstyle\prod_j u_j"
RIGHT = r"\partial C / \partial u_k = g\, p / u_k,\; p = \textstyle\prod_j u_j,\; g = \partial C / \partial p"
READ = "discussion"
GROUP = "down"
LAYER = [1]
NAMES = [{"from-above-missing"}]
INPUTS, FACTORS = 3, 4
NET = None  # a product of units
BLOCKS = ["W[1]", "b[1]", "scale[2]"]
SAMPLES = 6
LAM = 0.0


def start(rng):
    return {
        "W": 0.5 * rng.standard_normal((INPUTS, FACTORS)),
        "b": 0.5 * rng.standard_normal(FACTORS),
        "scale": rng.standard_normal(1),
    }


def data(rng):
    return rng.standard_normal((SAMPLES, INPUTS)), rng.standard_normal(SAMPLES)


def forward(params, x):
    units = np.exp(x @ params["W"] + params["b"])
    return units, -params["scale"][0] * np.prod(units)


def cost(params, X, Y):
    return sum(0.5 * (forward(params, x)[1] - y) ** 2 for x, y in zip(X, Y)) / len(X)


def prod_backward(grad_output, units):
    return np.prod(units) / units


def repaired_prod_backward(grad_output, units):
    return grad_output * (np.prod(units) / units)


def backward(params, X, Y, of_product):
    grads = {name: np.zeros_like(values) for name, values in params.items()}
    for x, y in zip(X, Y):
        units, out = forward(params, x)
        e = (out - y) / len(X)
        grads["scale"] -= e * np.prod(units)
        z_grad = of_product(-params["scale"][0] * e, units) * units
        grads["W"] += np.outer(x, z_grad)
        grads["b"] += z_grad
    return grads


def grad(params, X, Y):
    return backward(params, X, Y, prod_backward)


def repaired(params, X, Y):
    return backward(params, X, Y, repaired_prod_backward)
