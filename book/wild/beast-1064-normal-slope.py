"""A reader misses a minus in the slope of a normal distribution, whose difference is turned round already."""

import numpy as np

SOURCE = "https://github.com/beast-dev/beast-mcmc/issues/1064"
THREAD = "beast-dev/beast-mcmc #1064"
DATE = "2019-07"
KIND = "right"
FORMULA = r"\partial \log p / \partial x = (m - x) / s^2"
RIGHT = (
    r"\partial \log p / \partial x = -(x - m) / s^2,\; p = \frac{1}{s \sqrt{2 \pi}} e^{-(x - m)^2 / (2 s^2)},\; "
    r"C = -\sum \log p(\theta_j) - \sum \log p(y_i - x_i \cdot \theta)"
)
READ = "code"
LAYER = []
NAMES = []
NET = None  # a regression with a prior
BLOCKS = ["theta[1]"]
SAMPLES = 7
LAM = 0.0
M, SD, NOISE = 0.5, 0.8, 1.3


def start(rng):
    return rng.standard_normal(3)


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.standard_normal(SAMPLES)


class NormalDistribution:
    @staticmethod
    def logPdf(x, m, sd):
        a = 1.0 / (np.sqrt(2.0 * np.pi) * sd)
        b = -(x - m) * (x - m) / (2.0 * sd * sd)
        return np.log(a) + b

    @staticmethod
    def gradLogPdf(x, m, sd):
        return (m - x) / (sd * sd)


def cost(theta, X, Y):
    """The negative logarithm of the posterior, but for a constant."""
    total = sum(NormalDistribution.logPdf(x, M, SD) for x in theta)
    total += sum(NormalDistribution.logPdf(y, x @ theta, NOISE) for x, y in zip(X, Y))
    return -total


def grad(theta, X, Y):
    gradient = np.array([NormalDistribution.gradLogPdf(x, M, SD) for x in theta])
    for x, y in zip(X, Y):
        gradient = gradient - NormalDistribution.gradLogPdf(y, x @ theta, NOISE) * x
    return -gradient


repaired = grad
