"""Two divided by the number of samples is a whole number in an old Python, and so the whole gradient is zero."""

import numpy as np

SOURCE = "https://github.com/apachecn/hands-on-ml-zh/issues/141"
THREAD = "apachecn/hands-on-ml-zh #141"
DATE = "2019-03"
KIND = "gradient"
FORMULA = r"\partial C / \partial \theta = \lfloor 2 / m \rfloor\, X^\top (X \theta - y) = 0"
RIGHT = r"\partial C / \partial \theta = \tfrac2m X^\top (X \theta - y)"
READ = "code"
GROUP = "factor"
LAYER = [1]
NAMES = [{"factor"}, {"no-gradient"}]
SIZES = (3, 1)
NET = dict(sizes=SIZES, output="identity", loss="mse")
SAMPLES = 7
LAM = 0.0


def start(rng):
    """The first one is the bias."""
    return rng.standard_normal((1 + SIZES[0], 1))


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.standard_normal((SAMPLES, SIZES[-1]))


def with_bias(housing):
    return np.c_[np.ones((len(housing), 1)), housing]


def cost(theta, X, y):
    y_pred = np.matmul(with_bias(X), theta)
    error = y_pred - y
    return np.mean(np.square(error))


def grad(theta, X, y):
    X = with_bias(X)
    m, n = X.shape
    y_pred = np.matmul(X, theta)
    error = y_pred - y
    return 2 // m * np.matmul(np.transpose(X), error)


def repaired(theta, X, y):
    X = with_bias(X)
    m, n = X.shape
    y_pred = np.matmul(X, theta)
    error = y_pred - y
    return 2.0 / m * np.matmul(np.transpose(X), error)
