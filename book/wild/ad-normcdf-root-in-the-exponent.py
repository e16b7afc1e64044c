"""The derivative of the normal distribution function is negative, and its root of two stands in the exponent."""

import numpy as np

SOURCE = "https://github.com/ekmett/ad/pull/57"
THREAD = "ekmett/ad PR #57, commit 4ddb9ef"
DATE = "2016-06"
KIND = "gradient"
FORMULA = r"\partial \Phi(z) / \partial z = -\frac{1}{\sqrt\pi}\, e^{-z^2 / (2 \sqrt 2)}"
RIGHT = r"\partial \Phi(z) / \partial z = \frac{1}{\sqrt{2 \pi}}\, e^{-z^2 / 2}"
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = []
NET = None  # a probit model with squared errors
BLOCKS = ["w[1]"]
SAMPLES = 8
LAM = 0.0


def start(rng):
    return 0.6 * rng.standard_normal(3)


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), (rng.random(SAMPLES) < 0.5).astype(float)


def erf(x):
    term, total = x + 0, x + 0
    for n in range(1, 90):
        term = -term * x * x / n
        total = total + term / (2 * n + 1)
    return 2 / np.sqrt(np.pi) * total


class Forward:
    """A value and its derivative."""

    def __init__(self, primal, tangent):
        self.primal, self.tangent = primal, tangent


def lift1(f, df, a):
    return Forward(f(a.primal), df(a.primal) * a.tangent)


def normcdf_of(x):
    return (1 + erf(x / np.sqrt(2))) / 2


def normcdf(a):
    return lift1(normcdf_of, lambda x: (-1 / np.sqrt(np.pi)) * np.exp(x * x * (-1 / 2) / np.sqrt(2)), a)


def normcdf_later(a):
    return lift1(normcdf_of, lambda x: (1 / np.sqrt(2 * np.pi)) * np.exp(-x * x / 2), a)


def cost(w, X, Y):
    return 0.5 * np.sum((normcdf_of(X @ w) - Y) ** 2)


def gradient(w, X, Y, normcdf):
    g = np.zeros_like(w)
    for j in range(len(w)):
        p = normcdf(Forward(X @ w, X[:, j]))
        g[j] = np.sum((p.primal - Y) * p.tangent)
    return g


def grad(w, X, Y):
    return gradient(w, X, Y, normcdf)


def repaired(w, X, Y):
    return gradient(w, X, Y, normcdf_later)
