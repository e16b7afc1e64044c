"""The adjoint of a Dirichlet's log density has the exponents as the gradient of the place, not divided by it."""

import numpy as np
from scipy.special import digamma, gammaln

SOURCE = "https://github.com/TuringLang/DistributionsAD.jl/commit/141f970005b79c51aa60ae4bd4d48092f1824b58"
THREAD = "TuringLang/DistributionsAD.jl 141f970"
DATE = "2020-06"
KIND = "gradient"
GROUP = "slope"
FORMULA = r"\partial \log p / \partial x = \alpha - 1"
RIGHT = r"\partial \log p / \partial x = (\alpha - 1) / x,\; \log p = (\alpha - 1)^\top \log x - \log B(\alpha)"
READ = "code"
LAYER = [1]
NAMES = []
NET = None  # shares of each sample with a common Dirichlet prior
BLOCKS = ["z[1]", "log_alpha[2]"]
SAMPLES = 5
LAM = 0.0
K = 3


def start(rng):
    """Shares before their softmax, a column for each sample, and the prior's exponents as logarithms."""
    return {"z": 0.7 * rng.standard_normal((K, SAMPLES)), "log_alpha": rng.uniform(0.3, 1.2, K)}


def data(rng):
    """Nothing is given but counts."""
    return np.zeros((SAMPLES, 1)), rng.integers(0, 6, (SAMPLES, K)).astype(float)


def dirichlet(alpha):
    """What TuringDirichlet keeps, and how to go back from the logarithm of its constant."""
    alpha0 = np.sum(alpha)
    return np.sum(gammaln(alpha)) - gammaln(alpha0), lambda d: d * (digamma(alpha) - digamma(alpha0))


def simplex_logpdf(alpha, lmnB, x):
    return np.sum((alpha[:, None] - 1) * np.log(x), axis=0) - lmnB


def adjoint(alpha, lmnB, x):
    def back(delta):
        place = np.repeat(alpha[:, None] - 1, x.shape[1], axis=1) @ np.diag(delta)
        return np.log(x) @ delta, -np.sum(delta), place

    return simplex_logpdf(alpha, lmnB, x), back


def adjoint_repaired(alpha, lmnB, x):
    def back(delta):
        place = ((alpha[:, None] - 1) / x) @ np.diag(delta)
        return np.log(x) @ delta, -np.sum(delta), place

    return simplex_logpdf(alpha, lmnB, x), back


def softmax(z):
    e = np.exp(z - np.max(z, axis=0))
    return e / np.sum(e, axis=0)


def cost(params, X, Y):
    """Minus the log posterior, with normal priors of the parameters themselves."""
    x, alpha = softmax(params["z"]), np.exp(params["log_alpha"])
    logp = np.sum(simplex_logpdf(alpha, dirichlet(alpha)[0], x)) + np.sum(Y.T * np.log(x))
    return -logp + 0.5 * np.sum(params["log_alpha"] ** 2)


def pullback(params, Y, rule):
    x, alpha = softmax(params["z"]), np.exp(params["log_alpha"])
    lmnB, constant_back = dirichlet(alpha)
    logp, back = rule(alpha, lmnB, x)
    dalpha, dlmnB, dx = back(-np.ones(len(logp)))
    dalpha = dalpha + constant_back(dlmnB)
    dx = dx - Y.T / x
    dz = x * (dx - np.sum(x * dx, axis=0))
    return {"z": dz, "log_alpha": alpha * dalpha + params["log_alpha"]}


def grad(params, X, Y):
    return pullback(params, Y, adjoint)


def repaired(params, X, Y):
    return pullback(params, Y, adjoint_repaired)
