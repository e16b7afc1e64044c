"""The printed cost of a logistic regression has its minus before the terms of the zeros alone."""

import numpy as np

SOURCE = "https://github.com/ErfanMoosavi/cpp-logistic-regression/commit/d356ea9"
THREAD = "ErfanMoosavi/cpp-logistic-regression d356ea9"
DATE = "2025-04"
KIND = "cost"
FORMULA = r"C = \tfrac1m \textstyle\sum_i y_i \log a_i - (1 - y_i) \log(1 - a_i)"
RIGHT = r"C = -\tfrac1m \textstyle\sum_i y_i \log a_i + (1 - y_i) \log(1 - a_i)"
READ = "code"
LAYER = [1]
NAMES = [{"another-cost"}]
NET = dict(sizes=(4, 1), hidden="sigmoid", output="sigmoid", loss="binary_cross_entropy")
SAMPLES = 7
LAM = 0.0


def start(rng):
    return [rng.standard_normal(4), np.zeros(1)]


def data(rng):
    return rng.standard_normal((SAMPLES, 4)), rng.integers(0, 2, SAMPLES).astype(float)


class LogisticRegression:
    def __init__(self, parameters, fit_intercept=True, right=False):
        self.parameters = parameters
        self.fit_intercept = fit_intercept
        self.right = right

    def sigmoid(self, z):
        m = len(z)
        a = np.zeros_like(z)
        for i in range(m):
            a[i] = 1 / (1 + np.exp(-z[i]))
        return a

    def forward_prop(self, x):
        m, n_x = x.shape
        z = np.zeros(m, dtype=self.parameters[0].dtype)
        for i in range(m):
            for j in range(n_x):
                z[i] += self.parameters[0][j] * x[i][j]
            if self.fit_intercept:
                z[i] += self.parameters[1][0]
        return self.sigmoid(z)

    def compute_cost(self, y, y_hat):
        m = len(y)
        total = 0
        for i in range(m):
            if self.right:
                total += y[i] * np.log(y_hat[i]) + (1 - y[i]) * np.log(1 - y_hat[i])
            else:
                total += np.log(y_hat[i]) * y[i] + (-np.log(1 - y_hat[i])) * (1 - y[i])
        return -total / m if self.right else total / m

    def gradients(self, x, y, dz):
        m, n_x = x.shape
        dw = np.zeros(n_x)
        for i in range(n_x):
            for j in range(m):
                dw[i] += dz[j] * x[j][i]
            dw[i] /= m
        return [dw, np.array([np.sum(dz) / m])]


def cost(params, X, Y):
    log_reg = LogisticRegression(params)
    return log_reg.compute_cost(Y, log_reg.forward_prop(X))


def meant(params, X, Y):
    log_reg = LogisticRegression(params, right=True)
    return log_reg.compute_cost(Y, log_reg.forward_prop(X))


def grad(params, X, Y):
    """What the step goes by."""
    log_reg = LogisticRegression(params)
    return log_reg.gradients(X, Y, log_reg.forward_prop(X) - Y)


def repaired(params, X, Y):
    """The gradient of the cost as it was."""
    log_reg = LogisticRegression(params)
    a = log_reg.forward_prop(X)
    return log_reg.gradients(X, Y, (Y / a + (1 - Y) / (1 - a)) * a * (1 - a))
