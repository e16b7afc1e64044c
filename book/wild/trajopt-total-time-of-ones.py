"""The total time is the sum of the inverses of the variables, and its Jacobian is that of their sum."""

import numpy as np

SOURCE = "https://github.com/tesseract-robotics/trajopt/commit/628d12b6"
THREAD = "tesseract-robotics/trajopt 628d12b6"
DATE = "2019-01"
KIND = "gradient"
GROUP = "slope"
FORMULA = r"\partial t / \partial \tau_i = 1,\; t = \textstyle\sum_i 1 / \tau_i - \ell"
RIGHT = r"\partial t / \partial \tau_i = -1 / \tau_i^2"
READ = "code"
LAYER = [1]
NAMES = [{"derivative"}]
NET = None  # the time steps of a trajectory
BLOCKS = ["time_vals[1]"]
SAMPLES = 1
LAM = 0.0
LIMIT = 2.5


def start(rng):
    """The inverses of the time steps."""
    return rng.uniform(0.8, 2.5, 6)


def data(rng):
    """The term's coefficient."""
    return np.full((SAMPLES, 1), 0.7), np.zeros((SAMPLES, 1))


class TimeCostCalculator:
    def __init__(self, limit):
        self.limit_ = limit

    def __call__(self, time_vals):
        total = [None]
        total[0] = (1.0 / time_vals).sum() - self.limit_
        return np.array(total)


class TimeCostJacCalculator:
    def __call__(self, time_vals):
        return np.ones((1, len(time_vals)))


class TimeCostJacCalculatorLater:
    def __call__(self, time_vals):
        jac = np.zeros((1, len(time_vals)))
        jac[0] = -1 / time_vals**2
        return jac


class AffExpr:
    """A value and the slope by each variable."""

    def __init__(self, constant, coeffs):
        self.constant, self.coeffs = constant, coeffs


def exprSquare(affexpr):
    """The slope, where the variables are, of the square of an affine expression."""
    return 2 * affexpr.constant * affexpr.coeffs


class CostFromErrFunc:
    """A cost with the penalty SQUARED of each entry of an error function."""

    def __init__(self, f, dfdx, coeffs):
        self.f_, self.dfdx_, self.coeffs_ = f, dfdx, coeffs

    def value(self, x):
        err = self.f_(x)
        return (err**2 * self.coeffs_).sum()

    def convex(self, x):
        jac = self.dfdx_(x)
        y = self.f_(x)
        slope = np.zeros(len(x))
        for i in range(jac.shape[0]):
            aff = AffExpr(y[i], jac[i])
            slope += self.coeffs_[i] * exprSquare(aff)
        return slope


def cost(time_vals, X, Y):
    return CostFromErrFunc(TimeCostCalculator(LIMIT), None, X[:, 0]).value(time_vals)


def grad(time_vals, X, Y):
    return CostFromErrFunc(TimeCostCalculator(LIMIT), TimeCostJacCalculator(), X[:, 0]).convex(time_vals)


def repaired(time_vals, X, Y):
    return CostFromErrFunc(TimeCostCalculator(LIMIT), TimeCostJacCalculatorLater(), X[:, 0]).convex(time_vals)
