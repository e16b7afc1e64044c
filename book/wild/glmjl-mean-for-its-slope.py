"""The slope of the inverse of a negative binomial distribution's link returns the mean itself."""

import numpy as np

SOURCE = "https://github.com/JuliaStats/GLM.jl/issues/591"
THREAD = "JuliaStats/GLM.jl #591"
DATE = "2025-03"
KIND = "gradient"
FORMULA = r"\partial \mu / \partial \eta = -\frac{e^\eta \theta}{e^\eta - 1}"
RIGHT = (
    r"\partial \mu / \partial \eta = \frac{e^\eta \theta}{(e^\eta - 1)^2},\; \mu = -\frac{e^\eta \theta}{e^\eta - 1},"
    r"\; \eta = \log \frac{\mu}{\mu + \theta}"
)
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = [{"activation-for-slope"}]
NET = None  # a linear model under the inverse of a link
BLOCKS = ["beta[1]"]
SAMPLES = 8
LAM = 0.0
THETA = 1.7


def start(rng):
    """All below zero, as the link's values are."""
    return -rng.uniform(0.2, 0.8, 3)


def data(rng):
    return rng.uniform(0.3, 1.2, (SAMPLES, 3)), rng.uniform(0.5, 4, SAMPLES)


class NegativeBinomialLink:
    def __init__(self, theta):
        self.theta = theta

    def linkfun(self, mu):
        return np.log(mu / (mu + self.theta))

    def linkinv(self, eta):
        return -np.exp(eta) * self.theta / (np.exp(eta) - 1)

    def mueta(self, eta):
        return -np.exp(eta) * self.theta / (np.exp(eta) - 1)


class NegativeBinomialLinkLater(NegativeBinomialLink):
    def mueta(self, eta):
        return np.exp(eta) * self.theta / (np.exp(eta) - 1) ** 2


def cost(beta, X, Y):
    return 0.5 * np.sum((NegativeBinomialLink(THETA).linkinv(X @ beta) - Y) ** 2)


def gradient(beta, X, Y, link):
    eta = X @ beta
    return X.T @ ((link.linkinv(eta) - Y) * link.mueta(eta))


def grad(beta, X, Y):
    return gradient(beta, X, Y, NegativeBinomialLink(THETA))


def repaired(beta, X, Y):
    return gradient(beta, X, Y, NegativeBinomialLinkLater(THETA))
