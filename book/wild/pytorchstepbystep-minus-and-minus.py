"""A minus before the gradients was doubted, but the error is the target less the prediction."""

import numpy as np

SOURCE = "https://github.com/dvgodoy/PyTorchStepByStep/issues/21"
THREAD = "dvgodoy/PyTorchStepByStep #21"
DATE = "2021-05"
KIND = "right"
FORMULA = r"\partial C / \partial b = -2 \cdot \tfrac1n \textstyle\sum_i (y_i - \hat y_i)"
RIGHT = r"\partial C / \partial b = \tfrac2n \textstyle\sum_i (\hat y_i - y_i)"
READ = "discussion"
LAYER = []
NAMES = []
NET = dict(sizes=(1, 1), output="identity", loss="mse")
SAMPLES = 8
LAM = 0.0


def start(rng):
    return [rng.standard_normal(1), rng.standard_normal(1)]


def data(rng):
    x = rng.random((SAMPLES, 1))
    return x, 1 + 2 * x + 0.1 * rng.standard_normal((SAMPLES, 1))


def step(params, x_train, y_train):
    b, w = params
    yhat = b + w * x_train
    error = y_train - yhat
    loss = (error**2).mean()
    b_grad = -2 * error.mean()
    w_grad = -2 * (x_train * error).mean()
    return loss, [np.array([b_grad]), np.array([w_grad])]


def cost(params, X, Y):
    return step(params, X, Y)[0]


def grad(params, X, Y):
    return step(params, X, Y)[1]


repaired = grad
