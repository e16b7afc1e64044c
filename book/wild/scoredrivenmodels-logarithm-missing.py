"""The logarithm of a normal density has 2 pi times the variance where its logarithm should be."""

import numpy as np

SOURCE = "https://github.com/LAMPSPUC/ScoreDrivenModels.jl/pull/9"
THREAD = "LAMPSPUC/ScoreDrivenModels.jl PR #9, 9188d82"
DATE = "2019-09"
KIND = "cost"
FORMULA = r"C = \textstyle\sum_i \tfrac12 \bigl(2 \pi \sigma_i^2 + (y_i - \mu_i)^2 / \sigma_i^2\bigr)"
RIGHT = r"C = \textstyle\sum_i \tfrac12 \bigl(\log (2 \pi \sigma_i^2) + (y_i - \mu_i)^2 / \sigma_i^2\bigr)"
READ = "code"
LAYER = [1]
NAMES = [{"another-cost"}]
NET = None  # a mean and a variance for each time
BLOCKS = ["param[1]"]
SAMPLES = 8
LAM = 0.0


def start(rng):
    """Of each time, its mean and its variance."""
    return np.column_stack([rng.standard_normal(SAMPLES), rng.uniform(0.5, 2, SAMPLES)])


def data(rng):
    return np.zeros((SAMPLES, 1)), rng.standard_normal(SAMPLES)


class Normal:
    @staticmethod
    def score(y, param):
        return np.array([(y - param[0]) / param[1], -(0.5 / param[1]) * (1 - ((y - param[0]) ** 2) / param[1])])

    @staticmethod
    def log_likelihood(y, param, n):
        """With a minus."""
        loglik = 0.0
        for i in range(n):
            loglik += -0.5 * (2 * np.pi * param[i][1] + (1 / param[i][1]) * (y[i] - param[i][0]) ** 2)
        return -loglik

    @staticmethod
    def log_likelihood_later(y, param, n):
        loglik = 0.0
        for i in range(n):
            loglik -= 0.5 * (np.log(2 * np.pi * param[i][1]) + (1 / param[i][1]) * (y[i] - param[i][0]) ** 2)
        return -loglik

    @staticmethod
    def score_of_the_cost(y, param):
        """What would belong to it as it was."""
        return np.array([(y - param[0]) / param[1], -np.pi + 0.5 * ((y - param[0]) ** 2) / param[1] ** 2])


def cost(param, X, Y):
    return Normal.log_likelihood(Y, param, len(Y))


def meant(param, X, Y):
    return Normal.log_likelihood_later(Y, param, len(Y))


def grad(param, X, Y):
    return np.array([-Normal.score(Y[i], param[i]) for i in range(len(Y))])


def repaired(param, X, Y):
    return np.array([-Normal.score_of_the_cost(Y[i], param[i]) for i in range(len(Y))])
