"""The objective that halves the steps of a lasso has a plus before its linear term."""

import numpy as np

SOURCE = "https://github.com/awohns/ldgm/pull/39"
THREAD = "awohns/ldgm PR #39, 403e669"
DATE = "2025-05"
KIND = "cost"
FORMULA = r"C = \tfrac12 u^T x + y^T u + \lambda \lVert u \rVert_1,\; x = P^{-1} u"
RIGHT = r"C = \tfrac12 u^T x - y^T u + \lambda \lVert u \rVert_1,\; x = P^{-1} u"
READ = "code"
LAYER = [1]
NAMES = [{"another-cost"}]
NET = None  # a lasso whose matrix is the inverse of a precision matrix
BLOCKS = ["u[1]"]
SAMPLES = 6
LAM = 0.0
LAMBDA = 0.3


def start(rng):
    return rng.standard_normal(SAMPLES) + 0.1


def data(rng):
    """The precision matrix, and y."""
    B = rng.standard_normal((SAMPLES, SAMPLES))
    return B @ B.T / SAMPLES + np.eye(SAMPLES), rng.standard_normal(SAMPLES)


def precisionReorderCholesky(P):
    return np.linalg.cholesky(P)


def precisionCholeskyDivide(A, u):
    return np.linalg.solve(A.T, np.linalg.solve(A, u))


def absolute(u):
    return u * np.sign(u.real)


def solveLasso(P, y, lam, u, right=False):
    """One step: the objective that is compared with the one before, and the slope that is followed."""
    A = precisionReorderCholesky(P)
    if right:
        obj = lambda u, x, y: 0.5 * np.sum(u * x) - y @ u + lam * np.sum(absolute(u))
    else:
        obj = lambda u, x, y: 0.5 * np.sum(u * x) + y @ u + lam * np.sum(absolute(u))
    x = precisionCholeskyDivide(A, u)
    obj_val_new = obj(u, x, y)
    return obj_val_new, x - y


def cost(u, X, Y):
    return solveLasso(X, Y, LAMBDA, u)[0]


def meant(u, X, Y):
    return solveLasso(X, Y, LAMBDA, u, right=True)[0]


def grad(u, X, Y):
    """The slope that the step follows, and that of the absolute values, which the proximity operator takes."""
    return solveLasso(X, Y, LAMBDA, u)[1] + LAMBDA * np.sign(u)


def repaired(u, X, Y):
    """The gradient of the objective as it was."""
    return grad(u, X, Y) + 2 * Y
