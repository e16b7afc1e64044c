"""Beside the residual of a least squares fit stands the derivative of a square of the unknown."""

import numpy as np

SOURCE = "https://github.com/daviddoria/Examples/issues/8"
THREAD = "daviddoria/Examples #8"
DATE = "2016-10"
KIND = "gradient"
FORMULA = r"\partial f / \partial x = 2 x"
RIGHT = r"\partial f / \partial x = 1,\; f = x - 5,\; C = \tfrac12 f^2"
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = []
NET = None  # a least squares fit of one number
BLOCKS = ["x[1]"]
SAMPLES = 1
LAM = 0.0


def start(rng):
    return 2 + rng.random(1)


def data(rng):
    """There are none."""
    return np.zeros((SAMPLES, 1)), np.zeros((SAMPLES, 1))


class MyFunctor:
    def __call__(self, x):
        fvec = np.zeros(1, x.dtype)
        fvec[0] = x[0] - 5.0
        return fvec

    def df(self, x):
        fjac = np.zeros((1, 1))
        fjac[0, 0] = 2.0 * x[0]
        return fjac


class MyFunctorLater(MyFunctor):
    def df(self, x):
        fjac = np.zeros((1, 1))
        fjac[0, 0] = 1.0
        return fjac


def cost(x, X, Y):
    return 0.5 * np.sum(MyFunctor()(x) ** 2)


def of_squares(functor, x):
    return functor.df(x).T @ functor(x)


def grad(x, X, Y):
    return of_squares(MyFunctor(), x)


def repaired(x, X, Y):
    return of_squares(MyFunctorLater(), x)
