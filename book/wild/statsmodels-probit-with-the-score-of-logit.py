"""The probit model's score is written as that of the logit model, the endogenous variable less the probability."""

import numpy as np
from scipy import special

SOURCE = "https://github.com/statsmodels/statsmodels/commit/ded6dc3c7"
THREAD = "statsmodels/statsmodels ded6dc3c7"
DATE = "2009-11"
KIND = "gradient"
GROUP = "slope"
FORMULA = r"\nabla \ell = \textstyle\sum_i (y_i - \Phi(x_i \beta))\, x_i"
RIGHT = (
    r"\nabla \ell = \textstyle\sum_i q_i \dfrac{\varphi(q_i x_i \beta)}{\Phi(q_i x_i \beta)}\, x_i,\; q_i = 2 y_i - 1"
)
READ = "code"
LAYER = [1]
NAMES = []
NET = None  # a probit model
BLOCKS = ["params[1]"]
SAMPLES = 11
LAM = 0.0


def start(rng):
    return 0.7 * rng.standard_normal(4)


def data(rng):
    exog = np.column_stack([rng.standard_normal((SAMPLES, 3)), np.ones(SAMPLES)])
    return exog, rng.integers(0, 2, SAMPLES).astype(float)


class DiscreteModel:
    def __init__(self, endog, exog):
        self.endog, self.exog = endog, exog

    def loglike(self, params):
        raise NotImplementedError

    def score(self, params):
        raise NotImplementedError


class Probit(DiscreteModel):
    """
    Binary choice Probit model
    """

    def pdf(self, X):
        return np.exp(-(X**2) / 2.0) / np.sqrt(2 * np.pi)

    def cdf(self, X):
        return special.ndtr(X)

    def loglike(self, params):
        q = 2 * self.endog - 1
        X = self.exog
        return np.sum(np.log(self.cdf(q * np.dot(X, params))))

    def score(self, params):
        y = self.endog
        X = self.exog
        L = self.cdf(np.dot(X, params))
        return np.dot(y - L, X)


class ProbitLater(Probit):
    def score(self, params):
        y = self.endog
        X = self.exog
        XB = np.dot(X, params)
        q = 2 * y - 1
        L = q * self.pdf(q * XB) / self.cdf(q * XB)
        return np.dot(L, X)


def cost(params, X, Y):
    """What the optimisers are given: the negative."""
    return -Probit(Y, X).loglike(params)


def grad(params, X, Y):
    return -Probit(Y, X).score(params)


def repaired(params, X, Y):
    return -ProbitLater(Y, X).score(params)
