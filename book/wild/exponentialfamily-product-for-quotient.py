"""The slope of a normal distribution's log-partition multiplies by the second natural parameter."""

import numpy as np

SOURCE = "https://github.com/ReactiveBayes/ExponentialFamily.jl/commit/ba3d4fb"
THREAD = "ReactiveBayes/ExponentialFamily.jl ba3d4fb"
DATE = "2023-12"
KIND = "gradient"
FORMULA = r"\partial A / \partial \eta_1 = -\eta_1 \eta_2 / 2"
RIGHT = r"\partial A / \partial \eta_1 = -\eta_1 / (2 \eta_2),\; A = -\eta_1^2 / (4 \eta_2) - \tfrac12 \log(-2 \eta_2)"
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = []
NET = None  # normal distributions in their natural parameters
BLOCKS = ["eta[1]"]
SAMPLES = 7
LAM = 0.0


def start(rng):
    """A distribution in each row."""
    return np.stack([rng.standard_normal(4), -rng.uniform(0.3, 2.0, 4)], 1)


def data(rng):
    """The samples of each distribution."""
    return np.zeros((SAMPLES, 1)), rng.standard_normal((SAMPLES, 4))


def getsufficientstatistics(x):
    return np.array([x, x**2])


def getlogpartition(eta):
    eta1, eta2 = eta
    return -(eta1**2) / (4 * eta2) - np.log(-2 * eta2) / 2


def getgradlogpartition(eta):
    eta1, eta2 = eta
    return np.array([-eta1 * eta2 / 2, eta1**2 / (4 * eta2**2) - 1 / (2 * eta2)])


def getgradlogpartition_repaired(eta):
    eta1, eta2 = eta
    return np.array([-eta1 * (1 / (eta2 * 2)), eta1**2 / (4 * eta2**2) - 1 / (2 * eta2)])


def cost(params, X, Y):
    """The negative logarithm of the likelihood, but for the base measure."""
    total = 0.0
    for eta, samples in zip(params, Y.T):
        for x in samples:
            total = total - (eta @ getsufficientstatistics(x) - getlogpartition(eta))
    return total / len(Y)


def gradients(params, Y, gradlogpartition):
    g = np.zeros_like(params)
    for k, (eta, samples) in enumerate(zip(params, Y.T)):
        g[k] = gradlogpartition(eta) - np.mean([getsufficientstatistics(x) for x in samples], 0)
    return g


def grad(params, X, Y):
    return gradients(params, Y, getgradlogpartition)


def repaired(params, X, Y):
    return gradients(params, Y, getgradlogpartition_repaired)
