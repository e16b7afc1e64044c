"""The loss itself is handed to the backward pass as the gradient from above, which multiplies all gradients."""

import numpy as np

SOURCE = "https://github.com/sotte/pytorch_tutorial/issues/5"
THREAD = "sotte/pytorch_tutorial #5"
DATE = "2018-10"
KIND = "gradient"
FORMULA = r"\partial C / \partial \beta = C\, \tfrac2m \textstyle\sum_i (\hat y_i - y_i)\, x_i"
RIGHT = r"\partial C / \partial \beta = \tfrac2m \textstyle\sum_i (\hat y_i - y_i)\, x_i"
READ = "code"
GROUP = "factor"
LAYER = [1]
NAMES = [{"factor"}]
SIZES = (3, 1)
NET = dict(sizes=SIZES, output="identity", loss="mse")
SAMPLES = 7
LAM = 0.0


def start(rng):
    return {"weight": rng.standard_normal((1, SIZES[0])), "bias": rng.standard_normal(1)}


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.standard_normal((SAMPLES, SIZES[-1]))


class LinReg:
    def __init__(self, params):
        self.beta = params

    def __call__(self, x):
        self.x = x
        return x @ self.beta["weight"].T + self.beta["bias"]

    def backward(self, grad_output):
        return {"weight": grad_output.T @ self.x, "bias": grad_output.sum(0)}


class MSELoss:
    def __call__(self, y_, y):
        self.diff = y_ - y
        return np.mean(self.diff**2)

    def backward(self, gradient=1.0):
        """The argument is the gradient of what comes after the loss."""
        return gradient * 2 * self.diff / self.diff.size


def cost(params, X, y):
    return MSELoss()(LinReg(params)(X), y)


def grad(params, X, y):
    model, criterion = LinReg(params), MSELoss()
    y_ = model(X)
    loss = criterion(y_, y)
    return model.backward(criterion.backward(loss))


def repaired(params, X, y):
    model, criterion = LinReg(params), MSELoss()
    y_ = model(X)
    criterion(y_, y)
    return model.backward(criterion.backward())
