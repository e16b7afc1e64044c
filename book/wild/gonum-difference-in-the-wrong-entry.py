"""In a test function for optimisers a difference goes to the third derivative and is missing in the second."""

import numpy as np

SOURCE = "https://github.com/gonum/gonum/commit/f47c24dd"
THREAD = "gonum/gonum f47c24dd"
DATE = "2015-04"
KIND = "gradient"
FORMULA = (
    r"\partial C / \partial x_2 = 2 (100 f_1 + 10 f_5),\; "
    r"\partial C / \partial x_3 = 2 (-180 f_3 x_3 - f_4 + 0.1 f_6)"
)
RIGHT = (
    r"\partial C / \partial x_2 = 2 (100 f_1 + 10 f_5 + 0.1 f_6),\; "
    r"\partial C / \partial x_3 = -2 (180 f_3 x_3 + f_4),\; f_1 = x_2 - x_1^2,\; f_3 = x_4 - x_3^2,\; "
    r"f_4 = 1 - x_3,\; f_5 = x_2 + x_4 - 2,\; f_6 = x_2 - x_4"
)
READ = "code"
GROUP = "blocks"
LAYER = [1]
NAMES = []
NET = None  # Wood's function
BLOCKS = ["x[1]"]
SAMPLES = 1
LAM = 0.0


def start(rng):
    """Near the minimum, where all four are one: elsewhere the difference is lost in large numbers."""
    return 1 + np.array([0.0, 0.2, 0.0, -0.2]) + 0.1 * rng.random(4)


def data(rng):
    """There are none."""
    return np.zeros((SAMPLES, 1)), np.zeros((SAMPLES, 1))


def parts(x):
    f1 = x[1] - x[0] * x[0]
    f2 = 1 - x[0]
    f3 = x[3] - x[2] * x[2]
    f4 = 1 - x[2]
    f5 = x[1] + x[3] - 2
    f6 = x[1] - x[3]
    return f1, f2, f3, f4, f5, f6


def cost(x, X, Y):
    f1, f2, f3, f4, f5, f6 = parts(x)
    return 100 * f1 * f1 + f2 * f2 + 90 * f3 * f3 + f4 * f4 + 10 * f5 * f5 + 0.1 * f6 * f6


def grad(x, X, Y):
    f1, f2, f3, f4, f5, f6 = parts(x)
    grad = np.zeros(4)
    grad[0] = -2 * (200 * f1 * x[0] + f2)
    grad[1] = 2 * (100 * f1 + 10 * f5)
    grad[2] = 2 * (-180 * f3 * x[2] - f4 + 0.1 * f6)
    grad[3] = 2 * (90 * f3 + 10 * f5 - 0.1 * f6)
    return grad


def repaired(x, X, Y):
    f1, f2, f3, f4, f5, f6 = parts(x)
    grad = np.zeros(4)
    grad[0] = -2 * (200 * f1 * x[0] + f2)
    grad[1] = 2 * (100 * f1 + 10 * f5 + 0.1 * f6)
    grad[2] = -2 * (180 * f3 * x[2] + f4)
    grad[3] = 2 * (90 * f3 + 10 * f5 - 0.1 * f6)
    return grad
