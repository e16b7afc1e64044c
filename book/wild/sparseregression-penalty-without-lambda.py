"""The objective of a penalised regression adds its penalty without the regularisation parameters."""

import numpy as np

SOURCE = "https://github.com/joshday/SparseRegression.jl/pull/16"
THREAD = "joshday/SparseRegression.jl PR #16, 1415d8d"
DATE = "2018-01"
KIND = "cost"
FORMULA = r"C = \tfrac1n \textstyle\sum_i \tfrac12 (y_i - x_i \cdot \beta)^2 + \sum_j \tfrac12 \beta_j^2"
RIGHT = r"C = \tfrac1n \textstyle\sum_i \tfrac12 (y_i - x_i \cdot \beta)^2 + \sum_j \lambda_j \tfrac12 \beta_j^2"
READ = "code"
LAYER = [1]
NAMES = [{"penalty"}]
NET = None  # a linear regression with a parameter for the penalty of each coefficient
BLOCKS = ["beta[1]"]
SAMPLES = 8
LAM = 0.0
LAMBDA = np.full(4, 0.1)


def start(rng):
    return rng.standard_normal(4)


def data(rng):
    x = rng.standard_normal((SAMPLES, 4))
    return x, x @ np.linspace(-1, 1, 4) + rng.standard_normal(SAMPLES)


class LinearRegression:
    """Half of the squared distance."""

    def value(self, y, prediction):
        return np.mean(0.5 * (prediction - y) ** 2)

    def deriv(self, y, prediction):
        return prediction - y


class L2Penalty:
    def value(self, beta, lam=None):
        if lam is None:
            return 0.5 * np.sum(beta**2)
        return np.sum(lam * (0.5 * beta**2))

    def deriv(self, beta):
        return beta


class SModel:
    def __init__(self, x, y, beta, lam, loss, penalty):
        self.x, self.y, self.beta, self.lam = x, y, beta, lam
        self.loss, self.penalty = loss, penalty

    def predict(self):
        return self.x @ self.beta

    def value(self):
        return self.loss.value(self.y, self.predict()) + self.penalty.value(self.beta)

    def value_later(self):
        return self.loss.value(self.y, self.predict()) + self.penalty.value(self.beta, self.lam)


def gradient(o):
    nvec = o.loss.deriv(o.y, o.x @ o.beta)
    nvec = nvec / len(nvec)
    return o.x.T @ nvec


def gradient_descent(o, lam):
    """What a step of size one takes away."""
    nabla = gradient(o)
    step = np.zeros_like(o.beta)
    for j in range(len(o.beta)):
        step[j] = nabla[j] + lam[j] * o.penalty.deriv(o.beta[j])
    return step


def model(beta, X, Y):
    return SModel(X, Y, beta, LAMBDA, LinearRegression(), L2Penalty())


def cost(beta, X, Y):
    return model(beta, X, Y).value()


def meant(beta, X, Y):
    return model(beta, X, Y).value_later()


def grad(beta, X, Y):
    return gradient_descent(model(beta, X, Y), LAMBDA)


def repaired(beta, X, Y):
    """The gradient of the objective as it was."""
    return gradient_descent(model(beta, X, Y), np.ones_like(LAMBDA))
