"""A margin-based loss is multiplied by the target of plus or minus one, which belongs to its derivative only."""

import numpy as np

SOURCE = "https://github.com/JuliaML/LossFunctions.jl/commit/4c5dce4"
THREAD = "JuliaML/LossFunctions.jl 4c5dce4, 417affc"
DATE = "2015-11"
KIND = "cost"
FORMULA = r"C = \textstyle\sum_i y_i \ln(1 + e^{-y_i t_i}),\; t_i = x_i \cdot w,\; y_i = \pm 1"
RIGHT = r"C = \textstyle\sum_i \ln(1 + e^{-y_i t_i})"
READ = "reconstruction"  # the linear predictor is made up; the loss is the author's
LAYER = [1]
NAMES = [{"another-cost"}]
NET = None  # a linear classifier with a logistic loss of the margin
BLOCKS = ["w[1]"]
SAMPLES = 9
LAM = 0.0


def start(rng):
    return rng.standard_normal(4)


def data(rng):
    """Targets of both signs."""
    y = np.where(np.arange(SAMPLES) % 2 == 0, 1.0, -1.0)
    return rng.standard_normal((SAMPLES, 4)), rng.permutation(y)


class MarginBasedLoss:
    """What all losses of the agreement of a target and an output have in common."""

    def value(self, y, t):
        return y * self.value_of(y * t)

    def deriv(self, y, t):
        return y * self.deriv_of(y * t)

    def value_deriv(self, y, t):
        v, d = self.value_deriv_of(y * t)
        return y * v, y * d


class MarginBasedLossLater:
    def value(self, y, t):
        return self.value_of(y * t)

    def deriv(self, y, t):
        return y * self.deriv_of(y * t)

    def value_deriv(self, y, t):
        v, d = self.value_deriv_of(y * t)
        return v, y * d


class Logit:
    def value_of(self, yt):
        return np.log1p(np.exp(-yt))

    def deriv_of(self, yt):
        return -1 / (1 + np.exp(yt))

    def value_deriv_of(self, yt):
        et = np.exp(-yt)
        return np.log1p(et), -et / (1 + et)


class LogitMarginLoss(Logit, MarginBasedLoss):
    pass


class LogitMarginLossLater(Logit, MarginBasedLossLater):
    pass


def predict(w, X):
    return X @ w


def total(loss, w, X, Y):
    value = 0.0
    for y, t in zip(Y, predict(w, X), strict=True):
        value = value + loss.value(y, t)
    return value


def cost(w, X, Y):
    return total(LogitMarginLoss(), w, X, Y)


def meant(w, X, Y):
    return total(LogitMarginLossLater(), w, X, Y)


def grad(w, X, Y):
    loss = LogitMarginLoss()
    g = np.zeros_like(w)
    for x, y, t in zip(X, Y, predict(w, X), strict=True):
        g = g + loss.deriv(y, t) * x
    return g


def repaired(w, X, Y):
    """The gradient of the loss as it was."""
    loss = LogitMarginLoss()
    g = np.zeros_like(w)
    for x, y, t in zip(X, Y, predict(w, X), strict=True):
        g = g + y * loss.deriv(y, t) * x
    return g
