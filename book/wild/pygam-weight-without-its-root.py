"""A log-likelihood with weights divides the standard deviation by the weight instead of its root."""

import numpy as np

SOURCE = "https://github.com/dswah/pyGAM/commit/5718249"
THREAD = "dswah/pyGAM #457, 5718249"
DATE = "2026-03"
KIND = "cost"
FORMULA = r"C = \textstyle\sum_i \tfrac12 w_i^2 (y_i - \mu_i)^2 / s^2 + \log (s \sqrt{2 \pi} / w_i)"
RIGHT = r"C = \textstyle\sum_i \tfrac12 w_i (y_i - \mu_i)^2 / s^2 + \log (s \sqrt{2 \pi} / \sqrt{w_i})"
READ = "code"
LAYER = [1]
NAMES = [{"another-cost"}]
NET = None  # a linear model with a weight for each sample
BLOCKS = ["coef[1]"]
SAMPLES = 8
LAM = 0.0
SCALE = 0.7


def start(rng):
    return rng.standard_normal(4)


def data(rng):
    """X holds the columns of the model and, last, the weights."""
    X = rng.standard_normal((SAMPLES, 4))
    return np.column_stack([X, rng.uniform(0.5, 3, SAMPLES)]), rng.standard_normal(SAMPLES)


class NormalDist:
    def __init__(self, scale):
        self.scale = scale

    def log_pdf(self, y, mu, weights=None):
        if weights is None:
            weights = np.ones_like(mu)
        scale = self.scale / weights
        return self.logpdf(y, mu, scale)

    def logpdf(self, y, loc, scale):
        return -((y - loc) ** 2) / (2 * scale**2) - np.log(scale * np.sqrt(2 * np.pi))

    def V(self, mu):
        return np.ones_like(mu)


class NormalDistLater(NormalDist):
    def log_pdf(self, y, mu, weights=None):
        if weights is None:
            weights = np.ones_like(mu)
        scale = self.scale / np.sqrt(weights)
        return self.logpdf(y, mu, scale)


class LinearGAM:
    def __init__(self, distribution):
        self.distribution = distribution

    def _linear_predictor(self, modelmat, coef):
        return modelmat @ coef

    def _loglikelihood(self, y, mu, weights):
        return self.distribution.log_pdf(y=y, mu=mu, weights=weights).sum()

    def _W(self, mu, weights):
        return weights / self.distribution.V(mu)

    def _normal_equations(self, modelmat, y, mu, weights):
        """What the fit sets to zero, over the square of the scale."""
        W = self._W(mu, weights)
        return modelmat.T @ (W * (mu - y)) / self.distribution.scale**2


def cost(coef, X, Y):
    gam = LinearGAM(NormalDist(SCALE))
    return -gam._loglikelihood(Y, gam._linear_predictor(X[:, :4], coef), X[:, 4])


def meant(coef, X, Y):
    gam = LinearGAM(NormalDistLater(SCALE))
    return -gam._loglikelihood(Y, gam._linear_predictor(X[:, :4], coef), X[:, 4])


def grad(coef, X, Y):
    gam = LinearGAM(NormalDist(SCALE))
    modelmat, weights = X[:, :4], X[:, 4]
    return gam._normal_equations(modelmat, Y, gam._linear_predictor(modelmat, coef), weights)


def repaired(coef, X, Y):
    """The gradient of the cost as it was."""
    gam = LinearGAM(NormalDist(SCALE))
    modelmat, weights = X[:, :4], X[:, 4]
    return gam._normal_equations(modelmat, Y, gam._linear_predictor(modelmat, coef), weights**2)
