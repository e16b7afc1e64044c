"""A reader finds a covariance's value where its first derivative should be, and by the variance's logarithm it is."""

import numpy as np

SOURCE = "https://github.com/stk-kriging/stk/pull/20"
THREAD = "stk-kriging/stk PR #20"
DATE = "2020-09"
KIND = "right"
FORMULA = r"\partial K / \partial \log \sigma^2 = \sigma^2 \rho(D) = K"
RIGHT = (
    r"C = \tfrac12 \bigl(n \log 2 \pi + \log \det K + z^T K^{-1} z\bigr),\; "
    r"\partial C / \partial \theta = \tfrac12 \bigl(\operatorname{tr} K^{-1} K_\theta "
    r"- z^T K^{-1} K_\theta K^{-1} z\bigr)"
)
READ = "code"
LAYER = []
NAMES = []
NET = None  # a Gaussian process without a mean and without noise
BLOCKS = ["param[1]"]
SAMPLES = 8
LAM = 0.0
DIM = 2


def start(rng):
    """The logarithms of the variance and of the inverse ranges."""
    return np.concatenate([0.5 * rng.standard_normal(1), 0.3 + 0.3 * rng.standard_normal(DIM)])


def data(rng):
    return 1.5 * rng.standard_normal((SAMPLES, DIM)), rng.standard_normal(SAMPLES)


def stk_rbf_matern52(h, diff=-1):
    Nu = 5 / 2
    C = 2 * np.sqrt(Nu)  # dt/dh
    t = C * h
    k = np.exp(-t)
    if diff <= 0:  # value of the covariance function
        return (1 + t + t**2 / 3) * k
    elif diff == 1:  # derivative wrt h
        return C * -t / 3 * (1 + t) * k
    raise ValueError("incorrect value for diff.")


def stk_dist(xs, ys):
    d2 = np.sum((xs[:, None] - ys[None]) ** 2, axis=2)
    far = d2.real > 0
    return np.where(far, np.sqrt(np.where(far, d2, 1.0)), 0.0)


def stk_materncov52_aniso(param, x, y, diff=-1):
    """The distances are computed anew in each call."""
    nb_params = x.shape[1] + 1
    Sigma2 = np.exp(param[0])
    invRho = np.exp(param[1:])
    xs = x * invRho
    ys = y * invRho
    D = stk_dist(xs, ys)

    if diff == -1:
        # compute the value (not a derivative)
        return Sigma2 * stk_rbf_matern52(D, -1)
    elif diff == 1:
        # diff wrt param(1) = log(Sigma2)
        return Sigma2 * stk_rbf_matern52(D, -1)
    elif 2 <= diff <= nb_params:
        # diff wrt param(diff) = - log(invRho(diff-1))
        ind = diff - 2
        eps = np.finfo(float).eps
        Kx_cache = 1 / (D + eps) * (Sigma2 * stk_rbf_matern52(D, 1))
        return (xs[:, ind, None] - ys[None, :, ind]) ** 2 * Kx_cache
    raise ValueError("Incorrect value for the 'diff' parameter.")


def stk_param_relik(param, xi, zi, nargout=1):
    """The likelihood of simple kriging, without priors; the determinant is the logarithm of K's own."""
    n = len(xi)
    K = stk_materncov52_aniso(param, xi, xi)
    attache = zi @ np.linalg.solve(K, zi)
    C = 0.5 * (n * np.log(2 * np.pi) + np.log(np.linalg.det(K)) + attache)
    if nargout < 2:
        return C

    U = np.linalg.cholesky(K).T
    F = np.linalg.inv(U.T)
    H = F.T @ F
    z = H @ zi
    covparam_diff = np.zeros(len(param))
    for diff in range(1, len(param) + 1):
        V = stk_materncov52_aniso(param, xi, xi, diff)
        covparam_diff[diff - 1] = 1 / 2 * (np.sum(H * V) - z @ V @ z)
    return C, covparam_diff


def cost(param, X, Y):
    return stk_param_relik(param, X, Y)


def grad(param, X, Y):
    return stk_param_relik(param, X, Y, nargout=2)[1]


repaired = grad
