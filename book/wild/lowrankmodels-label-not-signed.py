"""A low-rank model's logistic loss has its label signed, while the factor in its derivative is one or zero."""

import numpy as np

SOURCE = "https://github.com/madeleineudell/LowRankModels.jl/commit/fc0de21"
THREAD = "madeleineudell/LowRankModels.jl fc0de21"
DATE = "2016-11"
KIND = "gradient"
FORMULA = r"\partial l / \partial u = -a / (1 + e^{(2a - 1) u}),\; a \in \{0, 1\}"
RIGHT = r"\partial l / \partial u = -(2a - 1) / (1 + e^{(2a - 1) u}),\; l = \log(1 + e^{-(2a - 1) u})"
READ = "code"
GROUP = "factor"
LAYER = [1]
NAMES = []
NET = None  # a factorisation of a table of true and false
BLOCKS = ["X[1]", "Y[1]"]
SAMPLES = 6
LAM = 0.0
K, COLUMNS = 2, 4


def start(rng):
    """A column for each row of the table, and one for each of its columns."""
    return {"X": rng.standard_normal((K, SAMPLES)), "Y": rng.standard_normal((K, COLUMNS))}


def data(rng):
    """No inputs; the table."""
    return np.zeros((SAMPLES, 1)), rng.random((SAMPLES, COLUMNS)) < 0.5


class LogisticLoss:
    def __init__(self, scale=1.0):
        self.scale = scale

    def evaluate(self, u, a):
        return self.scale * np.log(1 + np.exp(-(2 * a - 1) * u))

    def grad(self, u, a):
        return -a * self.scale / (1 + np.exp((2 * a - 1) * u))


class LogisticLossRepaired(LogisticLoss):
    def grad(self, u, a):
        aa = 2 * a - 1
        return -aa * self.scale / (1 + np.exp(aa * u))


def cost(params, _, A):
    XY = params["X"].T @ params["Y"]
    l = LogisticLoss()
    return sum(l.evaluate(XY[i, j], int(A[i, j])) for i in range(SAMPLES) for j in range(COLUMNS))


def gradient(params, A, l):
    X, Y = params["X"], params["Y"]
    XY = X.T @ Y
    gX, gY = np.zeros_like(X), np.zeros_like(Y)
    for i in range(SAMPLES):
        for j in range(COLUMNS):
            curgrad = l.grad(XY[i, j], int(A[i, j]))
            gX[:, i] += curgrad * Y[:, j]
            gY[:, j] += curgrad * X[:, i]
    return {"X": gX, "Y": gY}


def grad(params, _, A):
    return gradient(params, A, LogisticLoss())


def repaired(params, _, A):
    return gradient(params, A, LogisticLossRepaired())
