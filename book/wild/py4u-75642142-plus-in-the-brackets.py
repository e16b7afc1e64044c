"""Without brackets around the line, its intercept is added to the target's difference instead of being subtracted."""

import numpy as np

SOURCE = "https://py4u.org/questions/75642142/"
THREAD = "parameter b diverges when calculating gradient descent for linear regression, Stack Overflow, read in a copy"
DATE = ""
KIND = "gradient"
FORMULA = (
    r"\partial C / \partial w = -\tfrac2n \textstyle\sum_i x_i (y_i - w x_i + b),\; "
    r"\partial C / \partial b = -\tfrac2n \sum_i (y_i - w x_i + b)"
)
RIGHT = (
    r"\partial C / \partial w = -\tfrac2n \textstyle\sum_i x_i (y_i - (w x_i + b)),\; "
    r"\partial C / \partial b = -\tfrac2n \sum_i (y_i - (w x_i + b))"
)
READ = "code"
GROUP = "down"
LAYER = [1]
NAMES = []
NET = dict(sizes=(1, 1), output="identity", loss="mse")
SAMPLES = 7
LAM = 0.0


def start(rng):
    return {"w": rng.standard_normal(1), "b": rng.standard_normal(1)}


def data(rng):
    return rng.standard_normal((SAMPLES, 1)), rng.standard_normal((SAMPLES, 1))


def cost(params, X, Y):
    w, b = params["w"][0], params["b"][0]
    x, y = X[:, 0], Y[:, 0]
    n = len(x)
    total = 0.0
    for i in range(n):
        total += (y[i] - (w * x[i] + b)) ** 2 / n
    return total


def gradient_descent(params, x, y):
    """Steps divided by the rate, all taken at one place."""
    w, b = params["w"][0], params["b"][0]
    n = len(x)
    all_w, all_b = 0.0, 0.0
    for i in range(n):
        new_w = (-2 * x[i] * (y[i] - w * x[i] + b)) / n
        new_b = (-2 * (y[i] - w * x[i] + b)) / n
        all_w += new_w
        all_b += new_b
    return {"w": np.array([all_w]), "b": np.array([all_b])}


def repaired_gradient_descent(params, x, y):
    w, b = params["w"][0], params["b"][0]
    n = len(x)
    all_w, all_b = 0.0, 0.0
    for i in range(n):
        new_w = (-2 * x[i] * (y[i] - (w * x[i] + b))) / n
        new_b = (-2 * (y[i] - (w * x[i] + b))) / n
        all_w += new_w
        all_b += new_b
    return {"w": np.array([all_w]), "b": np.array([all_b])}


def grad(params, X, Y):
    return gradient_descent(params, X[:, 0], Y[:, 0])


def repaired(params, X, Y):
    return repaired_gradient_descent(params, X[:, 0], Y[:, 0])
