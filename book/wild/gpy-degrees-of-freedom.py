"""A t likelihood's derivative by its degrees of freedom has the error unsquared, and the logarithm without its half."""

import numpy as np
from scipy.special import digamma, loggamma

SOURCE = "https://github.com/SheffieldML/GPy/commit/1acbcd25"
THREAD = "SheffieldML/GPy 1acbcd25"
DATE = "2015-04"
KIND = "gradient"
GROUP = "slope"
FORMULA = (
    r"\dfrac{\partial \ln p}{\partial \nu} = \tfrac12 \psi(\tfrac{\nu + 1}2) - \tfrac12 \psi(\tfrac\nu2) "
    r"- \tfrac1{2\nu} + \dfrac{(\nu + 1)\, e}{2 \nu (e^2 + \sigma^2 \nu)} - \ln(1 + \tfrac{e^2}{\sigma^2 \nu})"
)
RIGHT = (
    r"\dfrac{\partial \ln p}{\partial \nu} = \tfrac12 \psi(\tfrac{\nu + 1}2) - \tfrac12 \psi(\tfrac\nu2) "
    r"- \tfrac1{2\nu} + \dfrac{(\nu + 1)\, e^2}{2 \nu (e^2 + \sigma^2 \nu)} - \tfrac12 \ln(1 + "
    r"\tfrac{e^2}{\sigma^2 \nu})"
)
READ = "code"
LAYER = [1]
NAMES = []
NET = None  # a likelihood with Student's t
BLOCKS = ["link_f[1]", "sigma2[1]", "deg_free[1]"]
SAMPLES = 6
LAM = 0.0


def start(rng):
    return {
        "link_f": rng.standard_normal(SAMPLES),
        "sigma2": rng.uniform(0.5, 1.5, 1),
        "deg_free": rng.uniform(3.0, 6.0, 1),
    }


def data(rng):
    return np.zeros((SAMPLES, 1)), 1.5 * rng.standard_normal(SAMPLES)


class StudentT:
    def __init__(self, deg_free, sigma2):
        self.v = deg_free
        self.sigma2 = sigma2

    def logpdf_link(self, inv_link_f, y):
        e = y - inv_link_f
        objective = (
            +loggamma((self.v + 1) * 0.5)
            - loggamma(self.v * 0.5)
            - 0.5 * np.log(self.sigma2 * self.v * np.pi)
            - 0.5 * (self.v + 1) * np.log(1 + (1 / self.v) * ((e**2) / self.sigma2))
        )
        return objective

    def dlogpdf_dlink(self, inv_link_f, y):
        e = y - inv_link_f
        grad = ((self.v + 1) * e) / (self.v * self.sigma2 + (e**2))
        return grad

    def dlogpdf_link_dvar(self, inv_link_f, y):
        e = y - inv_link_f
        e2 = np.square(e)
        dlogpdf_dvar = self.v * (e2 - self.sigma2) / (2 * self.sigma2 * (self.sigma2 * self.v + e2))
        return dlogpdf_dvar

    def dlogpdf_link_dv(self, inv_link_f, y):
        e = y - inv_link_f
        e2 = np.square(e)
        df = self.v
        s2 = self.sigma2
        dlogpdf_dv = 0.5 * digamma(0.5 * (df + 1)) - 0.5 * digamma(0.5 * df) - 1.0 / (2 * df)
        dlogpdf_dv = dlogpdf_dv + (1.0 / (2 * df)) * (df + 1) * e / (e2 + s2 * df)
        dlogpdf_dv = dlogpdf_dv - np.log(1 + e2 / (s2 * df))
        return dlogpdf_dv

    def dlogpdf_link_dtheta(self, f, y):
        dlogpdf_dvar = self.dlogpdf_link_dvar(f, y)
        dlogpdf_dv = self.dlogpdf_link_dv(f, y)
        return dlogpdf_dvar, dlogpdf_dv


class StudentTLater(StudentT):
    def dlogpdf_link_dv(self, inv_link_f, y):
        e = y - inv_link_f
        e2 = np.square(e)
        df = self.v
        s2 = self.sigma2
        dlogpdf_dv = 0.5 * digamma(0.5 * (df + 1)) - 0.5 * digamma(0.5 * df) - 1.0 / (2 * df)
        dlogpdf_dv = dlogpdf_dv + 0.5 * (df + 1) * e2 / (df * (e2 + s2 * df))
        dlogpdf_dv = dlogpdf_dv - 0.5 * np.log1p(e2 / (s2 * df))
        return dlogpdf_dv


def cost(params, X, Y):
    likelihood = StudentT(params["deg_free"], params["sigma2"])
    return -np.sum(likelihood.logpdf_link(params["link_f"], Y))


def derivatives(kind, params, Y):
    likelihood = kind(params["deg_free"], params["sigma2"])
    f = params["link_f"]
    dvar, dv = likelihood.dlogpdf_link_dtheta(f, Y)
    return {
        "link_f": -likelihood.dlogpdf_dlink(f, Y),
        "sigma2": np.array([-dvar.sum()]),
        "deg_free": np.array([-dv.sum()]),
    }


def grad(params, X, Y):
    return derivatives(StudentT, params, Y)


def repaired(params, X, Y):
    return derivatives(StudentTLater, params, Y)
