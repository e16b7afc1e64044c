"""The gradient of a log dispersion's prior subtracts the 1 that the map's Jacobian contributes, and has to add it."""

import numpy as np
from scipy.special import gammaln, psi

SOURCE = "https://github.com/gpstuff-dev/gpstuff/commit/07f18a14520e05e4c123df407e5ac27babf4605e"
THREAD = "gpstuff-dev/gpstuff 07f18a1"
DATE = "2011-01"
KIND = "gradient"
GROUP = "factor"
FORMULA = r"\partial \log p / \partial \log r = r\, \partial \log p(r) / \partial r - 1"
RIGHT = r"\partial \log p / \partial \log r = r\, \partial \log p(r) / \partial r + 1,\; \log p = \log p(r) + \log r"
READ = "reconstruction"  # the latent values, which are at the mode of a Gaussian process in the program, are parameters
LAYER = [1]
NAMES = []
NET = None  # counts with a negative binomial likelihood
BLOCKS = ["f[1]", "w[1]"]
SAMPLES = 7
LAM = 0.0
SH, IS = 4.0, 1.5


def start(rng):
    """The latent values, and the logarithm of the dispersion."""
    return [0.5 * rng.standard_normal(SAMPLES), rng.uniform(0.2, 0.9, 1)]


def data(rng):
    """The expected and the observed counts."""
    z = rng.uniform(1.0, 4.0, SAMPLES)
    return z[:, None], rng.poisson(1.3 * z).astype(float)[:, None]


class PriorGamma:
    def lp(self, x):
        return -IS * x + (SH - 1) * np.log(x) + SH * np.log(IS) - gammaln(SH)

    def lpg(self, x):
        return (SH - 1) / x - IS


class LikNegbin:
    """The dispersion is packed as its logarithm."""

    def __init__(self, w):
        self.p_disper = PriorGamma()
        self.disper = self.unpak(w)

    def unpak(self, w):
        return np.exp(w[0])

    def lp(self):
        return self.p_disper.lp(self.disper) + np.log(self.disper)

    def lpg(self):
        # Evaluate the gprior with respect to disper
        ggs = self.p_disper.lpg(self.disper)
        return ggs * self.disper - 1

    def ll(self, y, f, z):
        r = self.disper
        mu = np.exp(f) * z
        return np.sum(
            r * (np.log(r) - np.log(r + mu))
            + gammaln(r + y)
            - gammaln(r)
            - gammaln(y + 1)
            + y * (np.log(mu) - np.log(r + mu))
        )

    def llg(self, y, f, param, z):
        mu = np.exp(f) * z
        r = self.disper
        if param == "param":
            # Derivative using the psi function
            llg = np.sum(1 + np.log(r / (r + mu)) - (r + y) / (r + mu) + psi(r + y) - psi(r))
            # correction for the log transformation
            return llg * self.disper
        # latent
        return y - (r + y) * mu / (r + mu)


class LikNegbinLater(LikNegbin):
    def lpg(self):
        ggs = self.p_disper.lpg(self.disper)
        return ggs * self.disper + 1


def covariance(n):
    t = np.arange(n)
    return np.exp(-0.5 * (t[:, None] - t) ** 2) + 0.1 * np.eye(n)


def gp_e(params, X, Y):
    """The energy: minus the log likelihood, the log priors of the latent values and the dispersion."""
    f, w = params
    likelihood = LikNegbin(w)
    edata = -likelihood.ll(Y[:, 0], f, X[:, 0]) + 0.5 * f @ np.linalg.solve(covariance(len(f)), f)
    eprior = -likelihood.lp()
    return edata + eprior


def gp_g(kind, params, X, Y):
    f, w = params
    likelihood = kind(w)
    y, z = Y[:, 0], X[:, 0]
    df = -likelihood.llg(y, f, "latent", z) + np.linalg.solve(covariance(len(f)), f)
    gdata = -likelihood.llg(y, f, "param", z)
    gprior = -likelihood.lpg()
    return [df, np.array([gdata + gprior])]


def cost(params, X, Y):
    return gp_e(params, X, Y)


def grad(params, X, Y):
    return gp_g(LikNegbin, params, X, Y)


def repaired(params, X, Y):
    return gp_g(LikNegbinLater, params, X, Y)
