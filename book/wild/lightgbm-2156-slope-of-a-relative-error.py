"""The trees do not grow, and a maintainer sends the author back to the derivative of the relative error."""

import numpy as np

SOURCE = "https://github.com/lightgbm-org/LightGBM/issues/2156"
THREAD = "lightgbm-org/LightGBM #2156"
DATE = "2019-05"
KIND = "right"
FORMULA = r"\partial \ell / \partial a = \mathrm{sign}(a - y)\, \frac{2 y + \epsilon}{(a + y + \epsilon)^2}"
RIGHT = r"\ell = \frac{\vert a - y \vert}{a + y + \epsilon}"
READ = "code"
LAYER = []
NAMES = []
NET = None  # a relative error
BLOCKS = ["theta[1]"]
SAMPLES = 9
LAM = 0.0


def start(rng):
    return rng.uniform(0.3, 1, 4)


def data(rng):
    """All that is predicted, and all that was seen, is positive."""
    return rng.uniform(0, 1, (SAMPLES, 3)), rng.uniform(0.5, 3, SAMPLES)


def predict(theta, X):
    """In the place of the trees' sums."""
    return X @ theta[:3] + theta[3]


def cost(theta, X, Y):
    preds = predict(theta, X)
    epsilon = 0.0001
    diff = preds - Y
    return np.sum(diff * np.sign(diff.real) / (preds + Y + epsilon)) / len(X)


def smape_obj(preds, labels):
    diff = preds - labels
    epsilon = 0.0001
    pl_mn = np.where(diff >= 0, 1, -1)
    grad = np.divide(labels * 2 + epsilon, np.power(preds + labels + epsilon, 2))
    return pl_mn * grad


def grad(theta, X, Y):
    g = smape_obj(predict(theta, X), Y) / len(X)
    return np.append(X.T @ g, g.sum())


repaired = grad
