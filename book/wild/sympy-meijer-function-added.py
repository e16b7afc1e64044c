"""The slope of the lower incomplete gamma function by its first argument adds what it should take off."""

import numpy as np
from scipy.special import digamma, gamma, gammaincc

SOURCE = "https://github.com/sympy/sympy/pull/2487"
THREAD = "sympy/sympy PR #2487, commit 60a05c9ca3"
DATE = "2013-09"
KIND = "gradient"
FORMULA = r"\partial \gamma(a, z) / \partial a = \Gamma(a) \psi(a) - \log z\; \Gamma(a, z) + G"
RIGHT = (
    r"\partial \gamma(a, z) / \partial a = \Gamma(a) \psi(a) - \log z\; \Gamma(a, z) - G,\; "
    r"G = G^{3,0}_{2,3}(1, 1;\, 0, 0, a;\, z)"
)
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = []
NET = None  # a special function of two arguments
BLOCKS = ["a[1]", "z[1]"]
SAMPLES = 6
LAM = 0.0
TERMS = 60


def start(rng):
    return {"a": rng.uniform(0.6, 2.5, SAMPLES), "z": rng.uniform(0.4, 3.0, SAMPLES)}


def data(rng):
    return np.zeros((SAMPLES, 1)), rng.uniform(0, 1, SAMPLES)


def series(a, z, power):
    """The sum of (-1)^k z^(a+k) / (k! (a+k)^power)."""
    total, term = 0.0, z**a
    for k in range(TERMS):
        total = total + term / (a + k) ** power
        term = -term * z / (k + 1)
    return total


def uppergamma(a, z):
    return gamma(a) * gammaincc(a, z)


def meijerg(a, z):
    """With no upper numbers but two ones, and with 0, 0 and a below."""
    return gamma(a) * (digamma(a) - np.log(z)) + series(a, z, 2)


class lowergamma:
    def __init__(self, a, z):
        self.args = a, z

    def evalf(self):
        return series(*self.args, 1)

    def fdiff(self, argindex=2, right=False):
        a, z = self.args
        if argindex == 2:
            return np.exp(-z) * z ** (a - 1)
        elif argindex == 1:
            if right:
                return gamma(a) * digamma(a) - np.log(z) * uppergamma(a, z) - meijerg(a, z)
            return gamma(a) * digamma(a) - np.log(z) * uppergamma(a, z) + meijerg(a, z)


def cost(params, X, Y):
    return 0.5 * np.sum((lowergamma(params["a"], params["z"]).evalf() - Y) ** 2)


def diff(params, Y, right):
    f = lowergamma(params["a"], params["z"])
    error = f.evalf() - Y
    return {"a": error * f.fdiff(1, right), "z": error * f.fdiff(2, right)}


def grad(params, X, Y):
    return diff(params, Y, False)


def repaired(params, X, Y):
    return diff(params, Y, True)
