"""The forward mode's hyperbolic cosine has a minus in its derivative, as the cosine has."""

import numpy as np

SOURCE = "https://github.com/adeeconometrics/AutoDiff/commit/a6d4a59"
THREAD = "adeeconometrics/AutoDiff a6d4a59"
DATE = "2024-06"
KIND = "gradient"
GROUP = "slope"
FORMULA = r"\dot y = -\sinh(x)\, \dot x,\; y = \cosh x"
RIGHT = r"\dot y = \sinh(x)\, \dot x,\; y = \cosh x"
READ = "code"
LAYER = [1]
NAMES = [{"formula"}, {"line"}]
NET = None  # numbers that carry a derivative each through the operations, here those of a robust regression, made up
BLOCKS = ["w[1]", "b[1]"]
SAMPLES = 8
LAM = 0.0


def start(rng):
    return [rng.standard_normal(3), rng.standard_normal(1)]


def data(rng):
    X = rng.standard_normal((SAMPLES, 3))
    return X, X @ [0.5, -1.0, 0.8] + 0.4 * rng.standard_normal(SAMPLES)


class FSym:
    right = False

    def __init__(self, value, dot=0.0):
        self.value, self.dot = value, dot

    def __add__(self, rhs):
        return FSym(self.value + rhs.value, self.dot + rhs.dot)

    def __sub__(self, rhs):
        return FSym(self.value - rhs.value, self.dot - rhs.dot)

    def __mul__(self, rhs):
        return FSym(self.value * rhs.value, self.dot * rhs.value + self.value * rhs.dot)


def ln(rhs):
    value = np.log(rhs.value)
    df = (1.0 / rhs.value) * rhs.dot
    return FSym(value, df)


def cosh(rhs):
    value = np.cosh(rhs.value)
    if FSym.right:
        df = np.sinh(rhs.value) * rhs.dot
    else:
        df = -np.sinh(rhs.value) * rhs.dot
    return FSym(value, df)


def log_cosh(w, b, X, Y):
    """Each residual's ln(cosh(r)), and a small pull towards zero."""
    total = FSym(0.0)
    for x, y in zip(X, Y, strict=True):
        residual = b - FSym(y)
        for w_i, x_i in zip(w, x, strict=True):
            residual = residual + w_i * FSym(x_i)
        total = total + ln(cosh(residual))
    for w_i in w:
        total = total + FSym(0.1) * w_i * w_i
    return total


def symbols(params, seed=None):
    """One number at a time has a derivative of 1.0."""
    flat = [FSym(v, float(i == seed)) for i, v in enumerate(np.concatenate(params))]
    return flat[:-1], flat[-1]


def cost(params, X, Y):
    return log_cosh(*symbols(params), X, Y).value


def forward_mode(params, X, Y, right):
    FSym.right = right
    dots = np.array([log_cosh(*symbols(params, seed), X, Y).dot for seed in range(4)])
    return [dots[:3], dots[3:]]


def grad(params, X, Y):
    return forward_mode(params, X, Y, False)


def repaired(params, X, Y):
    return forward_mode(params, X, Y, True)
