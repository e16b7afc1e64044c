"""The gradient by the dispersions' coefficients has the design twice, once with a gene for a column."""

import numpy as np

SOURCE = "https://github.com/theislab/batchglm/commit/90143eb"
THREAD = "theislab/batchglm 90143eb"
DATE = "2022-07"
KIND = "gradient"
FORMULA = r"\partial C / \partial b_{kf} = -\sum_o x_{ok}\, x_{of}\, w_{of}"
RIGHT = (
    r"\partial C / \partial b_{kf} = -\sum_o x_{ok}\, w_{of},\; w = r\, \partial \ell / \partial r,\; r = e^{X b},\; "
    r"C = -\sum_{of} \ell(y_{of}; \mu_{of}, r_{of})"
)
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = []
FEATURES = 3  # as many genes as the design has columns: with other numbers it raises
NET = None  # a negative binomial regression
BLOCKS = ["theta_location[1]", "theta_scale[1]"]
SAMPLES = 8
LAM = 0.0


def start(rng):
    """Of each gene the coefficients of its mean and of its dispersion."""
    return {
        "theta_location": 0.4 * rng.standard_normal((3, FEATURES)),
        "theta_scale": 0.4 * rng.standard_normal((3, FEATURES)),
    }


def data(rng):
    """Counts; the design has a column of ones, one of zeros and ones, and one of numbers."""
    design = np.column_stack([np.ones(SAMPLES), np.arange(SAMPLES) % 2, rng.standard_normal(SAMPLES)])
    return design, rng.integers(0, 6, (SAMPLES, FEATURES))


def location_and_scale(params, X):
    return np.exp(X @ params["theta_location"]), np.exp(X @ params["theta_scale"])


def cost(params, X, Y):
    """The logarithm of each count's factorial does not depend on the parameters."""
    location, scale = location_and_scale(params, X)
    total = 0.0
    for x, loc, r in zip(Y.ravel(), location.ravel(), scale.ravel()):
        total += sum(np.log(r + k) for k in range(x))
        total += r * np.log(r / (r + loc)) + x * np.log(loc / (r + loc))
    return -total


def jac_weight_scale(location, scale, Y):
    """A difference of two digamma functions is a sum, since counts are whole numbers."""
    digamma = np.array([[sum(1 / (r + k) for k in range(x)) for x, r in zip(*row)] for row in zip(Y, scale)])
    const = np.log(scale / (scale + location)) + 1 - (Y + scale) / (scale + location)
    return scale * (digamma + const)


def jac_location(params, X, Y):
    location, scale = location_and_scale(params, X)
    w = location * scale / (scale + location)
    ybar = (Y - location) / location
    return np.einsum("fob,of->fb", np.einsum("ob,of->fob", X, w), ybar)


def jac_scale(params, X, Y):
    w = jac_weight_scale(*location_and_scale(params, X), Y)
    xh = X
    return np.einsum("fob,of->fb", np.einsum("ob,of->fob", xh, w), xh)


def jac_scale_repaired(params, X, Y):
    w = jac_weight_scale(*location_and_scale(params, X), Y)
    xh = X
    return w.transpose() @ xh


def grad(params, X, Y):
    return {"theta_location": -jac_location(params, X, Y).T, "theta_scale": -jac_scale(params, X, Y).T}


def repaired(params, X, Y):
    return {"theta_location": -jac_location(params, X, Y).T, "theta_scale": -jac_scale_repaired(params, X, Y).T}
