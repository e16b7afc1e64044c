"""The two of a logistic loss with a two in its exponent is missing in the numerator of its gradient."""

import numpy as np

SOURCE = "https://github.com/schalkdaniel/compboost/issues/260"
THREAD = "schalkdaniel/compboost #260"
DATE = "2018-10"
KIND = "gradient"
FORMULA = r"\partial \ell / \partial f = -\frac{y}{1 + e^{2 y f}}"
RIGHT = r"\partial \ell / \partial f = -\frac{2 y}{1 + e^{2 y f}},\; \ell = \log \bigl(1 + e^{-2 y f}\bigr)"
READ = "discussion"
GROUP = "factor"
LAYER = [1]
NAMES = [{"factor"}, {"two-missing"}]
NET = None  # a binomial loss with a two in its exponent
BLOCKS = ["coef[1]", "offset[1]"]
SAMPLES = 10
LAM = 0.0


def start(rng):
    return [rng.standard_normal(3), rng.standard_normal(1)]


def data(rng):
    """The labels are minus one and one."""
    return rng.standard_normal((SAMPLES, 3)), rng.choice([-1.0, 1.0], SAMPLES)


def predict(params, X):
    """The base learners are one linear predictor here."""
    coef, offset = params
    return X @ coef + offset


class BinomialLoss:
    def __init__(self, two):
        self.two = two

    def defined_loss(self, true_value, prediction):
        return np.log(1 + np.exp(-2 * true_value * prediction))

    def defined_gradient(self, true_value, prediction):
        return -self.two * true_value / (1 + np.exp(2 * true_value * prediction))


def cost(params, X, Y):
    return np.mean(BinomialLoss(2).defined_loss(Y, predict(params, X)))


def slopes(loss, params, X, Y):
    g = loss.defined_gradient(Y, predict(params, X)) / len(X)
    return [g @ X, np.array([g.sum()])]


def grad(params, X, Y):
    return slopes(BinomialLoss(1), params, X, Y)


def repaired(params, X, Y):
    return slopes(BinomialLoss(2), params, X, Y)
