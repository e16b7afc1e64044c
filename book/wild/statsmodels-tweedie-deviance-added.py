"""The extended quasi-likelihood of the Tweedie family adds the half of the deviance instead of taking it away."""

import numpy as np

SOURCE = "https://github.com/statsmodels/statsmodels/commit/d248d0e1bb617eef77e565b9471da2ceee12f32d"
THREAD = "statsmodels/statsmodels d248d0e1b"
DATE = "2019-03"
KIND = "cost"
FORMULA = (
    r"C = \textstyle\sum_i \tfrac12 \log \dfrac{2 \pi \phi\, y_i^p}{w_i} - w_i \dfrac{d(y_i, \mu_i)}{2 \phi},\; "
    r"\tfrac12 d = \dfrac{y^{2-p} - (2-p)\, y \mu^{1-p} + (1-p) \mu^{2-p}}{(1-p)(2-p)}"
)
RIGHT = r"C = \textstyle\sum_i \tfrac12 \log \dfrac{2 \pi \phi\, y_i^p}{w_i} + w_i \dfrac{d(y_i, \mu_i)}{2 \phi}"
READ = "code"  # the commit also wrote mu for y in the logarithm, which has been taken back since
LAYER = [1]
NAMES = [{"sign"}, {"another-cost"}]
NET = None  # a generalised linear model of the Tweedie family with a logarithmic link
BLOCKS = ["params[1]"]
SAMPLES = 8
LAM = 0.0
SCALE = 1.3
VAR_POWER = 1.5


def start(rng):
    return 0.6 * rng.standard_normal(4)


def data(rng):
    """The variance weight in the first column, the exog in the others."""
    X = np.column_stack([rng.uniform(0.5, 1.5, SAMPLES), np.ones(SAMPLES), rng.standard_normal((SAMPLES, 3))])
    return X, rng.uniform(0.3, 4.0, SAMPLES)


class Log:
    def inverse(self, z):
        return np.exp(z)

    def deriv(self, p):
        return 1.0 / p


class Tweedie:
    def __init__(self, var_power, right):
        self.var_power = var_power
        self.right = right
        self.link = Log()

    def variance(self, mu):
        return np.power(mu, self.var_power)

    def loglike_obs(self, endog, mu, var_weights=1.0, scale=1.0):
        p = self.var_power
        llf = np.log(2 * np.pi * scale) + p * np.log(endog) - np.log(var_weights)
        llf = llf * (-1 / 2)

        u = endog ** (2 - p) - (2 - p) * endog * mu ** (1 - p) + (1 - p) * mu ** (2 - p)
        u = u * var_weights / (scale * (1 - p) * (2 - p))
        if self.right:
            return llf - u
        return llf + u

    def loglike(self, endog, mu, var_weights=1.0, scale=1.0):
        ll_obs = self.loglike_obs(endog, mu, var_weights, scale)
        return np.sum(ll_obs)


class GLM:
    def __init__(self, endog, exog, var_weights, right=False):
        self.endog, self.exog, self.iweights = endog, exog, var_weights
        self.family = Tweedie(VAR_POWER, right)

    def predict(self, params):
        return self.family.link.inverse(np.dot(self.exog, params))

    def loglike(self, params, scale):
        expval = self.predict(params)
        return self.family.loglike(self.endog, expval, self.iweights, scale)

    def score_factor(self, params, scale):
        mu = self.predict(params)
        score_factor = (self.endog - mu) / self.family.link.deriv(mu)
        score_factor = score_factor / self.family.variance(mu)
        score_factor = score_factor * self.iweights
        return score_factor / scale

    def score(self, params, scale):
        score_factor = self.score_factor(params, scale=scale)
        return np.dot(score_factor, self.exog)


def cost(params, X, Y):
    return -GLM(Y, X[:, 1:], X[:, 0]).loglike(params, SCALE)


def meant(params, X, Y):
    return -GLM(Y, X[:, 1:], X[:, 0], right=True).loglike(params, SCALE)


def grad(params, X, Y):
    return -GLM(Y, X[:, 1:], X[:, 0]).score(params, SCALE)


def repaired(params, X, Y):
    """The gradient of the likelihood as it was."""
    return GLM(Y, X[:, 1:], X[:, 0]).score(params, SCALE)
