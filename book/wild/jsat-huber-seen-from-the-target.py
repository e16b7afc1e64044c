"""The derivative of Huber's loss is taken by the difference of target and prediction, and so points the other way."""

import numpy as np

SOURCE = "https://github.com/EdwardRaff/JSAT/commit/5e9b0400"
THREAD = "EdwardRaff/JSAT 5e9b0400"
DATE = "2013-07"
KIND = "gradient"
GROUP = "factor"
FORMULA = r"\partial \ell / \partial p = y - p \text{ if } |y - p| \le c, \text{ else } c\, \operatorname{sign}(y - p)"
RIGHT = r"\partial \ell / \partial p = p - y \text{ if } |p - y| \le c, \text{ else } c\, \operatorname{sign}(p - y)"
READ = "code"
LAYER = [1]
NAMES = [{"sign"}]
NET = None  # Huber's loss
BLOCKS = ["w[1]"]
SAMPLES = 9
LAM = 0.0


def start(rng):
    return rng.standard_normal(4)


def data(rng):
    return rng.standard_normal((SAMPLES, 4)), 1.5 * rng.standard_normal(SAMPLES)


class HuberLoss:
    right = False

    def __init__(self, c=1.0):
        self.c = c

    @staticmethod
    def loss(pred, y, c):
        x = y - pred
        if abs(x.real) <= c:
            return x * x * 0.5
        else:
            return c * ((x if x.real > 0 else -x) - c / 2)

    @classmethod
    def deriv(cls, pred, y, c):
        x = (pred - y) if cls.right else (y - pred)

        if abs(x) <= c:
            return x
        else:
            return c * np.sign(x)

    def getLoss(self, pred, y):
        return self.loss(pred, y, self.c)

    def getDeriv(self, pred, y):
        return self.deriv(pred, y, self.c)


class MendedHuberLoss(HuberLoss):
    right = True


class SCD:
    """Goes along one coordinate after the other; the penalty by absolute values is left out."""

    def __init__(self, loss):
        self.loss = loss

    def value(self, columns, y, w):
        z = columns.T @ w
        total = 0
        for i in range(len(y)):
            total += self.loss.getLoss(z[i], y[i])
        return total / len(y)

    def coordinate(self, columns, y, z, j):
        g = 0
        for index, value in enumerate(columns[j]):
            g += self.loss.getDeriv(z[index], y[index]) * value
        g /= len(y)
        return g

    def gradient(self, columns, y, w):
        """What each of the coordinates would go by, at one w."""
        z = columns.T @ w
        return np.array([self.coordinate(columns, y, z, j) for j in range(len(columns))])


def cost(w, X, Y):
    return SCD(HuberLoss()).value(X.T, Y, w)


def grad(w, X, Y):
    return SCD(HuberLoss()).gradient(X.T, Y, w)


def repaired(w, X, Y):
    return SCD(MendedHuberLoss()).gradient(X.T, Y, w)
