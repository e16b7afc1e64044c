"""The adjoint of a transposed triangular solve is cut to the triangle first and turned over afterwards."""

import numpy as np

SOURCE = "https://github.com/owlbarn/owl/commit/397e31b53"
THREAD = "owlbarn/owl 397e31b53"
DATE = "2019-04"
KIND = "gradient"
FORMULA = r"\bar A = \operatorname{tril} (-\bar b\, c^\top)^\top"
RIGHT = r"\bar A = \operatorname{tril} \bigl((-\bar b\, c^\top)^\top\bigr),\; \operatorname{tril}(A)^\top c = b"
READ = "code"
GROUP = "blocks"
LAYER = [2]
NAMES = [{"transposed-block"}, {"missing-transpose"}]
N = 3
NET = None  # a triangular system
BLOCKS = ["a[2]", "b[1]"]
SAMPLES = N
LAM = 0.0


def start(rng):
    return {"a": rng.standard_normal((N, N)) + 2 * np.eye(N), "b": rng.standard_normal((N, 2))}


def data(rng):
    """What the solution should be."""
    return np.eye(N), rng.standard_normal((N, 2))


def linsolve(a, b, trans):
    """Of the matrix the lower triangle alone is read."""
    lower = np.tril(a)
    return np.linalg.solve(lower.T if trans else lower, b)


def cost(params, X, Y):
    return 0.5 * np.sum((linsolve(params["a"], params["b"], trans=True) - Y) ** 2)


def linsolve_backward_b(trans, a, cbar):
    return linsolve(a, cbar, trans=not trans)


def linsolve_backward_a(trans, cp, bbar):
    abar = -bbar @ cp.T
    abar = np.tril(abar)
    return abar.T if trans else abar


def linsolve_backward_a_later(trans, cp, bbar):
    abar = -bbar @ cp.T
    abar = abar.T if trans else abar
    return np.tril(abar)


def reverse(params, Y, backward_a):
    cp = linsolve(params["a"], params["b"], trans=True)
    bbar = linsolve_backward_b(True, params["a"], cp - Y)
    return {"a": backward_a(True, cp, bbar), "b": bbar}


def grad(params, X, Y):
    return reverse(params, Y, linsolve_backward_a)


def repaired(params, X, Y):
    return reverse(params, Y, linsolve_backward_a_later)
