"""In the slope of a Hawkes likelihood the time after the first event is a variable that has not been set yet."""

import numpy as np

SOURCE = "https://github.com/canerturkmen/hawkeslib/commit/4ca9ff9"
THREAD = "canerturkmen/hawkeslib 4ca9ff9"
DATE = "2019-02"
KIND = "gradient"
FORMULA = (
    r"\partial \ell / \partial \theta = \dots - \alpha \textstyle\sum_j r_j e^{-\theta r_j},\; r_j = T - t_j,\; r_0 = 0"
)
RIGHT = (
    r"\partial \ell / \partial \theta = \dots - \alpha \textstyle\sum_j r_j e^{-\theta r_j},\; r_j = T - t_j,\; "
    r"r_0 = T - t_0"
)
READ = "code"
GROUP = "blocks"
LAYER = [1]
NAMES = []
NET = None  # a Hawkes process
BLOCKS = ["mu[1]", "alpha[1]", "theta[1]"]
SAMPLES = 8
LAM = 0.0


def start(rng):
    return [rng.uniform(0.3, 1), rng.uniform(0.3, 0.8), rng.uniform(0.3, 0.8)]


def data(rng):
    """The times of the events, and the time when the observation ends."""
    times = np.sort(rng.uniform(0.5, 6, SAMPLES))
    return times[:, None], np.full((SAMPLES, 1), 6.5)


def cost(params, X, Y):
    """The negative logarithm of the likelihood."""
    mu, alpha, theta = params
    t, T = X[:, 0], Y[0, 0]
    phi, compensator = 0.0, mu * T + alpha * (1 - np.exp(-theta * (T - t[0])))
    logarithms = np.log(mu)
    for j in range(len(t) - 1):
        phi = np.exp(-theta * (t[j + 1] - t[j])) * (1 + phi)
        logarithms += np.log(mu + alpha * theta * phi)
        compensator += alpha * (1 - np.exp(-theta * (T - t[j + 1])))
    return compensator - logarithms


def log_likelihood_gradient(params, X, Y, right):
    mu, alpha, theta = params
    t, T = X[:, 0], Y[0, 0]
    phi = nphi = nalpha = ntheta = 0.0
    r = T - t[0] if right else 0.0
    nmu = 1 / mu
    c_alpha = 1 - np.exp(-theta * (T - t[0]))
    c_theta = alpha * r * np.exp(-theta * (T - t[0]))
    for j in range(len(t) - 1):
        d = t[j + 1] - t[j]
        r = T - t[j + 1]
        ed = np.exp(-theta * d)
        F = 1 - np.exp(-theta * r)
        nphi = ed * (d * (1 + phi) + nphi)
        phi = ed * (1 + phi)
        intensity = mu + alpha * theta * phi
        nmu += 1 / intensity
        nalpha += theta * phi / intensity
        ntheta += alpha * (phi - theta * nphi) / intensity
        c_alpha += F
        c_theta += alpha * r * (1 - F)
    return nmu - T, nalpha - c_alpha, ntheta - c_theta


def grad(params, X, Y):
    return [-g for g in log_likelihood_gradient(params, X, Y, right=False)]


def repaired(params, X, Y):
    return [-g for g in log_likelihood_gradient(params, X, Y, right=True)]
