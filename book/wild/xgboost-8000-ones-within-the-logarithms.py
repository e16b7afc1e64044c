"""A reader misses the ones in the logarithms, which the function that is called adds."""

import numpy as np

SOURCE = "https://github.com/dmlc/xgboost/issues/8000"
THREAD = "dmlc/xgboost #8000"
DATE = "2022-06"
KIND = "right"
FORMULA = r"\partial \ell / \partial a = \frac{\mathrm{log1p}(a) - \mathrm{log1p}(y)}{a + 1}"
RIGHT = (
    r"\partial \ell / \partial a = \frac{\log(a + 1) - \log(y + 1)}{a + 1},\; \ell = \tfrac12 "
    r"\bigl(\log(a + 1) - \log(y + 1)\bigr)^2"
)
READ = "code"
LAYER = []
NAMES = []
NET = None  # a squared logarithmic error
BLOCKS = ["W[1]", "b[1]"]
SAMPLES = 9
LAM = 0.0


def start(rng):
    return {"w": 1 + rng.random(3), "b": 1 + rng.random(1)}


def data(rng):
    """Everything is positive, and so is what is predicted."""
    return rng.random((SAMPLES, 3)), 5 * rng.random(SAMPLES)


def predt(params, X):
    return X @ params["w"] + params["b"]


def cost(params, X, Y):
    return 0.5 * np.sum((np.log1p(predt(params, X)) - np.log1p(Y)) ** 2) / len(X)


def grad(params, X, Y):
    a = predt(params, X)
    slopes = (np.log1p(a) - np.log1p(Y)) / (a + 1) / len(X)
    return {"w": slopes @ X, "b": np.array([slopes.sum()])}


repaired = grad
