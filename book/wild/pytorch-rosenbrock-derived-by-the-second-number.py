"""The Rosenbrock function's derivative by its second number has a factor x that belongs to the first."""

import numpy as np

SOURCE = "https://github.com/pytorch/pytorch/pull/3881"
THREAD = "pytorch/pytorch PR #3881"
DATE = "2017-11"
KIND = "gradient"
GROUP = "slope"
FORMULA = r"\partial f / \partial y = 200\, x\, (y - x^2)"
RIGHT = r"\partial f / \partial y = 200\, (y - x^2)"
READ = "code"
LAYER = [1]
NAMES = []
NET = None  # a test function for optimisers
BLOCKS = ["params[1]"]
SAMPLES = 1
LAM = 0.0


def start(rng):
    """Three points of the plane, each of which is moved by itself."""
    return np.array([[1.5, 1.5], [-0.7, 0.9], [0.4, -0.3]]) + rng.uniform(-0.1, 0.1, (3, 2))


def data(rng):
    return np.zeros((1, 1)), np.zeros((1, 1))


def rosenbrock(tensor):
    x, y = tensor
    return (1 - x) ** 2 + 100 * (y - x**2) ** 2


def drosenbrock(tensor):
    x, y = tensor
    return np.array((-400 * x * (y - x**2) - 2 * (1 - x), 200 * x * (y - x**2)))


def drosenbrock_new(tensor):
    x, y = tensor
    return np.array((-400 * x * (y - x**2) - 2 * (1 - x), 200 * (y - x**2)))


def cost(params, X, Y):
    loss = 0.0
    for tensor in params:
        loss = loss + rosenbrock(tensor)
    return loss


def backward(derivative, params):
    grad = np.zeros_like(params)
    for i in range(len(params)):
        grad[i] = derivative(params[i])
    return grad


def grad(params, X, Y):
    return backward(drosenbrock, params)


def repaired(params, X, Y):
    return backward(drosenbrock_new, params)
