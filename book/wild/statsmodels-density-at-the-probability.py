"""The probit link's derivative takes the normal density at the probability instead of at its quantile."""

import numpy as np
from scipy import special

SOURCE = "https://github.com/statsmodels/statsmodels/commit/309ca0e9e"
THREAD = "statsmodels/statsmodels 309ca0e9e"
DATE = "2012-06"
KIND = "gradient"
GROUP = "slope"
FORMULA = r"g'(p) = 1 / \varphi(p)"
RIGHT = r"g'(p) = 1 / \varphi(\Phi^{-1}(p))"
READ = "reconstruction"  # the gradient is read off the normal equations of the program's weighted least squares
LAYER = [1]
NAMES = [{"derivative"}]
NET = None  # a generalised linear model, binomial with a probit link
BLOCKS = ["params[1]"]
SAMPLES = 12
LAM = 0.0


def start(rng):
    return 0.6 * rng.standard_normal(4)


def data(rng):
    exog = np.column_stack([np.ones(SAMPLES), rng.standard_normal((SAMPLES, 3))])
    return exog, rng.integers(0, 2, SAMPLES).astype(float)


class norm:
    """What is needed of scipy.stats.norm."""

    @staticmethod
    def pdf(z):
        return np.exp(-(z**2) / 2) / np.sqrt(2 * np.pi)

    cdf = staticmethod(special.ndtr)
    ppf = staticmethod(special.ndtri)


class CDFLink:
    def __init__(self, dbn=norm):
        self.dbn = dbn

    def __call__(self, p):
        return self.dbn.ppf(p)

    def inverse(self, z):
        return self.dbn.cdf(z)

    def deriv(self, p):
        return 1.0 / self.dbn.pdf(p)


class CDFLinkLater(CDFLink):
    def deriv(self, p):
        return 1.0 / self.dbn.pdf(self.dbn.ppf(p))


class Binomial:
    def __init__(self, link):
        self.link = link

    def variance(self, mu):
        return mu * (1 - mu)

    def weights(self, mu):
        return 1.0 / (self.link.deriv(mu) ** 2 * self.variance(mu))

    def fitted(self, eta):
        return self.link.inverse(eta)

    def loglike(self, Y, mu):
        return np.sum(Y * np.log(mu / (1 - mu)) + np.log(1 - mu))


class GLM:
    def __init__(self, endog, exog, family):
        self.endog, self.exog, self.family = endog, exog, family

    def loglike(self, params):
        return self.family.loglike(self.endog, self.family.fitted(self.exog @ params))

    def normal_equations(self, params):
        """What the step of the iterated weighted least squares solves for zero."""
        wls_exog = self.exog
        eta = self.exog @ params
        mu = self.family.fitted(eta)
        weights = self.family.weights(mu)
        wls_endog = eta + self.family.link.deriv(mu) * (self.endog - mu)
        return wls_exog.T @ (weights * (wls_endog - eta))


def cost(params, X, Y):
    return -GLM(Y, X, Binomial(CDFLink())).loglike(params)


def grad(params, X, Y):
    return -GLM(Y, X, Binomial(CDFLink())).normal_equations(params)


def repaired(params, X, Y):
    return -GLM(Y, X, Binomial(CDFLinkLater())).normal_equations(params)
