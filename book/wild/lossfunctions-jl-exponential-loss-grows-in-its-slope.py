"""The exponential margin loss falls with the agreement, and its derivative has the exponential that grows."""

import numpy as np

SOURCE = "https://github.com/JuliaML/LossFunctions.jl/commit/f83b022"
THREAD = "JuliaML/LossFunctions.jl f83b022"
DATE = "2016-11"
KIND = "gradient"
GROUP = "slope"
FORMULA = r"\ell'(a) = -e^{a},\; a = y\, \hat y"
RIGHT = r"\ell'(a) = -e^{-a},\; a = y\, \hat y"
READ = "reconstruction"  # the loss is the author's, and the linear prediction made up
LAYER = [1]
NAMES = []
NET = None  # a linear classifier with a margin loss
BLOCKS = ["w[1]", "b[1]"]
SAMPLES = 9
LAM = 0.0


def start(rng):
    return [rng.standard_normal(4), rng.standard_normal(1)]


def data(rng):
    return rng.standard_normal((SAMPLES, 4)), rng.choice([-1.0, 1.0], SAMPLES)


class MarginLoss:
    def value(self, target, output):
        return self.value_agreement(target * output)

    def deriv(self, target, output):
        return target * self.deriv_agreement(target * output)


class ExpLoss(MarginLoss):
    def value_agreement(self, agreement):
        return np.exp(-agreement)

    def deriv_agreement(self, agreement):
        return -np.exp(agreement)


class ExpLossNew(ExpLoss):
    def deriv_agreement(self, agreement):
        return -np.exp(-agreement)


def predict(params, X):
    w, b = params
    return X @ w + b[0]


def cost(params, X, Y):
    loss = ExpLoss()
    buffer = 0.0
    for target, output in zip(Y, predict(params, X), strict=True):
        buffer = buffer + loss.value(target, output)
    return buffer / len(Y)


def gradients(loss, params, X, Y):
    dw, db = np.zeros(X.shape[1]), np.zeros(1)
    for x, target, output in zip(X, Y, predict(params, X), strict=True):
        d = loss.deriv(target, output)
        dw += d * x
        db += d
    return [dw / len(Y), db / len(Y)]


def grad(params, X, Y):
    return gradients(ExpLoss(), params, X, Y)


def repaired(params, X, Y):
    return gradients(ExpLossNew(), params, X, Y)
