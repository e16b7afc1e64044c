"""The variational objective of new counts leaves out the prior of the latent variables, which its gradient has."""

import numpy as np
from scipy.special import gammaln

SOURCE = "https://github.com/PLN-team/PLNmodels/commit/70d0f4c43d06f148a615aad47bcc8eff19128bbc"
THREAD = "PLN-team/PLNmodels 70d0f4c4"
DATE = "2018-08"
KIND = "cost"
FORMULA = (
    r"J = \textstyle\sum_{ij} \bigl(a_{ij} - y_{ij} z_{ij} - \tfrac12 \log s_{ij}\bigr) "
    r"- \tfrac{n}2 \log \lvert \Omega \rvert + K(Y),\; a_{ij} = e^{z_{ij} + s_{ij} / 2}"
)
RIGHT = (
    r"J = \textstyle\sum_{ij} \bigl(a_{ij} - y_{ij} z_{ij} - \tfrac12 \log s_{ij}\bigr) "
    r"+ \tfrac12 \operatorname{tr}(\Omega M^T M) + \tfrac12 \sum_{ij} s_{ij} \Omega_{jj} "
    r"- \tfrac{n}2 \log \lvert \Omega \rvert + K(Y)"
)
READ = "code"
LAYER = [1]
NAMES = [{"another-cost"}]
NET = None  # the variational step of a Poisson log-normal model
BLOCKS = ["M[1]", "S[1]"]
SAMPLES = 6
LAM = 0.0
P = 3


def start(rng):
    """The means and variances of the latent variables, the first and the second half of nlopt's x."""
    return [0.7 * rng.standard_normal((SAMPLES, P)), rng.uniform(0.2, 1.2, (SAMPLES, P))]


def data(rng):
    """A constant, a covariate and the offsets, and the counts."""
    covariates = np.column_stack([np.ones(SAMPLES), rng.standard_normal(SAMPLES)])
    offsets = 0.3 * rng.standard_normal((SAMPLES, P))
    return np.hstack([covariates, offsets]), rng.poisson(3.0, (SAMPLES, P)).astype(float)


def K(Y):
    """The constant of the likelihood."""
    return np.sum(gammaln(Y + 1))


class optim_data:
    def __init__(self, Y, X, O_, Theta, Omega, log_det_Omega):
        self.Y, self.X, self.O = Y, X, O_
        self.Theta, self.Omega, self.log_det_Omega = Theta, Omega, log_det_Omega
        self.KY = K(Y)
        self.iterations = 0


def objective_of(dat, M, S, Z, A, n):
    return np.sum(A - dat.Y * Z - 0.5 * np.log(S)) - 0.5 * n * dat.log_det_Omega + dat.KY


def objective_mended(dat, M, S, Z, A, n):
    # 0.5 tr(\Omega M'M) + 0.5 tr(\bar{S} \Omega)
    prior = 0.5 * np.sum(dat.Omega * (M.T @ M)) + 0.5 * np.sum(S @ np.diag(np.diag(dat.Omega)))
    # J(M, S, \Theta, \Omega, Y, X, O)
    return np.sum(A - dat.Y * Z - 0.5 * np.log(S)) + prior - 0.5 * n * dat.log_det_Omega + dat.KY


def fn_optim_VEstep_PLN(x, grad, dat, objective_of=objective_of, of_objective=False):
    dat.iterations += 1  # increase number of iterations

    n, p = dat.Y.shape

    M = x[: n * p].reshape(n, p)
    S = x[n * p :].reshape(n, p)

    Z = dat.O + dat.X @ dat.Theta.T + M
    A = np.exp(Z + 0.5 * S)

    objective = objective_of(dat, M, S, Z, A, n)

    grd_M = (M @ dat.Omega + A - dat.Y).ravel()
    grd_S = (0.5 * (np.outer(np.ones(n), np.diag(dat.Omega)) + A - 1 / S)).ravel()
    if of_objective:
        grd_M = (A - dat.Y).ravel()
        grd_S = (0.5 * (A - 1 / S)).ravel()

    if grad is not None:
        grad[:] = np.concatenate([grd_M, grd_S])

    return objective


def model(X, Y):
    """A model that has been fitted before."""
    Theta = np.array([[0.6, 0.3], [0.9, -0.4], [0.2, 0.5]])
    Sigma = np.array([[1.1, 0.4, -0.2], [0.4, 0.8, 0.3], [-0.2, 0.3, 1.4]])
    Omega = np.linalg.inv(Sigma)
    log_det_Omega = np.linalg.slogdet(Omega)[1]
    return optim_data(Y, X[:, :2], X[:, 2:], Theta, Omega, log_det_Omega)


def vector(params):
    return np.concatenate([np.ravel(p) for p in params])


def cost(params, X, Y):
    return fn_optim_VEstep_PLN(vector(params), None, model(X, Y))


def meant(params, X, Y):
    return fn_optim_VEstep_PLN(vector(params), None, model(X, Y), objective_mended)


def grad(params, X, Y, of_objective=False):
    par = vector(params)
    grads = np.zeros_like(par)
    fn_optim_VEstep_PLN(par, grads, model(X, Y), of_objective=of_objective)
    return [grads[: Y.size].reshape(Y.shape), grads[Y.size :].reshape(Y.shape)]


def repaired(params, X, Y):
    """The gradient of the objective as it was."""
    return grad(params, X, Y, of_objective=True)
