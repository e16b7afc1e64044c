"""A change to the backward rule of a matrix exponential takes out its transposes, and leaves the forward derivative."""

import numpy as np
from scipy.linalg import expm

SOURCE = "https://github.com/Theano/Theano/commit/a61962e10"
THREAD = "Theano/Theano a61962e10"
DATE = "2015-11"
KIND = "gradient"
FORMULA = r"\bar A = V \bigl((V^{-1} \bar E V) \circ X\bigr) V^{-1}"
RIGHT = (
    r"\bar A = V^{-\top} \bigl((V^\top \bar E V^{-\top}) \circ X\bigr) V^\top,\; "
    r"A = V \operatorname{diag}(w) V^{-1},\; X_{ij} = \frac{e^{w_i} - e^{w_j}}{w_i - w_j},\; X_{ii} = e^{w_i}"
)
READ = "code"
GROUP = "blocks"
LAYER = [1]
NAMES = [{"missing-transpose"}]
N = 3
NET = None  # a matrix exponential
BLOCKS = ["A[1]"]
SAMPLES = 5
LAM = 0.0


def start(rng):
    return 0.6 * rng.standard_normal((N, N))


def data(rng):
    """States now, and a unit of time later."""
    return rng.standard_normal((SAMPLES, N)), rng.standard_normal((SAMPLES, N))


def cost(A, X, Y):
    return 0.5 * np.sum((X @ expm(A) - Y) ** 2) / len(X)


class ExpmGrad:
    def perform_before(self, A, gA):
        w, V = np.linalg.eig(A)
        U = np.linalg.inv(V).T
        exp_w = np.exp(w)
        X = self.quotients(w, exp_w)
        Y = U.dot(V.T.dot(gA).dot(U) * X).dot(V.T)
        return Y.real

    def perform(self, A, gA):
        w, V = np.linalg.eig(A)
        U = np.linalg.inv(V)
        exp_w = np.exp(w)
        X = self.quotients(w, exp_w)
        Y = V.dot(U.dot(gA).dot(V) * X).dot(U)
        return Y.real

    def quotients(self, w, exp_w):
        with np.errstate(invalid="ignore"):
            X = np.subtract.outer(exp_w, exp_w) / np.subtract.outer(w, w)
        np.fill_diagonal(X, exp_w)
        return X


def above(A, X, Y):
    return X.T @ (X @ expm(A) - Y) / len(X)


def grad(A, X, Y):
    return ExpmGrad().perform(A, above(A, X, Y))


def repaired(A, X, Y):
    """The rule as it was before, and as it stayed in the end."""
    return ExpmGrad().perform_before(A, above(A, X, Y))
