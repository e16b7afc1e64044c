"""The Poisson deviance and its exponential output, as records of a loss and an activation."""

import numpy as np
from scipy.special import xlogy

from ..activations import Activation
from ..losses import Loss


def _exp(z, out=None):
    # half of the range: δ = (a - y)/a · a would be 0 · ∞ where a underflows
    least = np.log(np.finfo(z.dtype).tiny) / 2
    return np.exp(np.where(z.real > least, z, least.astype(z.dtype)), out=out)


def _slope_of_exp(z, a):
    return a


def _deviance(a, y):
    return (xlogy(y, y) - y * np.log(a) - y + a).sum(axis=1)


def _slope_of_deviance(a, y):
    return (a - y) / a


def _negative(y):
    return (y < 0).any(axis=1)


EXP = Activation("exp", _exp, _slope_of_exp)
POISSON = Loss("poisson", _deviance, _slope_of_deviance, targets=_negative, expects="numbers of at least 0")
