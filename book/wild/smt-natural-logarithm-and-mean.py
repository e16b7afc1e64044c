"""The gradient of a likelihood in logarithms to the base of ten is that of natural ones, and of their mean."""

import numpy as np

SOURCE = "https://github.com/SMTorg/smt/commit/f773be0b"
THREAD = "SMTorg/smt f773be0b"
DATE = "2020-12"
KIND = "gradient"
FORMULA = (
    r"\partial C / \partial \theta = \frac{\partial \sigma^2 / \partial \theta}{\sigma^2} "
    r"+ \tfrac1n \operatorname{tr} (R^{-1} \partial R / \partial \theta)"
)
RIGHT = (
    r"\partial C / \partial \theta = \frac{n}{\ln 10} \Bigl(\frac{\partial \sigma^2 / \partial \theta}{\sigma^2} "
    r"+ \tfrac1n \operatorname{tr} (R^{-1} \partial R / \partial \theta)\Bigr),\; "
    r"C = n \log_{10} \sigma^2 + n \log_{10} (\det R)^{1/n}"
)
READ = "code"
GROUP = "factor"
LAYER = [1]
NAMES = [{"factor"}]
NUGGET = 0.01
NET = None  # a kriging
BLOCKS = ["theta[1]"]
SAMPLES = 8
LAM = 0.0


def start(rng):
    return 0.3 + rng.random(2)


def data(rng):
    return rng.standard_normal((SAMPLES, 2)), rng.standard_normal((SAMPLES, 1))


def squar_exp(theta, X, grad_ind=None):
    D = (X[:, None] - X[None]) ** 2
    r = np.exp(-np.sum(theta * D, axis=2))
    return r if grad_ind is None else -D[:, :, grad_ind] * r


def reduced_likelihood_function(theta, X, y_norma):
    """The trend is a constant."""
    nt = len(X)
    R = squar_exp(theta, X) + NUGGET * np.eye(nt)
    F = np.ones((nt, 1))
    Rinv_F = np.linalg.solve(R, F)
    beta = (Rinv_F.T @ y_norma) / (F.T @ Rinv_F)
    gamma = np.linalg.solve(R, y_norma - F * beta)
    sigma2 = ((y_norma - F * beta).T @ gamma).sum(axis=0) / nt
    detR = np.linalg.det(R) ** (1.0 / nt)
    log10 = np.log(10)
    value = -nt * np.log(sigma2.sum()) / log10 - nt * np.log(detR) / log10
    return value, {"R": R, "F": F, "Rinv_F": Rinv_F, "gamma": gamma, "sigma2": sigma2}


def cost(theta, X, Y):
    return -reduced_likelihood_function(theta, X, Y)[0]


def reduced_likelihood_gradient(theta, X, y_norma, right):
    red, par = reduced_likelihood_function(theta, X, y_norma)
    nt = len(X)
    gamma, sigma_2 = par["gamma"], par["sigma2"]
    grad_red = np.zeros(len(theta))
    for i_der in range(len(theta)):
        dR = squar_exp(theta, X, grad_ind=i_der)
        dbeta = -(par["Rinv_F"].T @ dR @ gamma) / (par["F"].T @ par["Rinv_F"])
        dmu = np.dot(par["F"], dbeta)
        tr = np.linalg.solve(par["R"], dR)
        dsigma_2 = (1 / nt) * (-dmu.T.dot(gamma) - gamma.T.dot(dmu) - np.dot(gamma.T, dR.dot(gamma)))
        factor = nt / np.log(10) if right else 1
        grad_red[i_der] = (-factor * (dsigma_2 / sigma_2 + np.trace(tr) / nt)).item()
    return grad_red


def grad(theta, X, Y):
    return -reduced_likelihood_gradient(theta, X, Y, right=False)


def repaired(theta, X, Y):
    return -reduced_likelihood_gradient(theta, X, Y, right=True)
