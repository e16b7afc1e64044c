"""The huberized deviance picks its linear branch by the estimate without the offset, the residuals by their sum."""

import numpy as np

SOURCE = "https://github.com/gbm-developers/gbm3/pull/103"
THREAD = "gbm-developers/gbm3 PR #103, d3351c7"
DATE = "2016-06"
KIND = "cost"
FORMULA = (
    r"C = \tfrac1{\sum w} \textstyle\sum_i w_i \ell_i,\; \ell = -4 m \text{ if } (2 y - 1) f < -1,\; "
    r"0 \text{ if } m > 1,\; \text{else } (1 - m)^2;\; m = (2 y - 1)(f + o)"
)
RIGHT = (
    r"C = \tfrac1{\sum w} \textstyle\sum_i w_i \ell_i,\; \ell = -4 m \text{ if } m < -1,\; "
    r"0 \text{ if } m > 1,\; \text{else } (1 - m)^2"
)
READ = "code"
LAYER = [1]
NAMES = [{"another-cost"}]
NET = None  # the estimates of boosted trees
BLOCKS = ["f[1]"]
SAMPLES = 14
LAM = 0.0


def start(rng):
    """An estimate for each row."""
    return 1.5 * rng.standard_normal(SAMPLES)


def data(rng):
    """An offset and a weight for each row, and its class."""
    return np.column_stack([1.5 * rng.standard_normal(SAMPLES), rng.uniform(0.5, 1.5, SAMPLES)]), rng.integers(
        0, 2, SAMPLES
    ).astype(float)


class CHuberized:
    def branch(self, f, delta_func_est):
        """What the linear branch is chosen by."""
        return f

    def compute_working_response(self, offset, y, func_estimate):
        residuals = np.zeros_like(func_estimate)
        for i in range(len(y)):
            delta_func_est = func_estimate[i] + offset[i]
            if (2 * y[i] - 1) * delta_func_est.real < -1:
                residuals[i] = -4 * (2 * y[i] - 1)
            elif 1 - (2 * y[i] - 1) * delta_func_est.real < 0:
                residuals[i] = 0
            else:
                residuals[i] = -2 * (2 * y[i] - 1) * (1 - (2 * y[i] - 1) * delta_func_est)
        return residuals

    def deviance(self, offset, weight, y, func_estimate):
        loss = 0.0
        weights = 0.0
        for i in range(len(y)):
            delta_func_est = offset[i] + func_estimate[i]
            if (2 * y[i] - 1) * self.branch(func_estimate[i], delta_func_est).real < -1:
                loss += -weight[i] * 4 * (2 * y[i] - 1) * delta_func_est
                weights += weight[i]
            elif 1 - (2 * y[i] - 1) * delta_func_est.real < 0:
                loss += 0
                weights += weight[i]
            else:
                loss += weight[i] * (1 - (2 * y[i] - 1) * delta_func_est) * (1 - (2 * y[i] - 1) * delta_func_est)
                weights += weight[i]
        return loss / weights


class Later(CHuberized):
    def branch(self, f, delta_func_est):
        return delta_func_est


class AsItWas(CHuberized):
    def compute_working_response(self, offset, y, func_estimate):
        """The slopes of the deviance as it was."""
        residuals = np.zeros_like(func_estimate)
        for i in range(len(y)):
            delta_func_est = func_estimate[i] + offset[i]
            if (2 * y[i] - 1) * func_estimate[i].real < -1:
                residuals[i] = -4 * (2 * y[i] - 1)
            elif 1 - (2 * y[i] - 1) * delta_func_est.real < 0:
                residuals[i] = 0
            else:
                residuals[i] = -2 * (2 * y[i] - 1) * (1 - (2 * y[i] - 1) * delta_func_est)
        return residuals


def weighted(dist, func_estimate, X, Y):
    """Trees are fitted to the residuals with the rows' weights; the deviance is the weighted mean."""
    return X[:, 1] * dist.compute_working_response(X[:, 0], Y, func_estimate) / np.sum(X[:, 1])


def cost(func_estimate, X, Y):
    return CHuberized().deviance(X[:, 0], X[:, 1], Y, func_estimate)


def meant(func_estimate, X, Y):
    return Later().deviance(X[:, 0], X[:, 1], Y, func_estimate)


def grad(func_estimate, X, Y):
    return weighted(CHuberized(), func_estimate, X, Y)


def repaired(func_estimate, X, Y):
    return weighted(AsItWas(), func_estimate, X, Y)
