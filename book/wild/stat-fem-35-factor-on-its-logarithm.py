"""A factor that is fitted by its logarithm is missing once in the slope of a posterior."""

import numpy as np

SOURCE = "https://github.com/alan-turing-institute/stat-fem/issues/35"
THREAD = "alan-turing-institute/stat-fem #35"
DATE = "2020-10"
KIND = "gradient"
FORMULA = (
    r"\partial C / \partial \log\rho = -\mu^\top \alpha - \rho\, \alpha^\top C_u\, \alpha + "
    r"\rho\, \mathrm{tr}(K^{-1} C_u)"
)
RIGHT = (
    r"\partial C / \partial \log\rho = -\rho\, \mu^\top \alpha - \rho^2\, \alpha^\top C_u\, \alpha + "
    r"\rho^2\, \mathrm{tr}(K^{-1} C_u),\; \alpha = K^{-1} (y - \rho \mu)"
)
READ = "code"
GROUP = "factor"
LAYER = [1]
NAMES = []
UNCERTAINTY = 0.2
NET = None  # a posterior of three parameters
BLOCKS = ["params[1]"]
SAMPLES = 7
LAM = 0.0


def start(rng):
    """The logarithms of a factor of the model, and of the size and the length of what it does not explain."""
    return rng.uniform([-0.8, -0.7, -0.5], [0.8, 0.0, 0.5])


def data(rng):
    x = np.sort(rng.uniform(0, 4, SAMPLES))
    return x[:, None], (1.5 * np.sin(x) + 0.3 * rng.standard_normal(SAMPLES))[:, None]


class LinearSolver:
    """The mean and the covariance of a model's solution, at the places of the data, and the data."""

    def __init__(self, X, Y):
        self.sq = (X - X.T) ** 2
        self.mu, self.y = np.sin(X[:, 0]), Y[:, 0]
        self.Cu = 0.3 * np.exp(-0.5 * self.sq) + 0.05 * np.eye(len(X))

    def calc_K(self, params):
        return np.exp(2 * params[0]) * np.exp(-0.5 * self.sq / np.exp(2 * params[1]))

    def calc_K_plus_sigma(self, params):
        return self.calc_K(params) + UNCERTAINTY**2 * np.eye(len(self.y))

    def calc_K_deriv(self, params):
        K = self.calc_K(params)
        return [2 * K, K * self.sq / np.exp(2 * params[1])]

    def logposterior(self, params):
        rho = np.exp(params[0])
        KCu = rho**2 * self.Cu + self.calc_K_plus_sigma(params[1:])
        r = self.y - rho * self.mu
        logdet = np.linalg.slogdet(KCu)[1]
        return 0.5 * (len(r) * np.log(2 * np.pi) + logdet + r @ np.linalg.solve(KCu, r))

    def logpost_deriv(self, params, right):
        rho = np.exp(params[0])
        inverse = np.linalg.inv(rho**2 * self.Cu + self.calc_K_plus_sigma(params[1:]))
        inv_data = inverse @ (self.y - rho * self.mu)
        deriv = np.zeros(3)
        if right:
            deriv[0] = -rho * self.mu @ inv_data - rho**2 * inv_data @ self.Cu @ inv_data
            deriv[0] += rho**2 * np.trace(inverse @ self.Cu)
        else:
            deriv[0] = -self.mu @ inv_data - rho * inv_data @ self.Cu @ inv_data
            deriv[0] += rho * np.trace(inverse @ self.Cu)
        for i, K_deriv in enumerate(self.calc_K_deriv(params[1:])):
            deriv[i + 1] = -0.5 * (inv_data @ K_deriv @ inv_data - np.trace(inverse @ K_deriv))
        return deriv


def cost(params, X, Y):
    return LinearSolver(X, Y).logposterior(params)


def grad(params, X, Y):
    return LinearSolver(X, Y).logpost_deriv(params, right=False)


def repaired(params, X, Y):
    return LinearSolver(X, Y).logpost_deriv(params, right=True)
