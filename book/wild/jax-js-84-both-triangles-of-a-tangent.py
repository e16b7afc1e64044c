"""The tangent rule of a triangular solve uses the whole tangent of a matrix of which it solves with one triangle."""

import numpy as np

SOURCE = "https://github.com/ekzhang/jax-js/issues/84"
THREAD = "ekzhang/jax-js #84"
DATE = "2026-02"
KIND = "gradient"
FORMULA = r"\dot x = U^{-1} (\dot b - \dot A x),\; U = \mathrm{triu}\, A,\; U x = b"
RIGHT = r"\dot x = U^{-1} (\dot b - \mathrm{triu}(\dot A)\, x)"
READ = "code"
GROUP = "blocks"
LAYER = [1]
NAMES = []
SIZE = 3
NET = None  # the inverse of two triangles
BLOCKS = ["lu[1]"]
SAMPLES = 5
LAM = 0.0


def start(rng):
    """Both triangles in one matrix; the diagonal of the lower one is of ones."""
    return rng.standard_normal((SIZE, SIZE)) / 2 + 1.5 * np.eye(SIZE)


def data(rng):
    return rng.standard_normal((SIZE, SAMPLES)), rng.standard_normal((SIZE, SAMPLES))


def turned(a):
    """A lower triangle as an upper one."""
    return a[::-1, ::-1]


def triangle(a, unit_diagonal):
    return np.triu(a, 1) + np.eye(len(a)) if unit_diagonal else np.triu(a)


def triangular_solve(a, b, unit_diagonal=False):
    return np.linalg.solve(triangle(a, unit_diagonal), b)


def jvp_rule(a, b, da, db, unit_diagonal=False):
    x = triangular_solve(a, b, unit_diagonal)
    dax = da @ x
    return x, triangular_solve(a, db - dax, unit_diagonal)


def repaired_jvp_rule(a, b, da, db, unit_diagonal=False):
    x = triangular_solve(a, b, unit_diagonal)
    da = np.triu(da, 1) if unit_diagonal else np.triu(da)
    dax = da @ x
    return x, triangular_solve(a, db - dax, unit_diagonal)


def solve(lu, b):
    y = triangular_solve(turned(lu), b[::-1], unit_diagonal=True)[::-1]
    return triangular_solve(lu, y)


def cost(lu, X, Y):
    return 0.5 * np.sum((solve(lu, X) - Y) ** 2) / X.shape[1]


def tangent(lu, dlu, b, rule):
    y, dy = rule(turned(lu), b[::-1], turned(dlu), np.zeros_like(b), unit_diagonal=True)
    return rule(lu, y[::-1], dlu, dy[::-1])


def by_tangents(lu, X, Y, rule):
    """The derivative in the direction of each entry."""
    found = np.zeros_like(lu)
    for i in range(SIZE):
        for j in range(SIZE):
            dlu = np.zeros_like(lu)
            dlu[i, j] = 1.0
            x, dx = tangent(lu, dlu, X, rule)
            found[i, j] = np.sum((x - Y) * dx) / X.shape[1]
    return found


def grad(lu, X, Y):
    return by_tangents(lu, X, Y, jvp_rule)


def repaired(lu, X, Y):
    return by_tangents(lu, X, Y, repaired_jvp_rule)
