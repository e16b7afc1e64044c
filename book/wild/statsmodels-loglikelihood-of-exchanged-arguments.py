"""A regression's log-likelihood hands over expected values for observed ones and the other way round."""

import numpy as np

SOURCE = "https://github.com/statsmodels/statsmodels/commit/3c6c8b583"
THREAD = "statsmodels/statsmodels 3c6c8b583"
DATE = "2016-05"
KIND = "cost"
FORMULA = r"C = -\textstyle\sum_i w_i \bigl( \mu_i \ln y_i - y_i - \ln \Gamma(\mu_i + 1) \bigr),\; \mu = e^{X \beta}"
RIGHT = r"C = -\textstyle\sum_i w_i \bigl( y_i \ln \mu_i - \mu_i - \ln \Gamma(y_i + 1) \bigr),\; \mu = e^{X \beta}"
READ = "code"
LAYER = [1]
NAMES = [{"another-cost"}]
NET = None  # a Poisson regression
BLOCKS = ["params[1]"]
SAMPLES = 9
LAM = 0.0


def start(rng):
    return 0.4 * rng.standard_normal(4)


def data(rng):
    """The regressors and counts of one or more."""
    X = np.column_stack([np.ones(SAMPLES), rng.standard_normal((SAMPLES, 3))])
    return X, rng.integers(1, 7, SAMPLES).astype(float)


def gammaln(x):
    result = 0.0
    for _ in range(12):
        result = result - np.log(x)
        x = x + 1
    return (
        result
        + (x - 0.5) * np.log(x)
        - x
        + 0.5 * np.log(2 * np.pi)
        + 1 / (12 * x)
        - 1 / (360 * x**3)
        + 1 / (1260 * x**5)
    )


def digamma(x):
    result = 0.0
    for _ in range(12):
        result = result - 1 / x
        x = x + 1
    return result + np.log(x) - 1 / (2 * x) - 1 / (12 * x**2) + 1 / (120 * x**4) - 1 / (252 * x**6)


class Log:
    def inverse(self, z):
        return np.exp(z)

    def deriv(self, p):
        return 1.0 / p


class Poisson:
    link = Log()

    def variance(self, mu):
        return mu

    def loglike(self, endog, mu, freq_weights=1.0, scale=1.0):
        loglike = np.sum(freq_weights * (endog * np.log(mu) - mu - gammaln(endog + 1)))
        return scale * loglike


class GLM:
    def __init__(self, endog, exog):
        self.endog, self.exog = endog, exog
        self.family = Poisson()
        self.freq_weights = np.ones(len(exog))
        self._offset_exposure = 0.0

    def predict(self, params):
        return self.family.link.inverse(np.dot(self.exog, params) + self._offset_exposure)

    def loglike(self, params, scale=1.0):
        lin_pred = np.dot(self.exog, params) + self._offset_exposure
        expval = self.family.link.inverse(lin_pred)
        return self.family.loglike(expval, self.endog, self.freq_weights, scale)

    def score_factor(self, params, scale=1.0):
        mu = self.predict(params)
        score_factor = (self.endog - mu) / self.family.link.deriv(mu)
        score_factor /= self.family.variance(mu)
        score_factor *= self.freq_weights
        if not scale == 1:
            score_factor /= scale
        return score_factor

    def score_obs(self, params, scale=1.0):
        score_factor = self.score_factor(params, scale=scale)
        return score_factor[:, None] * self.exog

    def score(self, params, scale=1.0):
        return self.score_obs(params, scale=scale).sum(0)


class GLMNew(GLM):
    def loglike(self, params, scale=1.0):
        lin_pred = np.dot(self.exog, params) + self._offset_exposure
        expval = self.family.link.inverse(lin_pred)
        return self.family.loglike(self.endog, expval, self.freq_weights, scale)


def cost(params, X, Y):
    return -GLM(Y, X).loglike(params)


def meant(params, X, Y):
    return -GLMNew(Y, X).loglike(params)


def grad(params, X, Y):
    return -GLM(Y, X).score(params)


def repaired(params, X, Y):
    """The gradient of the log-likelihood as it was."""
    model = GLM(Y, X)
    mu = model.predict(params)
    factor = (np.log(Y) - digamma(mu + 1)) * mu * model.freq_weights
    return -(factor[:, None] * X).sum(0)
