"""A test function's gradient leaves out the term of the product of all parameters wherever that product is negative."""

import numpy as np

SOURCE = "https://github.com/jlmelville/funconstrain/commit/6c1795c"
THREAD = "jlmelville/funconstrain 6c1795c"
DATE = "2026-08"
KIND = "gradient"
GROUP = "blocks"
FORMULA = (
    r"\partial f / \partial x_k = 2 \textstyle\sum_{i<n} f_i + 2 f_k [k < n] "
    r"+ 2 f_n \textstyle\prod_{j \ne k} x_j\, [\textstyle\prod_j x_j > 0]"
)
RIGHT = (
    r"\partial f / \partial x_k = 2 \textstyle\sum_{i<n} f_i + 2 f_k [k < n] + 2 f_n \textstyle\prod_{j \ne k} x_j,\; "
    r"f_i = x_i + \textstyle\sum_j x_j - (n + 1),\; f_n = \textstyle\prod_j x_j - 1"
)
READ = "code"
LAYER = [1]
NAMES = []
NET = None  # Brown's almost-linear function, the 27th of Moré, Garbow and Hillstrom
BLOCKS = ["par[1]"]
SAMPLES = 1
LAM = 0.0


def start(rng):
    """Six parameters, one of them below zero."""
    par = rng.uniform(0.6, 1.6, 6)
    par[rng.integers(6)] *= -1
    return par


def data(rng):
    """The function has no data."""
    return np.zeros((SAMPLES, 1)), np.zeros((SAMPLES, 1))


def cumprod(*parts):
    return np.cumprod(np.concatenate(parts))


class brown_al:
    def fn(self, par):
        n = len(par)
        if n < 1:
            raise ValueError("Brown Almost-Linear: n must be positive")
        fi = par + sum(par) - (n + 1)
        fi[n - 1] = np.prod(par) - 1
        return sum(fi * fi)

    def gr(self, par):
        n = len(par)
        if n < 1:
            raise ValueError("Brown Almost-Linear: n must be positive")
        fi = par + sum(par) - (n + 1)
        grad = np.repeat(2 * sum(fi[: n - 1]), n)
        grad[: n - 1] = grad[: n - 1] + 2 * fi[: n - 1]
        prod_x = np.prod(par)
        if prod_x > 0:
            fn = prod_x - 1
            grad = grad + 2 * fn * (prod_x / par)
        return grad


class brown_al_mended(brown_al):
    def product_excluding_each(self, x):
        prefix = cumprod([1], x[:-1])
        suffix = cumprod([1], x[1:][::-1])[::-1]
        return prefix * suffix

    def gr(self, par):
        n = len(par)
        if n < 1:
            raise ValueError("Brown Almost-Linear: n must be positive")
        fi = par + sum(par) - (n + 1)
        grad = np.repeat(2 * sum(fi[: n - 1]), n)
        grad[: n - 1] = grad[: n - 1] + 2 * fi[: n - 1]
        product_residual = np.prod(par) - 1
        grad = grad + 2 * product_residual * self.product_excluding_each(par)
        return grad


def cost(params, X, Y):
    return brown_al().fn(params)


def grad(params, X, Y):
    return brown_al().gr(params)


def repaired(params, X, Y):
    return brown_al_mended().gr(params)
