"""The gradient of a clamp looks at the smaller of the input and the lower bound, where the larger one is meant."""

import numpy as np

SOURCE = "https://github.com/LuisaGroup/LuisaCompute/issues/203"
THREAD = "LuisaGroup/LuisaCompute #203"
DATE = "2025-08"
KIND = "gradient"
FORMULA = (
    r"\partial a / \partial z = [\min(z, l) < u]\, [z > l],\; \partial a / \partial u = [\min(z, l) \ge u],\; "
    r"a = \min(\max(z, l), u)"
)
RIGHT = r"\partial a / \partial z = [\max(z, l) < u]\, [z > l],\; \partial a / \partial u = [\max(z, l) \ge u]"
READ = "code"
GROUP = "slope"
LAYER = [1, 2]
NAMES = []
SIZES = (3, 4)
NET = None  # a clamp with bounds that are learnt
BLOCKS = ["W[1]", "b[1]", "bounds[2]"]
SAMPLES = 8
LAM = 0.0


def start(rng):
    return [rng.standard_normal(SIZES), rng.standard_normal(SIZES[1]), np.array([-0.5, 0.5])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.standard_normal((SAMPLES, SIZES[1]))


def minimum(a, b):
    return np.where(a.real < b.real, a, b)


def maximum(a, b):
    return np.where(a.real > b.real, a, b)


def forward(params, X):
    W, b, (low, high) = params
    z = X @ W + b
    return z, minimum(maximum(z, low), high)


def cost(params, X, Y):
    return 0.5 * np.sum((forward(params, X)[1] - Y) ** 2) / len(X)


def backward_select(p, out_grad):
    return np.where(p, out_grad, 0.0), np.where(p, 0.0, out_grad)


def backward_min(a, b, out_grad):
    return backward_select(a < b, out_grad)


def backward_max(a, b, out_grad):
    return backward_select(a > b, out_grad)


def backward_clamp(x, a, b, out_grad):
    # clamp(x, a, b) = min(max(x, a), b)
    min_x_a = minimum(x, a)
    max_grad, b_grad = backward_min(min_x_a, b, out_grad)
    x_grad, a_grad = backward_max(x, a, max_grad)
    return x_grad, a_grad, b_grad


def repaired_backward_clamp(x, a, b, out_grad):
    # clamp(x, a, b) = min(max(x, a), b)
    max_x_a = maximum(x, a)
    max_grad, b_grad = backward_min(max_x_a, b, out_grad)
    x_grad, a_grad = backward_max(x, a, max_grad)
    return x_grad, a_grad, b_grad


def backward(params, X, Y, clamp_rule):
    z, out = forward(params, X)
    z_grad, low_grad, high_grad = clamp_rule(z, *params[2], (out - Y) / len(X))
    return [X.T @ z_grad, z_grad.sum(0), np.array([low_grad.sum(), high_grad.sum()])]


def grad(params, X, Y):
    return backward(params, X, Y, backward_clamp)


def repaired(params, X, Y):
    return backward(params, X, Y, repaired_backward_clamp)
