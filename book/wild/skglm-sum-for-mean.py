"""A prox-Newton solver's logistic gradient is summed over the samples, while the data term is their mean."""

import numpy as np

SOURCE = "https://github.com/scikit-learn-contrib/skglm/commit/35cf3489"
THREAD = "scikit-learn-contrib/skglm 35cf3489"
DATE = "2022-06"
KIND = "gradient"
FORMULA = r"\partial C / \partial w_j = -\sum_i x_{ij}\, y_i / (1 + e^{y_i x_i \cdot w})"
RIGHT = (
    r"\partial C / \partial w_j = -\tfrac1n \sum_i x_{ij}\, y_i / (1 + e^{y_i x_i \cdot w}),\; "
    r"C = \tfrac1n \sum_i \log(1 + e^{-y_i x_i \cdot w})"
)
READ = "code"
GROUP = "factor"
LAYER = [1]
NAMES = [{"mean-missing"}, {"factor"}]
NET = None  # labels are -1 and 1, and there is no bias
BLOCKS = ["w[1]"]
SAMPLES = 8
LAM = 0.0


def start(rng):
    return rng.standard_normal(4)


def data(rng):
    return rng.standard_normal((SAMPLES, 4)), rng.choice([-1.0, 1.0], SAMPLES)


class Logistic:
    def value(self, y, w, Xw):
        return np.log(1 + np.exp(-y * Xw)).sum() / len(y)


def xj_dot(X, j, b):
    res = 0.0
    n_samples = X.shape[0]
    for i in range(n_samples):
        res += X[i, j] * b[i]
    return res


def weighted_dot(X, b, weights, j, ignore_b=False):
    res = 0.0
    for i in range(X.shape[0]):
        res += X[i, j] ** 2 * weights[i] if ignore_b else X[i, j] * b[i] * weights[i]
    return res


def _prox_newton_iter(X, Xw, y, ws, right):
    """The linear term of the quadratic model, and the constants for its coordinates."""
    n_samples = len(y)
    weights, grad = np.zeros(n_samples), np.zeros(n_samples)
    lipschitz, bias = np.zeros(len(ws)), np.zeros(len(ws))
    for i in range(n_samples):
        prob = 1.0 / (1.0 + np.exp(y[i] * Xw[i]))
        if right:
            weights[i] = prob * (1.0 - prob) / n_samples
            grad[i] = -y[i] * prob / n_samples
        else:
            weights[i] = prob * (1.0 - prob)
            grad[i] = -y[i] * prob
    for idx, j in enumerate(ws):
        lipschitz[idx] = weighted_dot(X, Xw, weights, j, ignore_b=True)
        bias[idx] = xj_dot(X, j, grad)
    return bias, lipschitz


def cost(w, X, Y):
    return Logistic().value(Y, w, X @ w)


def grad(w, X, Y):
    return _prox_newton_iter(X, X @ w, Y, range(X.shape[1]), False)[0]


def repaired(w, X, Y):
    return _prox_newton_iter(X, X @ w, Y, range(X.shape[1]), True)[0]
