"""The least-squares objective is halved and averaged over the samples, the gradient is that of the sum."""

import numpy as np

SOURCE = "https://github.com/benchopt/template_benchmark/pull/50"
THREAD = "benchopt/template_benchmark PR #50"
DATE = "2025-10"
KIND = "cost"
FORMULA = r"C = \tfrac1{2n} \lVert y - X \beta \rVert^2"
RIGHT = r"C = \tfrac12 \lVert y - X \beta \rVert^2"
READ = "code"
LAYER = [1]
NAMES = [{"another-cost"}, {"factor"}, {"mean-missing"}]
NET = None  # ordinary least squares, without an intercept
BLOCKS = ["beta[1]"]
SAMPLES = 8
LAM = 0.0


def start(rng):
    return rng.standard_normal(5)


def data(rng):
    return rng.standard_normal((SAMPLES, 5)), rng.standard_normal(SAMPLES)


def gradient_ols(X, y, beta):
    return X.T @ (X @ beta - y)


def value_ols(X, y, beta):
    return 0.5 * np.mean((y - X @ beta) ** 2)


def value_ols_later(X, y, beta):
    residual = y - X @ beta
    return 0.5 * (residual @ residual)


class Objective:
    """What the benchmark reports of a solver's result."""

    name = "Ordinary Least Squares"
    value = staticmethod(value_ols)

    def set_data(self, X, y):
        self.X, self.y = X, y

    def evaluate_result(self, beta):
        return dict(value=self.value(self.X, self.y, beta))

    def get_objective(self):
        return dict(X=self.X, y=self.y)


class ObjectiveLater(Objective):
    value = staticmethod(value_ols_later)


class Solver:
    """Gradient descent."""

    name = "GD"

    def set_objective(self, X, y):
        self.X, self.y = X, y

    def direction(self, beta):
        return gradient_ols(self.X, self.y, beta)


def value(kind, beta, X, y):
    objective = kind()
    objective.set_data(X, y)
    return objective.evaluate_result(beta)["value"]


def cost(beta, X, Y):
    return value(Objective, beta, X, Y)


def meant(beta, X, Y):
    return value(ObjectiveLater, beta, X, Y)


def grad(beta, X, Y):
    objective, solver = Objective(), Solver()
    objective.set_data(X, Y)
    solver.set_objective(**objective.get_objective())
    return solver.direction(beta)


def repaired(beta, X, Y):
    """The gradient of the objective as it was."""
    return gradient_ols(X, Y, beta) / len(X)
