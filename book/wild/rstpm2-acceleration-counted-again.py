"""An accelerated failure time model subtracts the acceleration once more from its log hazard."""

import numpy as np

SOURCE = "https://github.com/mclements/rstpm2/commit/11681bf"
THREAD = "mclements/rstpm2 11681bf (7660d80)"
DATE = "2023-05"
KIND = "cost"
FORMULA = (
    r"\log h = s(\log t - \eta) + \log s'(\log t - \eta) + \log(1 - \eta') - \log t - \eta,\; "
    r"C = \textstyle\sum e^{s} - \sum_{\text{events}} \log h"
)
RIGHT = (
    r"\log h = s(\log t - \eta) + \log s'(\log t - \eta) + \log(1 - \eta') - \log t,\; "
    r"C = \textstyle\sum e^{s} - \sum_{\text{events}} \log h"
)
READ = "code"
LAYER = [1]
NAMES = [{"another-cost"}]
NET = None  # a model of survival times; its spline is a cubic here
BLOCKS = ["beta[1]", "betas[1]"]
SAMPLES = 8
LAM = 0.0


def start(rng):
    return [0.3 * rng.standard_normal(4), np.array([0.2, 1.0, 0.05, 0.1]) + 0.02 * rng.standard_normal(4)]


def data(rng):
    """Two covariates, the times and whether there was an event."""
    time = rng.uniform(0.5, 3, SAMPLES)
    event = (np.arange(SAMPLES) % 3 > 0).astype(float)
    return np.column_stack([rng.standard_normal((SAMPLES, 2)), time]), event


def design(X):
    """Effects of the covariates, and those that change with the logarithm of time; and their slopes in it."""
    x, logt = X[:, :2], np.log(X[:, 2])[:, None]
    return np.column_stack([x, 0.3 * x * logt]), np.column_stack([0 * x, 0.3 * x])


def basis(x, derivative=0):
    if derivative == 0:
        return np.column_stack([x**0, x, x**2, x**3])
    if derivative == 1:
        return np.column_stack([0 * x, x**0, 2 * x, 3 * x**2])
    return np.column_stack([0 * x, 0 * x, 2 * x**0, 6 * x])


class AFT:
    def __init__(self, data, event):
        self.X, self.XD = design(data)
        self.time, self.event = data[:, 2], event

    def objective(self, betafull, right=False):
        beta, betas = betafull
        eta = self.X @ beta
        etaD = self.XD @ beta
        logtstar = np.log(self.time) - eta
        etas = basis(logtstar) @ betas
        etaDs = basis(logtstar, 1) @ betas
        eps = 1e-8
        pen = np.sum(np.where(etaDs.real < eps, etaDs, eps) ** 2)
        etaDs = np.where(etaDs.real > eps, etaDs, eps)
        pen += np.sum(np.where(1 - etaD.real < eps, 1 - etaD, eps) ** 2)
        etaD = 1 - np.where(1 - etaD.real > eps, 1 - etaD, eps)
        if right:
            logh = etas + np.log(etaDs) + np.log(1 - etaD) - np.log(self.time)
        else:
            logh = etas + np.log(etaDs) + np.log(1 - etaD) - np.log(self.time) - eta
        H = np.exp(etas)
        return pen - (logh @ self.event - np.sum(H))

    def gradient(self, betafull, of_cost=False):
        beta, betas = betafull
        X, XD = self.X, self.XD
        eta = X @ beta
        etaD = XD @ beta
        logtstar = np.log(self.time) - eta
        Xs, XDs, XDDs = basis(logtstar), basis(logtstar, 1), basis(logtstar, 2)
        etas, etaDs, etaDDs = Xs @ betas, XDs @ betas, XDDs @ betas
        H = np.exp(etas)
        dHdbetas = Xs * H[:, None]
        dHdbeta = -X * (H * etaDs)[:, None]
        dloghdbetas = Xs + XDs * (1 / etaDs)[:, None]
        dloghdbeta = -X * (etaDDs / etaDs)[:, None] - X * etaDs[:, None] - XD * (1 / (1 - etaD))[:, None]
        if of_cost:
            dloghdbeta = dloghdbeta - X
        event = self.event[:, None]
        return [np.sum(-dloghdbeta * event + dHdbeta, 0), np.sum(-dloghdbetas * event + dHdbetas, 0)]


def cost(params, X, Y):
    return AFT(X, Y).objective(params)


def meant(params, X, Y):
    return AFT(X, Y).objective(params, right=True)


def grad(params, X, Y):
    return AFT(X, Y).gradient(params)


def repaired(params, X, Y):
    """The gradient of the cost as it was."""
    return AFT(X, Y).gradient(params, of_cost=True)
