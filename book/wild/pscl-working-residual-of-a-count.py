"""A reader misses the difference between a count and its mean in the slope of a zero-inflated likelihood."""

import numpy as np

SOURCE = "https://github.com/atahk/pscl/issues/2"
THREAD = "atahk/pscl #2"
DATE = "2018-09"
KIND = "right"
FORMULA = r"\partial \log p(y) / \partial \eta = y - \mu \frac{y + \theta}{\mu + \theta},\; y > 0,\; \mu = e^\eta"
RIGHT = (
    r"\log p(y) = \log (1 - \phi) + \log \frac{\Gamma(y + \theta)}{\Gamma(\theta)\, y!} + \theta \log \frac{\theta}"
    r"{\mu + \theta} + y \log \frac{\mu}{\mu + \theta},\; y > 0"
)
READ = "code"
LAYER = []
NAMES = []
NET = None  # counts of a negative binomial distribution with more zeros
BLOCKS = ["count[1]", "zero[1]", "log_theta[1]"]
SAMPLES = 8
LAM = 0.0


def start(rng):
    return [0.5 * rng.standard_normal(3), 0.5 * rng.standard_normal(3), 0.5 * rng.standard_normal(1)]


def data(rng):
    X = np.column_stack([np.ones(SAMPLES), rng.standard_normal((SAMPLES, 2))])
    return X, np.array([0, 3, 0, 1, 5, 0, 2, 1])


def lgamma_ratio(Y, theta):
    return np.array([sum(np.log(theta + j) for j in range(y)) for y in Y])


def digamma_ratio(Y, theta):
    return np.array([sum(1 / (theta + j) for j in range(y)) for y in Y])


def dnbinom_log(Y, theta, mu):
    """The factorials of the counts are left out."""
    return lgamma_ratio(Y, theta) + theta * np.log(theta / (mu + theta)) + Y * np.log(mu / (mu + theta))


def linkinv(eta):
    return 1 / (1 + np.exp(-eta))


def mu_eta(eta):
    return linkinv(eta) * (1 - linkinv(eta))


def ziNegBin(parms, X, Y):
    mu = np.exp(X @ parms[0])
    phi = linkinv(X @ parms[1])
    theta = np.exp(parms[2][0])
    loglik0 = np.log(phi + np.exp(np.log(1 - phi) + dnbinom_log(0 * Y, theta, mu)))
    loglik1 = np.log(1 - phi) + dnbinom_log(Y, theta, mu)
    return np.sum(loglik0[Y == 0]) + np.sum(loglik1[Y > 0])


def gradNegBin(parms, X, Y):
    Y1 = Y > 0
    mu = np.exp(X @ parms[0])
    etaz = X @ parms[1]
    muz = linkinv(etaz)
    theta = np.exp(parms[2][0])
    clogdens0 = dnbinom_log(0 * Y, theta, mu)
    dens0 = muz * (1 - Y1) + np.exp(np.log(1 - muz) + clogdens0)
    wres_count = np.where(
        Y1,
        Y - mu * (Y + theta) / (mu + theta),
        -np.exp(-np.log(dens0) + np.log(1 - muz) + clogdens0 + np.log(theta) - np.log(mu + theta) + np.log(mu)),
    )
    wres_zero = np.where(Y1, -1 / (1 - muz) * mu_eta(etaz), (mu_eta(etaz) - np.exp(clogdens0) * mu_eta(etaz)) / dens0)
    wres_theta = theta * np.where(
        Y1,
        digamma_ratio(Y, theta) + np.log(theta) - np.log(mu + theta) + 1 - (Y + theta) / (mu + theta),
        np.exp(-np.log(dens0) + np.log(1 - muz) + clogdens0)
        * (np.log(theta) - np.log(mu + theta) + 1 - theta / (mu + theta)),
    )
    return [wres_count @ X, wres_zero @ X, np.array([np.sum(wres_theta)])]


def cost(params, X, Y):
    return -ziNegBin(params, X, Y)


def grad(params, X, Y):
    return [-g for g in gradNegBin(params, X, Y)]


repaired = grad
