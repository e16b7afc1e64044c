"""A quadratic's gradient is returned with the right-hand side, but written in place without it."""

import numpy as np

SOURCE = "https://github.com/JuliaManifolds/Manopt.jl/commit/60576f6ff"
THREAD = "JuliaManifolds/Manopt.jl 60576f6ff"
DATE = "2024-05"
KIND = "gradient"
FORMULA = r"\nabla Q(X) = A X"
RIGHT = r"\nabla Q(X) = A X - b,\; Q(X) = \tfrac12 \langle X, A X \rangle - \langle b, X \rangle"
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = []
NET = None  # a symmetric linear system
BLOCKS = ["X[1]"]
SAMPLES = 7
LAM = 0.0


def start(rng):
    return rng.standard_normal(4)


def data(rng):
    return rng.standard_normal((SAMPLES, 4)), rng.standard_normal(SAMPLES)


class TangentSpace:
    """Of a flat manifold."""

    def inner(self, X, Y):
        return np.sum(X * Y)


class SymmetricLinearSystemObjective:
    """The normal equations of a linear regression."""

    def __init__(self, D, t):
        self.matrix, self.vector = D.T @ D, D.T @ t

    def A(self, Y, X):
        Y[...] = self.matrix @ X
        return Y

    def b(self):
        return self.vector


def get_cost(TpM, slso, X):
    return 0.5 * TpM.inner(X, slso.A(np.zeros_like(X), X)) - TpM.inner(slso.b(), X)


def get_gradient_in_place(TpM, Y, slso, X):
    return slso.A(Y, X) - slso.b()


def get_gradient_in_place_repaired(TpM, Y, slso, X):
    slso.A(Y, X)
    Y -= slso.b()
    return Y


def cost(X, D, t):
    return get_cost(TangentSpace(), SymmetricLinearSystemObjective(D, t), X)


def grad(X, D, t):
    """What a solver finds in its vector afterwards."""
    Y = np.zeros_like(X)
    get_gradient_in_place(TangentSpace(), Y, SymmetricLinearSystemObjective(D, t), X)
    return Y


def repaired(X, D, t):
    Y = np.zeros_like(X)
    get_gradient_in_place_repaired(TangentSpace(), Y, SymmetricLinearSystemObjective(D, t), X)
    return Y
