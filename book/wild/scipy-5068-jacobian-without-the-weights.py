"""A fit weighs its residuals by their uncertainties, and takes the Jacobian that it is given without these weights."""

import numpy as np

SOURCE = "https://github.com/scipy/scipy/issues/5068"
THREAD = "scipy/scipy #5068"
DATE = "2015-07"
KIND = "gradient"
FORMULA = r"\partial C / \partial p = \textstyle\sum_i \frac{1}{\sigma_i} (f_i - y_i)\, \partial f_i / \partial p"
RIGHT = (
    r"\partial C / \partial p = \textstyle\sum_i \frac{1}{\sigma_i^2} (f_i - y_i)\, \partial f_i / \partial p,\; "
    r"C = \tfrac12 \sum_i \bigl((f_i - y_i) / \sigma_i\bigr)^2"
)
READ = "code"
GROUP = "factor"
LAYER = [1]
NAMES = []
NET = None  # a fit of a curve
BLOCKS = ["params[1]"]
SAMPLES = 10
LAM = 0.0


def start(rng):
    return rng.uniform(0.5, 1.5, 2)


def data(rng):
    """Places; values, and how uncertain each is."""
    xdata = np.linspace(0, 2, SAMPLES)
    return xdata, np.stack([rng.standard_normal(SAMPLES), rng.uniform(0.2, 2, SAMPLES)])


def f(xdata, a, b):
    return a * np.exp(-b * xdata)


def Dfun(xdata, a, b):
    return np.stack([np.exp(-b * xdata), -a * xdata * np.exp(-b * xdata)], axis=1)


def weighted_general_function(params, xdata, ydata, function, weights):
    return weights * (function(xdata, *params) - ydata)


def cost(params, X, Y):
    ydata, sigma = Y
    return 0.5 * np.sum(weighted_general_function(params, X, ydata, f, 1.0 / sigma) ** 2)


def of_squares(params, X, Y, wrap):
    ydata, sigma = Y
    residuals = weighted_general_function(params, X, ydata, f, 1.0 / sigma)
    return residuals @ wrap(Dfun, 1.0 / sigma)(X, *params)


def wrap_jac(jac, transform):
    return lambda xdata, *params: transform[:, None] * jac(xdata, *params)


def grad(params, X, Y):
    return of_squares(params, X, Y, lambda jac, transform: jac)


def repaired(params, X, Y):
    return of_squares(params, X, Y, wrap_jac)
