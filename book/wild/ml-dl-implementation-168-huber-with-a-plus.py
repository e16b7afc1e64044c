"""The derivative of a Huber loss is summed over the samples, and has the wrong sign where the error is large."""

import numpy as np

SOURCE = "https://github.com/RoboticsClubIITJ/ML-DL-implementation/pull/168"
THREAD = "RoboticsClubIITJ/ML-DL-implementation PR #168"
DATE = "2021-04"
KIND = "gradient"
FORMULA = (
    r"\partial C / \partial w = \textstyle\sum_i \bigl(-e_i\, [\vert e_i\vert \le 1] + "
    r"\mathrm{sign}(e_i)\, [\vert e_i\vert > 1]\bigr)\, x_i,\; e_i = y_i - a_i"
)
RIGHT = (
    r"\partial C / \partial w = -\frac1m \textstyle\sum_i \bigl(e_i\, [\vert e_i\vert \le 1] + "
    r"\mathrm{sign}(e_i)\, [\vert e_i\vert > 1]\bigr)\, x_i"
)
READ = "code"
GROUP = "factor"
LAYER = [1]
NAMES = []
NET = None  # a Huber loss
BLOCKS = ["W[1]"]
SAMPLES = 9
LAM = 0.0

DELTA = 1.0


def start(rng):
    """No bias."""
    return rng.standard_normal((3, 1))


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), 2 * rng.standard_normal((SAMPLES, 1))


def cost(params, X, Y):
    e = Y - X @ params
    modulus = e * np.sign(e.real)
    error = np.where(modulus.real <= DELTA, 0.5 * e**2, DELTA * (modulus - 0.5 * DELTA))
    return np.sum(error) / len(X)


def backward(params, X, Y, right):
    y_pred = X @ params
    der = np.zeros(3)
    for i in range(len(X)):
        e = (Y[i] - y_pred[i])[0]
        if abs(e) <= DELTA:
            der += -X[i] * e
        else:
            der += (-1 if right else 1) * DELTA * X[i] * e / abs(e)
    return der[:, None] / (len(X) if right else 1)


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
