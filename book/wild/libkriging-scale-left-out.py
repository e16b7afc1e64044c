"""A kriging prediction's derivative is taken with respect to normalised inputs, and not divided by their scale."""

import numpy as np

SOURCE = "https://github.com/libKriging/libKriging/commit/151ffa5f"
THREAD = "libKriging/libKriging 151ffa5f"
DATE = "2026-08"
KIND = "gradient"
FORMULA = r"\partial \hat y / \partial x_j = s_y\, \partial \hat y_n / \partial x_{n,j},\; x_n = (x - c_x) / s_x"
RIGHT = r"\partial \hat y / \partial x_j = s_y\, \partial \hat y_n / \partial x_{n,j} / s_{x,j}"
READ = "code"
GROUP = "factor"
LAYER = [1]
NAMES = []
NET = None  # a Gaussian process with fixed parameters
BLOCKS = ["X_n[1]"]
SAMPLES = 7
LAM = 0.0
SCALES = np.array([3.0, 0.4])
THETA, SIGMA2 = np.array([0.4, 0.6]), 1.3


def start(rng):
    """The places of the predictions."""
    return SCALES * rng.random((3, 2))


def data(rng):
    return SCALES * rng.random((SAMPLES, 2)), rng.standard_normal(SAMPLES)


def _Cov(dij):
    return np.exp(-0.5 * np.sum((dij / THETA) ** 2))


def _DlnCovDx(dij):
    return -dij / THETA**2


class Kriging:
    def __init__(self, X, y):
        self.centerX, self.scaleX = X.min(0), X.max(0) - X.min(0)
        self.centerY, self.scaleY = y.min(), y.max() - y.min()
        self.X_o = (X - self.centerX) / self.scaleX
        y_n = (y - self.centerY) / self.scaleY
        F = np.ones((len(y), 1))
        R_oo = np.array([[_Cov(a - b) for b in self.X_o] for a in self.X_o]) + 1e-10 * np.eye(len(y))
        self.T = np.linalg.cholesky(R_oo)
        self.M = np.linalg.solve(self.T, F)
        Q, self.circ = np.linalg.qr(self.M)
        Ystar = np.linalg.solve(self.T, y_n)
        self.beta = np.linalg.solve(self.circ, Q.T @ Ystar)
        self.z = Ystar - self.M @ self.beta

    def predict(self, X_n, right):
        Xn_n = (X_n - self.centerX) / self.scaleX
        n_n, d = Xn_n.shape
        F_n = np.ones((n_n, 1))
        R_on = np.array([[_Cov(o - n) for n in Xn_n] for o in self.X_o])
        Rstar_on = np.linalg.solve(self.T, R_on)
        yhat_n = F_n @ self.beta + Rstar_on.T @ self.z
        yhat_n = self.centerY + self.scaleY * yhat_n
        E_n = F_n - Rstar_on.T @ self.M
        Ecirc_n = np.linalg.solve(self.circ.T, E_n.T).T
        ysd2_n = 1.0 - np.sum(Rstar_on * Rstar_on, 0) + np.sum(Ecirc_n * Ecirc_n, 1)
        ysd2_n = ysd2_n * SIGMA2 * self.scaleY * self.scaleY
        Dyhat_n, Dysd2_n = np.zeros_like(X_n), np.zeros_like(X_n)
        for i in range(n_n):
            DR_on_i = np.array([R_on[j, i] * _DlnCovDx(Xn_n[i] - o) for j, o in enumerate(self.X_o)])
            DF_n_i = np.zeros((d, 1))
            W_i = np.linalg.solve(self.T, DR_on_i)
            Dyhat_n[i] = DF_n_i @ self.beta + W_i.T @ self.z
            DEcirc_n_i = np.linalg.solve(self.circ.T, (DF_n_i - W_i.T @ self.M).T)
            Dysd2_n[i] = -2 * Rstar_on[:, i] @ W_i + 2 * Ecirc_n[i] @ DEcirc_n_i
        if right:
            Dyhat_n = Dyhat_n * self.scaleY / self.scaleX
            Dysd2_n = Dysd2_n * SIGMA2 * self.scaleY * self.scaleY / self.scaleX
        else:
            Dyhat_n = Dyhat_n * self.scaleY
            Dysd2_n = Dysd2_n * SIGMA2 * self.scaleY * self.scaleY
        return yhat_n, ysd2_n, Dyhat_n, Dysd2_n


def cost(X_n, X, Y):
    """The sum of the predictions and of their variances."""
    yhat_n, ysd2_n, _, _ = Kriging(X, Y).predict(X_n, True)
    return np.sum(yhat_n) + np.sum(ysd2_n)


def grad(X_n, X, Y):
    _, _, Dyhat_n, Dysd2_n = Kriging(X, Y).predict(X_n, False)
    return Dyhat_n + Dysd2_n


def repaired(X_n, X, Y):
    _, _, Dyhat_n, Dysd2_n = Kriging(X, Y).predict(X_n, True)
    return Dyhat_n + Dysd2_n
