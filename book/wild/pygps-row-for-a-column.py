"""The distances by which a kernel's lengths are differentiated are those of one row to itself, which are zero."""

import numpy as np

SOURCE = "https://github.com/marionmari/pyGPs/pull/29"
THREAD = "marionmari/pyGPs PR #29"
DATE = "2016-04"
KIND = "gradient"
FORMULA = r"\partial k_{ij} / \partial \log \ell_d = k_{ij} \cdot 0"
RIGHT = r"\partial k_{ij} / \partial \log \ell_d = k_{ij}\, (x_{id} - x_{jd})^2 / \ell_d^2"
READ = "code"
GROUP = "blocks"
LAYER = [1]
NAMES = []
INPUTS = 2
NET = None  # a Gaussian process
BLOCKS = ["lengths[1]", "magnitude[1]", "noise[1]"]
SAMPLES = 8
LAM = 0.0


def sqeuclidean(a, b):
    """The squared distances of the rows of two arrays."""
    return np.sum((a[:, None] - b[None]) ** 2, axis=2)


class RBFard:
    """A length for each input; the hyperparameters are logarithms."""

    def __init__(self, log_ell, log_sigma, as_columns=True):
        self.hyp, self.as_columns = [*log_ell, log_sigma], as_columns

    def get_cov_matrix(self, x):
        D = x.shape[1]
        ell = 1 / np.exp(np.array(self.hyp[:D]))
        scaled = np.dot(np.diag(ell), x.T).T
        return np.exp(2 * self.hyp[D]) * np.exp(-0.5 * sqeuclidean(scaled, scaled))

    def get_der_matrix(self, x, der):
        D = x.shape[1]
        ell = 1 / np.exp(np.array(self.hyp[:D]))
        A = self.get_cov_matrix(x)
        if der == D:
            return 2 * A
        if self.as_columns:
            column = (np.atleast_2d(x[:, der]) * ell[der]).T
        else:
            column = np.atleast_2d(x[:, der]) / ell[der]
        return A * sqeuclidean(column, column)


def start(rng):
    return [rng.uniform(-0.5, 0.5, INPUTS), rng.uniform(-0.5, 0.5, 1), rng.uniform(-1.5, -0.5, 1)]


def data(rng):
    X = rng.uniform(-2, 2, (SAMPLES, INPUTS))
    return X, np.sin(X[:, :1]) + 0.5 * X[:, 1:] + 0.2 * rng.standard_normal((SAMPLES, 1))


def covariance(params, X):
    log_ell, log_sigma, log_noise = params
    return RBFard(log_ell, log_sigma[0]).get_cov_matrix(X) + np.exp(2 * log_noise[0]) * np.eye(len(X))


def cost(params, X, Y):
    """The negative logarithm of the likelihood, without its constant."""
    K = covariance(params, X)
    return 0.5 * (Y[:, 0] @ np.linalg.solve(K, Y[:, 0]) + np.linalg.slogdet(K)[1])


def derivatives(params, X, Y, as_columns):
    log_ell, log_sigma, log_noise = params
    kernel = RBFard(log_ell, log_sigma[0], as_columns)
    inverse = np.linalg.inv(covariance(params, X))
    alpha = inverse @ Y[:, 0]
    Q = inverse - np.outer(alpha, alpha)
    by_hyp = [0.5 * np.sum(Q * kernel.get_der_matrix(X, der)) for der in range(INPUTS + 1)]
    return [np.array(by_hyp[:INPUTS]), np.array(by_hyp[INPUTS:]), np.array([np.exp(2 * log_noise[0]) * np.trace(Q)])]


def grad(params, X, Y):
    return derivatives(params, X, Y, as_columns=False)


def repaired(params, X, Y):
    return derivatives(params, X, Y, as_columns=True)
