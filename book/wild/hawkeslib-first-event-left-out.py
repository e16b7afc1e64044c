"""The likelihood of a self-exciting process leaves the first event out, as does its gradient."""

import numpy as np

SOURCE = "https://github.com/canerturkmen/hawkeslib/commit/80dde93fb006cec2b9f848bef0617de2f8d6eefd"
THREAD = "canerturkmen/hawkeslib 80dde93, #4"
DATE = "2018-06"
KIND = "cost"
FORMULA = (
    r"C = \mu T - \textstyle\sum_{i \ge 2} \log (\mu + \alpha \theta \phi_i) "
    r"+ \alpha \sum_{i \ge 2} (1 - e^{-\theta (T - t_i)}),\; \phi_i = \sum_{j < i} e^{-\theta (t_i - t_j)}"
)
RIGHT = (
    r"C = \mu T - \textstyle\sum_{i \ge 1} \log (\mu + \alpha \theta \phi_i) "
    r"+ \alpha \sum_{i \ge 1} (1 - e^{-\theta (T - t_i)}),\; \phi_i = \sum_{j < i} e^{-\theta (t_i - t_j)}"
)
READ = "code"
LAYER = [1]
NAMES = [{"another-cost"}]
NET = None  # a Hawkes process whose events raise the rate of later ones
BLOCKS = ["mu, alpha and theta[1]"]
SAMPLES = 9
LAM = 0.0
T = 6.0


def start(rng):
    """The rate from outside, the infectivity, and the rate of decay."""
    return rng.uniform([0.5, 0.3, 0.8], [1.5, 0.8, 2.0])


def data(rng):
    """The events up to the time T, and nothing to aim at."""
    return np.sort(rng.uniform(0.0, T, SAMPLES))[:, None], np.zeros((SAMPLES, 1))


def exp(x):
    return np.exp(x)


def log(x):
    return np.log(x)


def uv_exp_ll(t, mu, alpha, theta, T, right=False):
    """Likelihood of a univariate Hawkes process with exponential decay."""
    phi = 0.0
    lComp = -mu * T
    lJ = 0
    N = len(t)

    if right:
        lComp -= alpha * (1 - exp(-theta * (T - t[0])))
        lJ = log(mu)

    for j in range(N - 1):
        d = t[j + 1] - t[j]
        r = T - t[j + 1]

        ed = exp(-theta * d)  # exp_diff
        F = 1 - exp(-theta * r)

        phi = ed * (1 + phi)
        lda = mu + alpha * theta * phi

        lJ = lJ + log(lda)
        lComp -= alpha * F

    return lJ + lComp


def uv_exp_ll_grad(t, mu, alpha, theta, T):
    """Calculate the gradient of the likelihood function w.r.t. parameters mu, alpha, theta"""
    phi, nphi = 0.0, 0.0
    Calpha, Ctheta = 0.0, 0.0
    nmu, nalpha, ntheta = 0.0, 0.0, 0.0
    N = len(t)

    for j in range(N - 1):
        d = t[j + 1] - t[j]
        r = T - t[j + 1]

        ed = exp(-theta * d)
        F = 1 - exp(-theta * r)

        nphi = ed * (-d * (1 + phi) + nphi)
        phi = ed * (1 + phi)
        lda = mu + alpha * theta * phi

        nmu = nmu + 1.0 / lda
        nalpha = nalpha + theta * phi / lda
        ntheta = ntheta + alpha * (phi + theta * nphi) / lda

        Calpha = Calpha + F
        Ctheta = Ctheta + alpha * r * (1 - F)

    return np.array([nmu - T, nalpha - Calpha, ntheta - Ctheta])


def cost(params, X, Y):
    """The optimiser goes down the negative of the likelihood."""
    return -uv_exp_ll(X[:, 0], *params, T)


def meant(params, X, Y):
    return -uv_exp_ll(X[:, 0], *params, T, right=True)


def grad(params, X, Y):
    return -uv_exp_ll_grad(X[:, 0], *params, T)


repaired = grad
