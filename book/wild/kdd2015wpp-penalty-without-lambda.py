"""The gradient of a censored regression on winning prices has the weights of its penalty without their lambda."""

import numpy as np
from scipy.special import erf

SOURCE = "https://github.com/wush978/KDD2015wpp/issues/11"
THREAD = "wush978/KDD2015wpp #11, bff6591"
DATE = "2017-10"
KIND = "gradient"
GROUP = "penalty"
FORMULA = r"\nabla C = \tfrac1\sigma \textstyle\sum_i \dfrac{\partial \ell_i}{\partial z_i}\, m_i + (0, w_2, \ldots)"
RIGHT = (
    r"\nabla C = \tfrac1\sigma \textstyle\sum_i \dfrac{\partial \ell_i}{\partial z_i}\, m_i + "
    r"\lambda_2\, (0, w_2, \ldots),\; C = \sum_i \ell_i + \tfrac{\lambda_2}2 \sum_{j > 1} w_j^2"
)
READ = "code"
LAYER = [1]
NAMES = [{"penalty"}]
NET = None  # a normal model of prices that are known only if the bid has won
BLOCKS = ["w[1]"]
SAMPLES = 10
LAM = 0.0
SIGMA, LAMBDA2 = 1.3, 2.5


def start(rng):
    """The first weight is the intercept's."""
    return rng.standard_normal(5)


def data(rng):
    """A row of features for each bid, the first one a one; the price, or the bid, and whether it has won."""
    m = np.column_stack([np.ones(SAMPLES), rng.standard_normal((SAMPLES, 4))])
    is_win = np.arange(SAMPLES) % 2 == 0
    return m, np.column_stack([rng.standard_normal(SAMPLES), is_win])


def dnorm(x):
    return -(x**2) / 2 - np.log(2 * np.pi) / 2


def pnorm(x):
    """Both are the logarithms."""
    return np.log(0.5 * (1 + erf(x / np.sqrt(2))))


class censored_regression2:
    """The author's matrix m has a column for each bid."""

    def __init__(self, m, y, is_win, sigma, lambda2=1000):
        self.m, self.y, self.is_win, self.sigma, self.lambda2 = m, y, is_win, sigma, lambda2

    def f_w(self, w):
        z = (w @ self.m - self.y) / self.sigma
        return -(np.sum(dnorm(z[self.is_win])) + np.sum(pnorm(z[~self.is_win]))) + self.lambda2 * np.sum(w[1:] ** 2) / 2

    def g_w(self, w):
        z = (w @ self.m - self.y) / self.sigma
        z_censored = z[~self.is_win]
        dzdl_censored = -np.exp(dnorm(z_censored) - pnorm(z_censored))
        dzdl = z
        dzdl[~self.is_win] = dzdl_censored
        return (self.m @ dzdl) / self.sigma + self.penalty(w)

    def penalty(self, w):
        return np.concatenate([[0], w[1:]])


class Later(censored_regression2):
    def penalty(self, w):
        return self.lambda2 * np.concatenate([[0], w[1:]])


def cost(params, X, Y):
    return censored_regression2(X.T, Y[:, 0], Y[:, 1] > 0, SIGMA, LAMBDA2).f_w(params)


def grad(params, X, Y):
    return censored_regression2(X.T, Y[:, 0], Y[:, 1] > 0, SIGMA, LAMBDA2).g_w(params)


def repaired(params, X, Y):
    return Later(X.T, Y[:, 0], Y[:, 1] > 0, SIGMA, LAMBDA2).g_w(params)
