"""The trace in the bound of a sparse Gaussian process is derived by the noise with a plus, and shrinks as it grows."""

import numpy as np

SOURCE = "https://github.com/gpstuff-dev/gpstuff/commit/9682241"
THREAD = "gpstuff-dev/gpstuff 9682241"
DATE = "2013-08"
KIND = "gradient"
FORMULA = (
    r"\partial C / \partial \log \sigma^2 = -\tfrac12 \sigma^2 b^\top b + \tfrac12 \sigma^2 \operatorname{tr} S^{-1} "
    r"+ \tfrac12 \operatorname{tr} (K - Q) / \sigma^2"
)
RIGHT = (
    r"\partial C / \partial \log \sigma^2 = -\tfrac12 \sigma^2 b^\top b + \tfrac12 \sigma^2 \operatorname{tr} S^{-1} "
    r"- \tfrac12 \operatorname{tr} (K - Q) / \sigma^2,\; S = Q + \sigma^2 I,\; b = S^{-1} y,\; "
    r"C = \tfrac12 y^\top b + \tfrac12 \log \det S + \tfrac12 \operatorname{tr} (K - Q) / \sigma^2"
)
READ = "code"
GROUP = "factor"
LAYER = [2]
NAMES = []
NET = None  # a sparse Gaussian process
BLOCKS = ["magnSigma2[1]", "sigma2[2]"]
SAMPLES = 9
LAM = 0.0
U = np.array([-1.0, 0.2, 1.1])


def start(rng):
    """Both are logarithms."""
    return {"magnSigma2": rng.uniform(-0.5, 0.5, 1), "sigma2": rng.uniform(-2, -1, 1)}


def data(rng):
    return rng.uniform(-2, 2, SAMPLES), rng.standard_normal(SAMPLES)


def covariances(params, x):
    magn = np.exp(params["magnSigma2"])
    K_fu = magn * np.exp(-0.5 * (x[:, None] - U[None]) ** 2)
    K_uu = magn * np.exp(-0.5 * (U[:, None] - U[None]) ** 2)
    return K_fu, K_uu, magn * np.ones(len(x)), np.exp(params["sigma2"]) * np.ones(len(x))


def cost(params, x, y):
    """The bound's negative, without its constant."""
    K_fu, K_uu, Kv_ff, Lav = covariances(params, x)
    Q = K_fu @ np.linalg.solve(K_uu, K_fu.T)
    S = Q + np.diag(Lav)
    edata = 0.5 * y @ np.linalg.solve(S, y) + 0.5 * np.log(np.linalg.det(S))
    return edata + 0.5 * np.sum((Kv_ff - np.diag(Q)) / Lav)


def gp_g(params, x, y, sign):
    K_fu, K_uu, Kv_ff, Lav = covariances(params, x)
    Luu = np.linalg.cholesky(K_uu)
    B = np.linalg.solve(Luu, K_fu.T)
    Qv_ff = np.sum(B**2, axis=0)
    iLaKfu = K_fu / Lav[:, None]
    A = np.linalg.cholesky(K_uu + K_fu.T @ iLaKfu)
    L = np.linalg.solve(A, iLaKfu.T).T
    b = y / Lav - (y @ L) @ L.T
    Q = B.T @ B
    iS = np.diag(1 / Lav) - L @ L.T
    gdata = {"magnSigma2": np.array([-0.5 * b @ Q @ b + 0.5 * np.sum(iS * Q) + 0.5 * np.sum((Kv_ff - Qv_ff) / Lav)])}
    DCff = Lav
    g = -0.5 * (DCff * b) @ b
    g = g + 0.5 * np.sum(DCff / Lav - np.sum(L * L, axis=1) * DCff)
    g = g + sign * 0.5 * np.sum((Kv_ff - Qv_ff) / Lav)
    gdata["sigma2"] = np.array([g])
    return gdata


def grad(params, x, y):
    return gp_g(params, x, y, sign=1)


def repaired(params, x, y):
    return gp_g(params, x, y, sign=-1)
