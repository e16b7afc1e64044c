"""Among scores, which are slopes of a likelihood, one distribution has the slope of its deviance."""

import numpy as np

SOURCE = "https://github.com/Quantco/glum/commit/797f0b19"
THREAD = "Quantco/glum PR #889, commit 797f0b19"
DATE = "2025-01"
KIND = "gradient"
FORMULA = (
    r"\partial C / \partial \beta = "
    r"-\sum_i 2 w_i \Bigl(\frac{1}{\mu_i} - \frac{y_i}{\mu_i^2}\Bigr) x_i + \alpha \beta"
)
RIGHT = (
    r"\partial C / \partial \beta = "
    r"-\sum_i w_i \Bigl(\frac{y_i}{\mu_i^2} - \frac{1}{\mu_i}\Bigr) x_i + \alpha \beta,\; "
    r"C = \tfrac12 \sum_i w_i \frac{(y_i - \mu_i)^2}{y_i \mu_i^2} + \tfrac12 \alpha \lVert \beta \rVert^2,\; "
    r"\mu = e^{X \beta}"
)
READ = "code"
GROUP = "factor"
LAYER = [1]
NAMES = []
ALPHA = 0.1
NET = None  # a generalised linear model
BLOCKS = ["coef[1]"]
SAMPLES = 8
LAM = 0.0


def start(rng):
    return 0.4 * rng.standard_normal(3)


def data(rng):
    return np.column_stack([np.ones(SAMPLES), rng.standard_normal((SAMPLES, 2))]), rng.uniform(0.4, 2.5, SAMPLES)


WEIGHTS = np.array([1, 2, 1, 3, 1, 1, 2, 1]) / 12


def inv_gaussian_log_eta_mu_deviance(coef, X, y, weights):
    eta = X @ coef
    mu = np.exp(eta)
    return eta, mu, np.sum(weights * (y - mu) ** 2 / (y * mu**2))


def cost(coef, X, Y):
    return 0.5 * inv_gaussian_log_eta_mu_deviance(coef, X, Y, WEIGHTS)[2] + 0.5 * ALPHA * np.sum(coef**2)


def inv_gaussian_log_rowwise_gradient_hessian(y, weights, eta, mu):
    gradient_rows_out = np.zeros_like(mu)
    for i in range(len(eta)):
        inv_mu = 1 / mu[i]
        inv_mu2 = inv_mu**2
        gradient_rows_out[i] = 2 * weights[i] * (inv_mu - y[i] * inv_mu2)
    return gradient_rows_out


def inv_gaussian_log_rowwise_gradient_hessian_repaired(y, weights, eta, mu):
    gradient_rows_out = np.zeros_like(mu)
    for i in range(len(eta)):
        inv_mu = 1 / mu[i]
        inv_mu2 = inv_mu**2
        gradient_rows_out[i] = weights[i] * (y[i] * inv_mu2 - inv_mu)
    return gradient_rows_out


def score(coef, X, Y, rowwise):
    eta, mu, _ = inv_gaussian_log_eta_mu_deviance(coef, X, Y, WEIGHTS)
    return X.T @ rowwise(Y, WEIGHTS, eta, mu) - ALPHA * coef


def grad(coef, X, Y):
    return -score(coef, X, Y, inv_gaussian_log_rowwise_gradient_hessian)


def repaired(coef, X, Y):
    return -score(coef, X, Y, inv_gaussian_log_rowwise_gradient_hessian_repaired)
