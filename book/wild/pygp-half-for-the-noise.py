"""A sparse Gaussian process's derivative with respect to the logarithm of its noise is halved."""

import numpy as np

SOURCE = "https://github.com/mwhoffman/pygp/commit/cc0dfb6"
THREAD = "mwhoffman/pygp cc0dfb6"
DATE = "2014-09"
KIND = "gradient"
FORMULA = r"\partial L / \partial \log \sigma = -\tfrac12 \bigl( n - \lVert r \rVert^2 + \dots \bigr)"
RIGHT = (
    r"\partial L / \partial \log \sigma = -\bigl( n - \lVert r \rVert^2 + \dots \bigr),\; "
    r"L = -n \log \sigma - \tfrac12 \lVert r \rVert^2 + \dots,\; r = y / \sigma"
)
READ = "code"
GROUP = "factor"
LAYER = [1]
NAMES = []
NET = None  # a Gaussian process with pseudo-inputs
BLOCKS = ["hyper[1]"]
SAMPLES = 8
LAM = 0.0
U = np.array([[-1.0], [0.1], [1.2]])


def start(rng):
    """Logarithms of the noise, the signal and the length."""
    return 0.3 * rng.standard_normal(3) - np.array([0.7, 0.0, 0.3])


def data(rng):
    X = 1.5 * rng.standard_normal((SAMPLES, 1))
    return X, np.sin(2 * X[:, 0]) + 0.3 * rng.standard_normal(SAMPLES)


def sqdist(X1, X2):
    return np.sum((X1[:, None] - X2) ** 2, axis=-1)


class SE:
    nhyper = 2

    def __init__(self, logsf, logell):
        self._logsf, self._logell = logsf, logell

    def get(self, X1, X2=None):
        X2 = X1 if X2 is None else X2
        D = sqdist(X1 / np.exp(self._logell), X2 / np.exp(self._logell))
        return np.exp(self._logsf * 2 - D / 2)

    def grad(self, X1, X2=None):
        X2 = X1 if X2 is None else X2
        D = sqdist(X1 / np.exp(self._logell), X2 / np.exp(self._logell))
        K = np.exp(self._logsf * 2 - D / 2)
        yield 2 * K
        yield K * D


def solve_triangular(R, b, trans=False):
    return np.linalg.solve(R.T if trans else R, b)


class DTC:
    def __init__(self, hyper, X, y):
        self.s2 = np.exp(2 * hyper[0])
        self._kernel = SE(*hyper[1:])
        self._X, self._y, self._U = X, y, U
        self.ndata = len(y)
        Kuu = self._kernel.get(U)
        self._Ruu = np.linalg.cholesky(Kuu + self.s2 * 1e-6 * np.eye(len(U))).T

    def loglikelihood(self, factor):
        sn2 = self.s2
        su2 = self.s2 * 1e-6
        ell = np.sqrt(sn2)
        Kux = self._kernel.get(self._U, self._X)
        r = self._y.copy() / ell
        V = solve_triangular(self._Ruu, Kux, trans=True)
        V = V / ell
        p = self._U.shape[0]
        A = np.linalg.cholesky(np.eye(p) + np.dot(V, V.T)).T
        beta = solve_triangular(A, V.dot(r), trans=True)
        lZ = -np.sum(np.log(np.diag(A))) - self.ndata * np.log(ell)
        lZ -= 0.5 * (np.inner(r, r) - np.inner(beta, beta))
        lZ -= 0.5 * self.ndata * np.log(2 * np.pi)

        alpha = r - V.T.dot(solve_triangular(A, beta))
        B = solve_triangular(self._Ruu, V)
        W = solve_triangular(A, V, trans=True)
        VW = np.dot(V, W.T)
        BW = np.dot(B, W.T)
        w = B.dot(alpha)
        v = V.dot(alpha)
        dlZ = np.zeros(1 + self._kernel.nhyper)
        dlZ[0] = factor * (
            -np.inner(r, r)
            + np.inner(beta, beta)
            + np.inner(v, v)
            + su2 * np.inner(w, w)
            + self.ndata
            - np.sum(V**2)
            + np.sum(VW**2)
            - su2 * (np.sum(B**2) - np.sum(BW**2))
        )
        dK = zip(self._kernel.grad(self._U), self._kernel.grad(self._U, self._X))
        for i, (dKuu, dKux) in enumerate(dK, 1):
            M = 2 * dKux / ell - dKuu.dot(B)
            dlZ[i] = -0.5 * (-np.inner(w, np.dot(M, alpha)) + np.sum(M * B) - np.sum(M.dot(W.T) * B.dot(W.T)))
        return lZ, dlZ


def cost(hyper, X, Y):
    return -DTC(hyper, X, Y).loglikelihood(-1.0)[0]


def grad(hyper, X, Y):
    return -DTC(hyper, X, Y).loglikelihood(-0.5)[1]


def repaired(hyper, X, Y):
    return -DTC(hyper, X, Y).loglikelihood(-1.0)[1]
