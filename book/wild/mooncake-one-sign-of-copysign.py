"""The derivative of a number that is given another's sign has that sign alone, and not the number's own."""

import numpy as np

SOURCE = "https://github.com/chalk-lab/Mooncake.jl/issues/1195"
THREAD = "chalk-lab/Mooncake.jl #1195, PR #1196"
DATE = "2026-06"
KIND = "gradient"
FORMULA = r"\partial c / \partial x = \operatorname{sign} y"
RIGHT = r"\partial c / \partial x = \operatorname{sign} x \cdot \operatorname{sign} y,\; c = |x| \operatorname{sign} y"
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = []
NET = None  # a linear function with another's sign
BLOCKS = ["w[1]", "b[1]"]
SAMPLES = 8
LAM = 0.0


def start(rng):
    return [rng.standard_normal(3), rng.standard_normal(1)]


def data(rng):
    """The last column is the number whose sign is copied."""
    return rng.standard_normal((SAMPLES, 4)), rng.standard_normal(SAMPLES)


class CoDual:
    def __init__(self, primal, fdata=None):
        self.primal, self.fdata = primal, fdata


def rrule_copysign_float(x, y):
    _x, _y = x.primal, y.primal

    def copysign_float_pullback(dz):
        return None, dz * np.sign(_y), 0.0

    z = np.copysign(_x, _y)
    return CoDual(z), copysign_float_pullback


def rrule_copysign_float_later(x, y):
    _x, _y = x.primal, y.primal

    def copysign_float_pullback(dz):
        return None, dz * np.sign(_x) * np.sign(_y), 0.0

    z = np.copysign(_x, _y)
    return CoDual(z), copysign_float_pullback


def value_and_gradient(params, X, Y, rrule):
    w, b = params
    value, dw, db = 0.0, np.zeros_like(w), np.zeros_like(b)
    for row, target in zip(X, Y):
        z, pullback = rrule(CoDual(row[:3] @ w + b[0]), CoDual(row[3]))
        value += 0.5 * (z.primal - target) ** 2
        _, dx, _ = pullback(z.primal - target)
        dw += dx * row[:3]
        db += dx
    return value / len(X), [dw / len(X), db / len(X)]


def cost(params, X, Y):
    return value_and_gradient(params, X, Y, rrule_copysign_float)[0]


def grad(params, X, Y):
    return value_and_gradient(params, X, Y, rrule_copysign_float)[1]


def repaired(params, X, Y):
    return value_and_gradient(params, X, Y, rrule_copysign_float_later)[1]
