"""The score of a binomial regression forgets how many trials each proportion comes from."""

import numpy as np

SOURCE = "https://github.com/statsmodels/statsmodels/commit/b37ed1d09"
THREAD = "statsmodels/statsmodels b37ed1d09"
DATE = "2018-05"
KIND = "gradient"
GROUP = "slope"
FORMULA = r"\nabla \ell = \textstyle\sum_i w_i\, \dfrac{y_i - \mu_i}{g'(\mu_i)\, \mu_i (1 - \mu_i)}\, x_i"
RIGHT = r"\nabla \ell = \textstyle\sum_i w_i\, n_i\, \dfrac{y_i - \mu_i}{g'(\mu_i)\, \mu_i (1 - \mu_i)}\, x_i"
READ = "code"
LAYER = [1]
NAMES = []
NET = None  # a regression of successes out of several trials
BLOCKS = ["params[1]"]
SAMPLES = 10
LAM = 0.0


def start(rng):
    return 0.5 * rng.standard_normal(4)


def data(rng):
    """The regressors, and the successes and failures."""
    X = np.column_stack([np.ones(SAMPLES), rng.standard_normal((SAMPLES, 3))])
    return X, np.column_stack([rng.integers(0, 9, SAMPLES), rng.integers(1, 9, SAMPLES)]).astype(float)


class Logit:
    def inverse(self, z):
        return 1.0 / (1 + np.exp(-z))

    def deriv(self, p):
        return 1.0 / (p * (1 - p))


def log_factorial(n):
    return np.array([np.sum(np.log(np.arange(1, int(k) + 1))) for k in n])


class Binomial:
    link = Logit()

    def variance(self, mu):
        return mu * (1 - mu)

    def initialize(self, endog):
        y = endog[:, 0]
        self.n = endog.sum(1)
        return y * 1.0 / self.n, self.n

    def loglike_obs(self, endog, mu, var_weights=1.0):
        n = self.n  # Number of trials
        y = endog * n  # Number of successes
        # note that mu is still in (0,1), i.e. not converted back
        return (
            log_factorial(n)
            - log_factorial(np.round(y))
            - log_factorial(np.round(n - y))
            + y * np.log(mu / (1 - mu))
            + n * np.log(1 - mu)
        ) * var_weights


class GLM:
    def __init__(self, endog, exog):
        self.exog = exog
        self.family = Binomial()
        self.endog, self.n_trials = self.family.initialize(endog)
        self.iweights = np.ones(len(exog))

    def predict(self, params):
        return self.family.link.inverse(self.exog @ params)

    def loglike(self, params):
        return np.sum(self.family.loglike_obs(self.endog, self.predict(params), self.iweights))

    def weights_of_score(self):
        return self.iweights

    def score_factor(self, params):
        mu = self.predict(params)
        score_factor = (self.endog - mu) / self.family.link.deriv(mu)
        score_factor /= self.family.variance(mu)
        score_factor *= self.weights_of_score()
        return score_factor

    def score_obs(self, params):
        score_factor = self.score_factor(params)
        return score_factor[:, None] * self.exog

    def score(self, params):
        return self.score_obs(params).sum(0)


class GLMNew(GLM):
    def weights_of_score(self):
        return self.iweights * self.n_trials


def cost(params, X, Y):
    return -GLM(Y, X).loglike(params)


def grad(params, X, Y):
    return -GLM(Y, X).score(params)


def repaired(params, X, Y):
    return -GLMNew(Y, X).score(params)
