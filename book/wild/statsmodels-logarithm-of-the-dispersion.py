"""The dispersion of a negative binomial model is fitted by its logarithm and differentiated as it is."""

import numpy as np

SOURCE = "https://github.com/statsmodels/statsmodels/commit/ae31b763f"
THREAD = "statsmodels/statsmodels ae31b76"
DATE = "2014-04"
KIND = "gradient"
FORMULA = r"\partial \ell / \partial \log \alpha = \partial \ell / \partial \alpha"
RIGHT = r"\partial \ell / \partial \log \alpha = \alpha\, \partial \ell / \partial \alpha"
READ = "code"
GROUP = "factor"
LAYER = [1]
NAMES = [{"factor"}]
FEATURES = 3
NET = None  # a model of counts
BLOCKS = ["parameters[1]"]
SAMPLES = 12
LAM = 0.0


def start(rng):
    """The coefficients, and at last the logarithm of the dispersion."""
    return np.array([*(0.4 * rng.standard_normal(FEATURES)), rng.uniform(-1.5, -0.5)])


def data(rng):
    X = np.column_stack([np.ones(SAMPLES), rng.standard_normal((SAMPLES, FEATURES - 1))])
    return X, rng.poisson(2.0, (SAMPLES, 1)).astype(float)


def rising(size, Y, term):
    """The sums of a term from the size on, one for each count: those of Γ(size + y) / Γ(size) and its slope."""
    return np.array([[sum(term(size + k) for k in range(int(y)))] for y in Y[:, 0]])


def cost(params, X, Y):
    """The likelihood's negative logarithm, without the factorials of the counts."""
    mu, size = np.exp(X @ params[:-1])[:, None], np.exp(-params[-1])
    return -np.sum(rising(size, Y, np.log) + size * np.log(size / (size + mu)) + Y * np.log(mu / (size + mu)))


def backward(params, X, Y, right):
    alpha = np.exp(params[-1])
    mu, size = np.exp(X @ params[:-1])[:, None], 1 / alpha
    by_linear = size * (Y - mu) / (mu + size)
    by_size = rising(size, Y, lambda a: 1 / a) + np.log(size) - np.log(size + mu) - (size + Y) / (size + mu) + 1
    by_alpha = -np.sum(by_size) / alpha**2
    return -np.array([*(X.T @ by_linear)[:, 0], by_alpha * (alpha if right else 1)])


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
