"""The lower border of a tube in which errors do not count has no minus, and so errors in the tube count too."""

import numpy as np

SOURCE = "https://github.com/scikit-learn/scikit-learn/issues/6728"
THREAD = "scikit-learn/scikit-learn #6728, PR #6764"
DATE = "2016-04"
KIND = "gradient"
FORMULA = (
    r"\partial \ell / \partial a = -2\, (e - \varepsilon) \text{ where } e > \varepsilon,\; \partial \ell "
    r"/ \partial a = -2\, (e + \varepsilon) \text{ where } e < \varepsilon,\; e = y - a"
)
RIGHT = (
    r"\partial \ell / \partial a = -2\, (e - \varepsilon) \text{ where } e > \varepsilon,\; \partial \ell "
    r"/ \partial a = -2\, (e + \varepsilon) \text{ where } e < -\varepsilon,\; e = y - a"
)
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = []
NET = None  # a squared loss with a tube
BLOCKS = ["W[1]", "b[1]"]
SAMPLES = 12
LAM = 0.0

EPSILON = 0.8


def start(rng):
    return {"coef": rng.standard_normal((3, 1)), "intercept": rng.standard_normal(1)}


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.standard_normal((SAMPLES, 1))


def cost(params, X, Y):
    z = Y - (X @ params["coef"] + params["intercept"])
    beyond = np.where(z.real > EPSILON, z - EPSILON, np.where(z.real < -EPSILON, z + EPSILON, 0))
    return np.sum(beyond**2) / len(X)


def dloss(z, lower):
    return np.where(z > EPSILON, -2 * (z - EPSILON), np.where(z < lower, 2 * (-z - EPSILON), 0))


def backward(params, X, Y, right):
    z = Y - (X @ params["coef"] + params["intercept"])
    d = dloss(z, -EPSILON if right else EPSILON) / len(X)
    return {"coef": X.T @ d, "intercept": d.sum(0)}


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
