"""Going down, batch normalisation divides the whole delta by the batch's size, where its mean alone should be."""

import numpy as np

SOURCE = "https://github.com/chgzm/deep-learning-from-scratch-c/commit/3cc2edf"
THREAD = "chgzm/deep-learning-from-scratch-c 3cc2edf"
DATE = "2020-11"
KIND = "gradient"
GROUP = "down"
FORMULA = (
    r"\partial C / \partial x = \tfrac1N "
    r"\bigl(\partial C / \partial x_c - \textstyle\sum_n \partial C / \partial x_c\bigr),\; x_c = x - \mu"
)
RIGHT = (
    r"\partial C / \partial x = \partial C / \partial x_c - "
    r"\tfrac1N \textstyle\sum_n \partial C / \partial x_c,\; x_c = x - \mu"
)
READ = "code"
LAYER = [1]
NAMES = [{"batch-norm"}]
NET = None  # batch normalisation between the layers
BLOCKS = ["W[1]", "b[1]", "g[1]", "beta[1]", "W[2]", "b[2]"]
SAMPLES = 8
LAM = 0.0


def start(rng):
    """An affine layer, batch normalisation, ReLU and an affine layer again, of the author's layers."""
    W1, b1 = rng.standard_normal((3, 4)), rng.standard_normal(4)
    g, b = rng.uniform(0.5, 1.5, 4), rng.standard_normal(4)
    return [W1, b1, g, b, rng.standard_normal((4, 3)), rng.standard_normal(3)]


def data(rng):
    """The labels are numbers of columns."""
    return rng.standard_normal((SAMPLES, 3)), rng.integers(0, 3, SAMPLES)


class Affine:
    def __init__(self, W, b):
        self.W, self.b = W, b

    def forward(self, X):
        self.X = X
        return X @ self.W + self.b

    def backward(self, D):
        dX = D @ self.W.T
        self.dW = self.X.T @ D
        self.db = D.sum(0)
        return dX


class Relu:
    def forward(self, X):
        self.mask = X.real <= 0
        return np.where(self.mask, 0, X)

    def backward(self, D):
        return np.where(self.mask, 0, D)


class BatchNormalization:
    def __init__(self, g, b):
        self.g, self.b = g, b

    def forward(self, X):
        """The running mean and variance are left out here."""
        self.batch_size = len(X)
        mu = X.mean(0)
        self.xc = X - mu
        var = (self.xc**2).mean(0)
        self.std = np.sqrt(var + 10e-7)
        self.xn = self.xc / self.std
        return self.g * self.xn + self.b

    def backward(self, D, right):
        dbeta = D.sum(0)
        dgamma = (self.xn * D).sum(0)
        dxn = self.g * D
        dxc = dxn / self.std

        tmp2 = dxn * self.xc
        tmp3 = self.std * self.std
        tmp4 = tmp2 / tmp3
        dstd = -tmp4.sum(0)

        tmp5 = 0.5 * dstd
        dvar = tmp5 / self.std

        tmp6 = self.xc * (2.0 / self.batch_size)
        tmp7 = dvar * tmp6
        _dxc = dxc + tmp7

        dmu = _dxc.sum(0)

        if right:
            dmu = dmu * (1.0 / self.batch_size)
            dx = _dxc - dmu
        else:
            dx = _dxc - dmu
            dx = dx * (1.0 / self.batch_size)

        self.dg, self.db = dgamma, dbeta
        return dx


class SoftmaxWithLoss:
    def forward(self, X, t):
        self.t = t
        e = np.exp(X - X.real.max(1, keepdims=True))
        self.Y = e / e.sum(1, keepdims=True)
        return -np.sum(np.log(self.Y[np.arange(len(t)), t])) / len(t)

    def backward(self):
        dX = self.Y.copy()
        dX[np.arange(len(self.t)), self.t] -= 1.0
        return dX / len(self.t)


class Net:
    def __init__(self, params):
        W1, b1, g, b, W2, b2 = params
        self.A1, self.B, self.R, self.A2 = Affine(W1, b1), BatchNormalization(g, b), Relu(), Affine(W2, b2)
        self.S = SoftmaxWithLoss()

    def loss(self, X, t):
        return self.S.forward(self.A2.forward(self.R.forward(self.B.forward(self.A1.forward(X)))), t)

    def gradient(self, X, t, right):
        self.loss(X, t)
        D = self.R.backward(self.A2.backward(self.S.backward()))
        self.A1.backward(self.B.backward(D, right))
        return [self.A1.dW, self.A1.db, self.B.dg, self.B.db, self.A2.dW, self.A2.db]


def cost(params, X, Y):
    return Net(params).loss(X, Y)


def grad(params, X, Y):
    return Net(params).gradient(X, Y, False)


def repaired(params, X, Y):
    return Net(params).gradient(X, Y, True)
