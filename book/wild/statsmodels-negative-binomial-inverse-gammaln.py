"""The negative binomial log-likelihood takes off the inverse of a log-gamma where a logarithm over alpha belongs."""

import numpy as np
from scipy import special

SOURCE = "https://github.com/statsmodels/statsmodels/commit/6dfc87ea7"
THREAD = "statsmodels/statsmodels 6dfc87ea7"
DATE = "2009-07"
KIND = "cost"
FORMULA = (
    r"\ell = \textstyle\sum_i \text{const} - 1 / \ln \Gamma(1 + \alpha \mu_i) "
    r"+ y_i \ln \tfrac{\alpha \mu_i}{1 + \alpha \mu_i}"
)
RIGHT = (
    r"\ell = \textstyle\sum_i \text{const} - \tfrac1\alpha \ln (1 + \alpha \mu_i) "
    r"+ y_i \ln \tfrac{\alpha \mu_i}{1 + \alpha \mu_i}"
)
READ = "reconstruction"  # the gradient is read off the normal equations of the program's weighted least squares
LAYER = [1]
NAMES = [{"another-cost"}]
NET = None  # a generalised linear model, negative binomial with a logarithmic link
BLOCKS = ["params[1]"]
SAMPLES = 9
LAM = 0.0
ALPHA = 0.8


def start(rng):
    return np.array([2.2, 0.3, -0.2]) + 0.05 * rng.standard_normal(3)


def data(rng):
    exog = np.column_stack([np.ones(SAMPLES), rng.uniform(-1, 1, (SAMPLES, 2))])
    return exog, rng.integers(2, 16, SAMPLES).astype(float)


class Log:
    def inverse(self, z):
        return np.exp(z)

    def deriv(self, p):
        return 1.0 / p


class NegativeBinomial:
    def __init__(self, link=Log, alpha=1.0):
        self.alpha = alpha
        self.link = link()

    def variance(self, mu):
        return mu + self.alpha * mu**2

    def weights(self, mu):
        """
        Weights for IRLS step.
        """
        return 1.0 / (self.link.deriv(mu) ** 2 * self.variance(mu))

    def fitted(self, eta):
        return self.link.inverse(eta)

    def logL(self, Y, mu, scale=1.0):
        return scale * np.sum(
            special.loggamma(1 / self.alpha + Y)
            - special.loggamma(Y + 1)
            - special.loggamma(1 / self.alpha)
            - 1 / special.loggamma(1 + self.alpha * mu)
            + Y * np.log(self.alpha * mu / (self.alpha * mu + 1))
        )


class NegativeBinomialLater(NegativeBinomial):
    def logL(self, Y, mu, scale=1.0):
        constant = special.loggamma(Y + 1 / self.alpha) - special.loggamma(Y + 1) - special.loggamma(1 / self.alpha)
        return np.sum(
            Y * np.log(self.alpha * mu / (1 + self.alpha * mu)) - np.log(1 + self.alpha * mu) / self.alpha + constant
        )


def normal_equations(family, endog, exog, params):
    """What a step of the iterated weighted least squares solves for zero."""
    eta = np.dot(exog, params)
    mu = family.fitted(eta)
    weights = family.weights(mu)
    wls_endog = eta + family.link.deriv(mu) * (endog - mu)
    return exog.T @ (weights * (wls_endog - eta))


def cost(params, X, Y):
    family = NegativeBinomial(alpha=ALPHA)
    return -family.logL(Y, family.fitted(X @ params))


def meant(params, X, Y):
    family = NegativeBinomialLater(alpha=ALPHA)
    return -family.logL(Y, family.fitted(X @ params))


def grad(params, X, Y):
    return -normal_equations(NegativeBinomial(alpha=ALPHA), Y, X, params)


def repaired(params, X, Y):
    """The gradient of the likelihood as it was."""
    mu = np.exp(X @ params)
    slope = ALPHA * special.digamma(1 + ALPHA * mu) / special.loggamma(1 + ALPHA * mu) ** 2
    slope = slope + Y / mu - Y * ALPHA / (1 + ALPHA * mu)
    return -(X.T @ (slope * mu))
