"""In a mixed model's gradient row and column of a parameter are exchanged, and its factor is not transposed."""

import numpy as np

SOURCE = "https://github.com/JuliaStats/MixedModels.jl/commit/ca8d1a95"
THREAD = "JuliaStats/MixedModels.jl ca8d1a95, repaired in e62ff210"
DATE = "2026-02"
KIND = "gradient"
FORMULA = (
    r"\dot\Omega_{11} = \lambda A_{11} E_{ji} + (\lambda A_{11} E_{ji})^T,\; "
    r"\dot\Omega_{21} = A_{21} E_{ji}"
)
RIGHT = (
    r"\dot\Omega_{11} = \lambda^T A_{11} E_{ij} + (\lambda^T A_{11} E_{ij})^T,\; "
    r"\dot\Omega_{21} = A_{21} E_{ij}"
)
READ = "code"
GROUP = "blocks"
LAYER = [1]
NAMES = []
NET = None  # a linear mixed model with an intercept and a slope for each group
BLOCKS = ["theta[1]"]
SAMPLES = 8
LAM = 0.0
GROUPS = np.array([0, 0, 0, 1, 1, 1, 2, 2])
PARMAP = [(0, 0), (1, 0), (1, 1)]  # row and column of each parameter in the factor
S = 2  # random effects of a group


def start(rng):
    """The lower triangle of the relative covariance factor, column by column."""
    return np.array([1.0, 0.0, 1.0]) + 0.4 * rng.standard_normal(3)


def data(rng):
    return rng.standard_normal((SAMPLES, 1)), rng.standard_normal(SAMPLES)


def cholesky(A):
    L = np.zeros_like(A)
    for j in range(len(A)):
        L[j, j] = np.sqrt(A[j, j] - np.sum(L[j, :j] ** 2))
        for i in range(j + 1, len(A)):
            L[i, j] = (A[i, j] - np.sum(L[i, :j] * L[j, :j])) / L[j, j]
    return L


class LinearMixedModel:
    def __init__(self, theta, X, Y):
        self.n = len(Y)
        self.k = GROUPS.max() + 1
        self.lam = np.zeros((S, S), dtype=theta.dtype)
        for t, (i, j) in zip(theta, PARMAP):
            self.lam[i, j] = t
        Z = np.zeros((self.n, S * self.k))
        for r, g in enumerate(GROUPS):
            Z[r, S * g : S * g + S] = [1.0, X[r, 0]]
        Xy = np.column_stack([np.ones(self.n), X[:, 0], Y])
        self.A = {(0, 0): Z.T @ Z, (1, 0): Xy.T @ Z, (1, 1): Xy.T @ Xy}
        self.updateL()

    def updateL(self):
        Lambda = np.kron(np.eye(self.k), self.lam)
        L11 = cholesky(Lambda.T @ self.A[0, 0] @ Lambda + np.eye(S * self.k))
        L21 = np.linalg.solve(L11, (self.A[1, 0] @ Lambda).T).T
        self.L = {(0, 0): L11, (1, 0): L21, (1, 1): cholesky(self.A[1, 1] - L21 @ L21.T)}

    def objective(self):
        pwrss = self.L[1, 1][-1, -1] ** 2
        logdet = 2 * np.sum(np.log(np.diag(self.L[0, 0])))
        return logdet + self.n * (1 + np.log(2 * np.pi * pwrss / self.n))


def Omega_dot_diag_block(m, i, j, right):
    blk = np.zeros_like(m.A[0, 0])
    for k in range(m.k):
        face = slice(S * k, S * k + S)
        A_face, B_face = m.A[0, 0][face, face], np.zeros((S, S))
        if right:
            B_face[:, j] = A_face[:, i]
            B_face = m.lam.T @ B_face
        else:
            B_face[:, i] = A_face[:, j]
            B_face = m.lam @ B_face
        for jj in range(S):
            for ii in range(jj):
                B_face[ii, jj] = B_face[jj, ii] = B_face[ii, jj] + B_face[jj, ii]
            B_face[jj, jj] *= 2
        blk[face, face] = B_face
    return blk


def copyskip(A, i, j, k, right):
    B = np.zeros_like(A)
    for offset in range(0, A.shape[1], k):
        if right:
            B[:, offset + j] = A[:, offset + i]
        else:
            B[:, offset + i] = A[:, offset + j]
    return B


def eval_grad_p(m, p, right):
    i, j = PARMAP[p]
    lower = copyskip(m.A[1, 0], i, j, S, right)
    blks = [[Omega_dot_diag_block(m, i, j, right), lower.T.copy()], [lower, np.zeros_like(m.A[1, 1])]]
    for kk in range(2):
        for jj in range(2):
            blks[jj][kk] = np.linalg.solve(m.L[jj, jj], blks[jj][kk])
            for ii in range(jj + 1, 2):
                blks[ii][kk] = blks[ii][kk] - m.L[ii, jj] @ blks[jj][kk]
    for ii in range(2):
        for jj in range(2):
            for kk in range(jj):
                blks[ii][jj] = blks[ii][jj] - blks[ii][kk] @ m.L[jj, kk].T
            blks[ii][jj] = np.linalg.solve(m.L[jj, jj], blks[ii][jj].T).T
    return np.trace(blks[0][0]) + m.n * blks[-1][-1][-1, -1]


def cost(theta, X, Y):
    return LinearMixedModel(theta, X, Y).objective()


def grad(theta, X, Y):
    m = LinearMixedModel(theta, X, Y)
    return np.array([eval_grad_p(m, p, False) for p in range(len(theta))])


def repaired(theta, X, Y):
    m = LinearMixedModel(theta, X, Y)
    return np.array([eval_grad_p(m, p, True) for p in range(len(theta))])
