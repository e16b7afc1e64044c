"""Kernels of a Gaussian process are differentiated by their parameters, which are fitted by their logarithms."""

import numpy as np

SOURCE = "https://github.com/dfm/george/commit/a990288"
THREAD = "dfm/george a990288"
DATE = "2014-08"
KIND = "gradient"
FORMULA = r"\partial k / \partial \log c = 2 c,\; \partial k / \partial \log M = \tfrac{1}{2 M}\, r^2 e^{-r^2 / 2}"
RIGHT = r"\partial k / \partial \log c = 2 c^2,\; \partial k / \partial \log M = \tfrac12\, r^2 e^{-r^2 / 2}"
READ = "code"
GROUP = "factor"
LAYER = [1]
NAMES = []
NET = None  # a Gaussian process
BLOCKS = ["vector[1]"]
SAMPLES = 8
LAM = 0.0


class Kernel:
    """A kernel of one parameter; ``vector`` holds its logarithm."""

    def __init__(self, vector, by_logarithm):
        self.pars, self.by_logarithm = np.exp(vector), by_logarithm


class ConstantKernel(Kernel):
    size = 1

    def value(self, x1, x2):
        return self.pars[0] ** 2 + np.zeros_like(x1 - x2)

    def grad(self, x1, x2):
        c = self.pars[0]
        return [(2 * c**2 if self.by_logarithm else 2 * c) + np.zeros_like(x1 - x2)]


class WhiteKernel(Kernel):
    size = 1

    def value(self, x1, x2):
        return self.pars[0] ** 2 * (x1 == x2)

    def grad(self, x1, x2):
        c = self.pars[0]
        return [(2 * c**2 if self.by_logarithm else 2 * c) * (x1 == x2)]


class ExpSquaredKernel(Kernel):
    size = 1

    def value(self, x1, x2):
        return np.exp(-0.5 * self.radius(x1, x2))

    def radius(self, x1, x2):
        return (x1 - x2) ** 2 / self.pars[0]

    def grad(self, x1, x2):
        r = self.radius(x1, x2)
        by_radius = -0.5 * np.exp(-0.5 * r)
        return [-by_radius * r * (1 if self.by_logarithm else 1 / self.pars[0])]


def kernels(vector, by_logarithm=True):
    return [
        kind(vector[i : i + 1], by_logarithm) for i, kind in enumerate((ConstantKernel, ExpSquaredKernel, WhiteKernel))
    ]


def covariance(vector, x):
    """The constant times the squared exponential, and noise."""
    constant, radial, white = kernels(vector)
    x1, x2 = x[:, None], x[None, :]
    return constant.value(x1, x2) * radial.value(x1, x2) + white.value(x1, x2)


def covariance_gradient(vector, x, by_logarithm):
    constant, radial, white = kernels(vector, by_logarithm)
    x1, x2 = x[:, None], x[None, :]
    of_product = [g * radial.value(x1, x2) for g in constant.grad(x1, x2)]
    of_product += [constant.value(x1, x2) * g for g in radial.grad(x1, x2)]
    return of_product + white.grad(x1, x2)


def start(rng):
    return np.log(rng.uniform([1.5, 0.4, 0.3], [2.5, 0.8, 0.7]))


def data(rng):
    x = np.sort(rng.uniform(0, 5, SAMPLES))
    return x[:, None], (np.sin(2 * x) + 0.3 * rng.standard_normal(SAMPLES))[:, None]


def cost(vector, X, Y):
    """The negative logarithm of the likelihood, without its constant."""
    K = covariance(vector, X[:, 0])
    return 0.5 * (Y[:, 0] @ np.linalg.solve(K, Y[:, 0]) + np.linalg.slogdet(K)[1])


def grad_lnlikelihood(vector, X, Y, by_logarithm):
    K_inverse = np.linalg.inv(covariance(vector, X[:, 0]))
    alpha = K_inverse @ Y[:, 0]
    g = np.empty(len(vector))
    for i, k in enumerate(covariance_gradient(vector, X[:, 0], by_logarithm)):
        g[i] = 0.5 * (alpha @ k @ alpha - np.trace(K_inverse @ k))
    return -g


def grad(vector, X, Y):
    return grad_lnlikelihood(vector, X, Y, by_logarithm=False)


def repaired(vector, X, Y):
    return grad_lnlikelihood(vector, X, Y, by_logarithm=True)
