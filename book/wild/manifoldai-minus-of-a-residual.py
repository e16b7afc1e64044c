"""A reader asks why the slope of an asymmetric loss is negative: its residual is the target less the prediction."""

import numpy as np

SOURCE = "https://github.com/manifoldai/mf-eng-public/issues/1"
THREAD = "manifoldai/mf-eng-public #1"
DATE = "2020-03"
KIND = "right"
FORMULA = r"\partial C / \partial \hat y_i = -20 r_i \text{ if } r_i < 0, \text{ else } -2 r_i,\; r_i = y_i - \hat y_i"
RIGHT = r"C = \sum_i c_i\, (y_i - \hat y_i)^2,\; c_i = 10 \text{ if } y_i < \hat y_i, \text{ else } 1"
READ = "code"
LAYER = []
NAMES = []
NET = None  # a linear model instead of the trees, with a loss of its own
BLOCKS = ["w[1]", "b[1]"]
SAMPLES = 8
LAM = 0.0


def start(rng):
    return [rng.standard_normal(3), rng.standard_normal(1)]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.standard_normal(SAMPLES)


def custom_asymmetric_objective(y_true, y_pred):
    residual = y_true - y_pred
    grad = np.where(residual < 0, -2 * 10.0 * residual, -2 * residual)
    hess = np.where(residual < 0, 2 * 10.0, 2.0)
    return grad, hess


def custom_asymmetric_eval(y_true, y_pred):
    residual = y_true - y_pred
    loss = np.where(residual.real < 0, (residual**2) * 10.0, residual**2)
    return "custom_asymmetric_eval", np.sum(loss), False


def predict(params, X):
    w, b = params
    return X @ w + b


def cost(params, X, Y):
    return custom_asymmetric_eval(Y, predict(params, X))[1]


def grad(params, X, Y):
    g, _ = custom_asymmetric_objective(Y, predict(params, X))
    return [X.T @ g, np.sum(g, keepdims=True)]


repaired = grad
