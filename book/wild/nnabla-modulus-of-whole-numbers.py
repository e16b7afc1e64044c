"""The modulus in a loss with a tube is that of whole numbers, and so the error loses its fraction first."""

import numpy as np

SOURCE = "https://github.com/sony/nnabla/commit/f937c1df3e5839c64df22c304ab1c0ba1202cf41"
THREAD = "sony/nnabla f937c1d"
DATE = "2017-12"
KIND = "cost"
FORMULA = r"\ell = \max(0, \lfloor \vert e \vert \rfloor - \varepsilon),\; e = a - y"
RIGHT = r"\ell = \max(0, \vert e \vert - \varepsilon),\; e = a - y"
READ = "code"
LAYER = [1]
NAMES = [{"another-cost"}, {"kink"}]
NET = None  # a loss with a tube
BLOCKS = ["W[1]", "b[1]"]
SAMPLES = 9
LAM = 0.0


EPSILON = 0.3


def start(rng):
    return {"affine/W": rng.standard_normal((3, 2)), "affine/b": rng.standard_normal(2)}


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), 2 * rng.standard_normal((SAMPLES, 2))


def error(params, X, Y):
    return X @ params["affine/W"] + params["affine/b"] - Y


def tube(modulus):
    return np.where(modulus.real > EPSILON, modulus - EPSILON, 0)


def cost(params, X, Y):
    return np.sum(tube(np.trunc(abs(error(params, X, Y).real)))) / len(X)


def meant(params, X, Y):
    e = error(params, X, Y)
    return np.sum(tube(e * np.sign(e.real))) / len(X)


def grad(params, X, Y):
    e = error(params, X, Y)
    d = np.sign(e) * (abs(e) > EPSILON) / len(X)
    return {"affine/W": X.T @ d, "affine/b": d.sum(0)}


def repaired(params, X, Y):
    """The gradient of the cost as it is, a staircase."""
    return {name: 0 * p for name, p in params.items()}
