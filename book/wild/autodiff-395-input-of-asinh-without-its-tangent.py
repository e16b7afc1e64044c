"""Behind an inverse hyperbolic sine the derivative of what stands within it is lost, and with it the inputs."""

import numpy as np

SOURCE = "https://github.com/autodiff/autodiff/issues/395"
THREAD = "autodiff/autodiff #395"
DATE = "2026-04"
KIND = "gradient"
FORMULA = (
    r"\partial C / \partial w_j = \tfrac1m \textstyle\sum_i (a_i - y_i)\, / \sqrt{1 + z_i^2},\; a = "
    r"\mathrm{arsinh}\, z"
)
RIGHT = (
    r"\partial C / \partial w_j = \tfrac1m \textstyle\sum_i (a_i - y_i)\, x_{i,j} / \sqrt{1 + z_i^2},\; a = "
    r"\mathrm{arsinh}\, z"
)
READ = "discussion"
GROUP = "blocks"
LAYER = [1]
NAMES = []
NET = None  # one unit with an inverse hyperbolic sine
BLOCKS = ["w[1]", "b[1]"]
SAMPLES = 9
LAM = 0.0


def start(rng):
    return {"w": rng.standard_normal(3), "b": rng.standard_normal(1)}


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.standard_normal(SAMPLES)


def scores(params, X):
    return X @ params["w"] + params["b"]


def cost(params, X, Y):
    return 0.5 * np.sum((np.arcsinh(scores(params, X)) - Y) ** 2) / len(X)


def backward(params, X, Y, right):
    z = scores(params, X)
    d = (np.arcsinh(z) - Y) / np.sqrt(1 + z * z) / len(X)
    tangents = X if right else np.ones_like(X)
    return {"w": d @ tangents, "b": np.array([d.sum()])}


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
