"""The gradient of a Huber loss is written with the label minus the prediction, and the errors grow."""

import numpy as np

SOURCE = "https://github.com/dmlc/xgboost/issues/2602"
THREAD = "dmlc/xgboost #2602"
DATE = "2017-08"
KIND = "gradient"
FORMULA = (
    r"\partial C / \partial a = r\ \text{where}\ \vert r \vert \le \delta,\; \delta\, \mathrm{sign}\, r\ "
    r"\text{elsewhere},\; r = y - a"
)
RIGHT = (
    r"\partial C / \partial a = -r\ \text{where}\ \vert r \vert \le \delta,\; -\delta\, \mathrm{sign}\, r\ "
    r"\text{elsewhere},\; r = y - a"
)
READ = "code"
GROUP = "factor"
LAYER = [1]
NAMES = [{"sign"}]
DELTA = 1.0
NET = None  # a Huber loss
BLOCKS = ["theta[1]"]
SAMPLES = 9
LAM = 0.0


def start(rng):
    return rng.standard_normal(4)


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), 2 * rng.standard_normal(SAMPLES)


def residuals(theta, X, Y):
    return Y - (X @ theta[:3] + theta[3])


def cost(theta, X, Y):
    r = residuals(theta, X, Y)
    far = abs(r.real) > DELTA
    return np.sum(np.where(far, DELTA * (r * np.sign(r.real) - DELTA / 2), r * r / 2)) / len(X)


def backward(theta, X, Y, right):
    r = residuals(theta, X, Y)
    g = np.where(abs(r) > DELTA, np.sign(r) * DELTA, r) / len(X)
    found = np.append(g @ X, g.sum())
    return -found if right else found


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
