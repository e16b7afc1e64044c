"""The binary log loss of a negative sample has the wrong sign."""

import numpy as np

SOURCE = "https://github.com/clab/dynet/commit/3b450bba3a198a99f144a6b0df77ee1a987419ed"
THREAD = "clab/dynet 3b450bba, 12bab6da"
DATE = "2015-07"
KIND = "cost"
FORMULA = r"C = \tfrac1n \textstyle\sum \bigl(-y \log a + (1 - y) \log(1 - a)\bigr)"
RIGHT = r"C = \tfrac1n \textstyle\sum \bigl(-y \log a - (1 - y) \log(1 - a)\bigr)"
READ = "code"
LAYER = [1, 2]
NAMES = [{"another-cost"}]
NET = dict(sizes=(2, 5, 1), hidden="tanh", output="sigmoid", loss="binary_cross_entropy")
SAMPLES = 8
LAM = 0.0


def start(rng):
    """W, b, V and a of the example xor-xent."""
    return [rng.standard_normal((5, 2)), rng.standard_normal(5), rng.standard_normal((1, 5)), rng.standard_normal(1)]


def data(rng):
    Y = (np.arange(SAMPLES) % 2)[:, None].astype(float)
    return rng.standard_normal((SAMPLES, 2)), rng.permutation(Y)


def FBinaryLogLoss(x, x_true):
    return -x_true * np.log(x) if x_true > 0.0 else (1.0 - x_true) * np.log1p(-x)


def FBinaryLogLossMended(x, x_true):
    if x_true == 1.0:
        return -1.0 * x_true * np.log(x)
    elif x_true == 0.0:
        return -1.0 * (1.0 - x_true) * np.log1p(-x)
    else:
        return -1.0 * (x_true * np.log(x) + (1.0 - x_true) * np.log1p(-x))


def FBinaryLogLossBackward(x, x_true, d):
    scale = -x_true / x if x_true > 0.0 else (1.0 - x_true) / (1.0 - x)
    return d * scale


def FBinaryLogLossBackwardOfForward(x, x_true, d):
    scale = -x_true / x if x_true > 0.0 else -(1.0 - x_true) / (1.0 - x)
    return d * scale


class ComputationGraph:
    def __init__(self, params, loss, loss_backward):
        self.W, self.b, self.V, self.a = params
        self.loss, self.loss_backward = loss, loss_backward

    def forward(self, x, y):
        self.x, self.y = x, y
        self.h = np.tanh(self.W @ x + self.b)
        self.y_pred = 1 / (1 + np.exp(-(self.V @ self.h + self.a)))
        return self.loss(self.y_pred[0], y[0])

    def backward(self, dEdf=1.0):
        d = np.array([self.loss_backward(self.y_pred[0], self.y[0], dEdf)])
        d = self.y_pred * (1 - self.y_pred) * d
        dh = (1 - self.h**2) * (self.V.T @ d)
        return [np.outer(dh, self.x), dh, np.outer(d, self.h), d]


def epoch(params, X, Y, loss, loss_backward):
    """An epoch without its steps."""
    cg = ComputationGraph(params, loss, loss_backward)
    E, grads = 0.0, [0.0] * 4
    for x, y in zip(X, Y):
        E += cg.forward(x, y)
        grads = [g + new for g, new in zip(grads, cg.backward())]
    return E / len(X), [g / len(X) for g in grads]


def cost(params, X, Y):
    return epoch(params, X, Y, FBinaryLogLoss, FBinaryLogLossBackward)[0]


def meant(params, X, Y):
    return epoch(params, X, Y, FBinaryLogLossMended, FBinaryLogLossBackward)[0]


def grad(params, X, Y):
    return epoch(params, X, Y, FBinaryLogLoss, FBinaryLogLossBackward)[1]


def repaired(params, X, Y):
    """The gradient of the loss as it was."""
    return epoch(params, X, Y, FBinaryLogLoss, FBinaryLogLossBackwardOfForward)[1]
