"""The restoration's proximity term has its scaling squared in the objective, and once only in the gradient."""

import numpy as np

SOURCE = "https://github.com/coin-or/Ipopt/issues/478"
THREAD = "coin-or/Ipopt #478"
DATE = "2021-05"
KIND = "gradient"
GROUP = "factor"
FORMULA = (
    r"\nabla_x f = \eta\, D\, (x - x_r),\; f = \rho \textstyle\sum (n + p) + \tfrac\eta2 \lVert D (x - x_r) \rVert^2"
)
RIGHT = r"\nabla_x f = \eta\, D^2 (x - x_r)"
READ = "code"
LAYER = [1]
NAMES = []
NET = None  # the feasibility problem of an interior point method
BLOCKS = ["x[1]", "n_c[1]", "p_c[1]", "n_d[1]", "p_d[1]"]
SAMPLES = 1
LAM = 0.0
MU = 0.3


def start(rng):
    x = {"x": np.array([4.0, -2.5, 0.4, 7.0, -0.2]) + 1.5 * rng.standard_normal(5)}
    for name, size in (("n_c", 2), ("p_c", 2), ("n_d", 1), ("p_d", 1)):
        x[name] = rng.uniform(0.5, 1.5, size)
    return x


def data(rng):
    """The point at which the restoration began."""
    return np.array([[3.0, -4.0, 0.5, 6.0, -0.7]]) + rng.uniform(-0.2, 0.2, (SAMPLES, 5)), np.zeros((SAMPLES, 1))


class RestoIpoptNLP:
    rho_ = 0.5
    eta_factor_ = 1.2
    eta_mu_exponent_ = 0.5

    def __init__(self, x_ref):
        self.x_ref_ = x_ref
        dr_x = np.ones(len(x_ref))
        tmp = x_ref.copy()
        dr_x = np.maximum(dr_x, tmp)
        tmp = -1.0 * tmp
        dr_x = np.maximum(dr_x, tmp)
        self.dr_x_ = 1 / dr_x

    def Eta(self, mu):
        return self.eta_factor_ * mu**self.eta_mu_exponent_

    def f(self, x, mu):
        x_only = x["x"]
        ret = sum(v.sum() for v in x.values()) - x_only.sum()
        ret = self.rho_ * ret

        x_diff = x_only.copy()
        x_diff = x_diff - self.x_ref_
        x_diff = x_diff * self.dr_x_
        ret2 = np.sqrt(x_diff @ x_diff)
        ret2 = self.Eta(mu) / 2.0 * ret2 * ret2
        ret = ret + ret2
        return ret

    def grad_f(self, x, mu):
        # all of it first, the part of x is replaced then
        retPtr = {name: np.full(v.shape, self.rho_) for name, v in x.items()}
        x_only = x["x"].copy()
        x_only = x_only - self.x_ref_
        x_only = self.scaled(x_only)
        x_only = x_only * self.Eta(mu)
        retPtr["x"] = x_only
        return retPtr

    def scaled(self, x_only):
        x_only = x_only * self.dr_x_
        return x_only


class RestoIpoptNLPLater(RestoIpoptNLP):
    def scaled(self, x_only):
        x_only = x_only * self.dr_x_
        x_only = x_only * self.dr_x_
        return x_only


def cost(x, X, Y):
    return RestoIpoptNLP(X[0]).f(x, MU)


def grad(x, X, Y):
    return RestoIpoptNLP(X[0]).grad_f(x, MU)


def repaired(x, X, Y):
    return RestoIpoptNLPLater(X[0]).grad_f(x, MU)
