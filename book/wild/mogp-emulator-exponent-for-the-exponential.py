"""A kernel's derivatives are multiplied by the sum that stands in its exponent where the exponential should stand."""

import numpy as np

SOURCE = "https://github.com/alan-turing-institute/mogp-emulator/commit/f4b34c1"
THREAD = "alan-turing-institute/mogp-emulator f4b34c1"
DATE = "2021-01"
KIND = "gradient"
FORMULA = r"\partial k / \partial \theta_i = -\tfrac12 a_i e^{\theta_n} s"
RIGHT = (
    r"\partial k / \partial \theta_i = -\tfrac12 a_i e^{\theta_n} e^{-s / 2},\; a_i = (x_i - y_i)^2 e^{\theta_i},\; "
    r"s = \textstyle\sum_i a_i,\; k = e^{\theta_n - s / 2}"
)
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = []
NINPUT, NUGGET = 3, 0.05
NET = None  # a Gaussian process
BLOCKS = ["theta[1]"]
SAMPLES = 8
LAM = 0.0


def start(rng):
    return rng.uniform(-0.7, 0.7, NINPUT + 1)


def data(rng):
    return rng.standard_normal((SAMPLES, NINPUT)), rng.standard_normal(SAMPLES)


def cov_val(x, y, theta):
    s = 0.0
    for i in range(NINPUT):
        d_i = x[i] - y[i]
        s += d_i * d_i * np.exp(theta[i])
    return np.exp(-0.5 * s + theta[NINPUT])


def cov_deriv(x, y, theta):
    result = np.zeros(NINPUT + 1)
    s = 0.0
    exp_thetaN = np.exp(theta[NINPUT])
    for i in range(NINPUT):
        d_i = x[i] - y[i]
        a = d_i * d_i * np.exp(theta[i])
        s += a
        result[i] = -0.5 * exp_thetaN * a
    for i in range(NINPUT):
        result[i] *= s
    result[NINPUT] = exp_thetaN * np.exp(-0.5 * s)
    return result


def cov_deriv_later(x, y, theta):
    result = np.zeros(NINPUT + 1)
    s = 0.0
    exp_thetaN = np.exp(theta[NINPUT])
    for i in range(NINPUT):
        d_i = x[i] - y[i]
        a = d_i * d_i * np.exp(theta[i])
        s += a
        result[i] = -0.5 * a
    s = exp_thetaN * np.exp(-0.5 * s)
    for i in range(NINPUT):
        result[i] *= s
    result[NINPUT] = s
    return result


def covariance(theta, X):
    return np.array([[cov_val(x, y, theta) for y in X] for x in X]) + NUGGET * np.eye(len(X))


def cost(theta, X, Y):
    """The negative logarithm of the likelihood."""
    K = covariance(theta, X)
    return 0.5 * (np.log(np.linalg.det(K)) + Y @ np.linalg.solve(K, Y) + len(X) * np.log(2 * np.pi))


def partials(deriv, theta, X, Y):
    invQ = np.linalg.inv(covariance(theta, X))
    invQt = invQ @ Y
    dKdtheta = np.array([[deriv(x, y, theta) for y in X] for x in X])
    out = np.zeros(len(theta))
    for d in range(len(theta)):
        out[d] = -0.5 * (invQt @ dKdtheta[:, :, d] @ invQt - np.trace(invQ @ dKdtheta[:, :, d]))
    return out


def grad(theta, X, Y):
    return partials(cov_deriv, theta, X, Y)


def repaired(theta, X, Y):
    return partials(cov_deriv_later, theta, X, Y)
