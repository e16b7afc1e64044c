"""The slope by the standard deviation of a Tobit model is said to miss a half, and misses nothing."""

import numpy as np
from scipy.special import log_ndtr

SOURCE = "https://github.com/jamesdj/tobit/pull/4"
THREAD = "jamesdj/tobit PR #4, commit 625f3db"
DATE = "2020-12"
KIND = "right"
FORMULA = (
    r"\partial \log L / \partial s = \frac1s \Bigl(\sum_{mid} (z_i^2 - 1) - \sum_{cens} z_i\, \varphi(z_i) / \Phi(z_i)"
    r"\Bigr)"
)
RIGHT = (
    r"C = -\sum_{mid} \bigl(\log \varphi(z_i) - \log s\bigr) - \sum_{cens} \log \Phi(z_i),\; "
    r"z_i = \pm (y_i - x_i \cdot b) / s"
)
READ = "code"
LAYER = []
NAMES = []
NET = None  # a censored regression
BLOCKS = ["params[1]"]
SAMPLES = 8
LAM = 0.0


def start(rng):
    """The coefficients, and the standard deviation last."""
    return np.append(rng.standard_normal(3), rng.uniform(0.8, 1.6))


def data(rng):
    """Targets, and whether they are cut off on the left (-1), on the right (1) or not at all."""
    cens = np.array([-1, 0, 1, 0, 0, 1, -1, 0])
    return rng.standard_normal((SAMPLES, 3)), np.column_stack([rng.standard_normal(SAMPLES), cens])


def split_left_right_censored(x, y, cens):
    xs, ys = [], []
    for value in [-1, 0, 1]:
        split = cens == value
        xs.append(x[split])
        ys.append(y[split])
    return xs, ys


def logpdf(z):
    return -(z**2) / 2 - np.log(np.sqrt(2 * np.pi))


def tobit_neg_log_likelihood(xs, ys, params):
    x_left, x_mid, x_right = xs
    y_left, y_mid, y_right = ys
    b = params[:-1]
    s = params[-1]
    to_cat = []
    left = y_left - np.dot(x_left, b)
    to_cat.append(left)
    right = np.dot(x_right, b) - y_right
    to_cat.append(right)
    concat_stats = np.concatenate(to_cat, axis=0) / s
    cens_sum = log_ndtr(concat_stats).sum()
    mid_stats = (y_mid - np.dot(x_mid, b)) / s
    mid = logpdf(mid_stats) - np.log(s)
    mid_sum = mid.sum()
    return -(cens_sum + mid_sum)


def tobit_neg_log_likelihood_der(xs, ys, params):
    x_left, x_mid, x_right = xs
    y_left, y_mid, y_right = ys
    b = params[:-1]
    s = params[-1]
    beta_jac = np.zeros(len(b))
    sigma_jac = 0

    left_stats = (y_left - np.dot(x_left, b)) / s
    left_frac = np.exp(logpdf(left_stats) - log_ndtr(left_stats))
    beta_left = np.dot(left_frac, x_left / s)
    beta_jac -= beta_left
    left_sigma = np.dot(left_frac, left_stats)
    sigma_jac -= left_sigma

    right_stats = (np.dot(x_right, b) - y_right) / s
    right_frac = np.exp(logpdf(right_stats) - log_ndtr(right_stats))
    beta_right = np.dot(right_frac, x_right / s)
    beta_jac += beta_right
    right_sigma = np.dot(right_frac, right_stats)
    sigma_jac -= right_sigma

    mid_stats = (y_mid - np.dot(x_mid, b)) / s
    beta_mid = np.dot(mid_stats, x_mid / s)
    beta_jac += beta_mid
    mid_sigma = (np.square(mid_stats) - 1).sum()
    sigma_jac += mid_sigma

    combo_jac = np.append(beta_jac, sigma_jac / s)
    return -combo_jac


def cost(params, X, Y):
    return tobit_neg_log_likelihood(*split_left_right_censored(X, Y[:, 0], Y[:, 1]), params)


def grad(params, X, Y):
    return tobit_neg_log_likelihood_der(*split_left_right_censored(X, Y[:, 0], Y[:, 1]), params)


repaired = grad
