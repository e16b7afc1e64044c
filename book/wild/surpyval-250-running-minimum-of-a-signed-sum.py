"""In a Cox regression a sum that may fall and rise is carried forward by its running minimum."""

import numpy as np

SOURCE = "https://github.com/derrynknife/SurPyval/issues/250"
THREAD = "derrynknife/SurPyval #250"
DATE = "2026-07"
KIND = "gradient"
FORMULA = (
    r"\partial C / \partial \beta = -\textstyle\sum_i d_i \Bigl(z_i - "
    r"\frac{\sum_j z_j e^{\beta z_j} - \min_{k \le i} T_k}{\sum_j e^{\beta z_j} - t_i}\Bigr)"
)
RIGHT = (
    r"\partial C / \partial \beta = -\textstyle\sum_i d_i \Bigl(z_i - "
    r"\frac{\sum_j z_j e^{\beta z_j} - T_i}{\sum_j e^{\beta z_j} - t_i}\Bigr),\; "
    r"T_i = \sum_{j\ \text{not yet entered}} z_j e^{\beta z_j}"
)
READ = "code"
GROUP = "blocks"
LAYER = [1]
NAMES = []
COVARIATES = 3
NET = None  # a Cox regression with delayed entry
BLOCKS = ["beta[1]"]
SAMPLES = 12
LAM = 0.0


def start(rng):
    return rng.standard_normal(COVARIATES) / 2


def data(rng):
    """Covariates, and the time of entry, the time after it, and whether it is that of an event."""
    tl = rng.uniform(0, 3, SAMPLES)
    x = tl + rng.uniform(0.5, 4, SAMPLES)
    c = (rng.uniform(0, 1, SAMPLES) < 0.2).astype(float)
    return rng.standard_normal((SAMPLES, COVARIATES)), np.column_stack([tl, x, 1 - c])


class Breslow:
    """The sums over those at risk at each time, in the order of the times."""

    def __init__(self, Y):
        tl, x, n_d = Y.T
        self.order, self.enter = np.argsort(x), np.argsort(tl)
        self.n_d = n_d[self.order]
        self.idx = np.searchsorted(x[self.order], tl[self.enter], side="right")

    def at_risk(self, arr):
        return arr[self.order][::-1].cumsum(axis=0)[::-1]

    def truncated(self, arr):
        trunc = arr[self.enter]
        trunc = trunc[::-1].cumsum(axis=0)[::-1] - trunc
        TRi = np.full(arr.shape, np.inf)
        TRi[self.idx] = trunc
        return np.minimum.accumulate(TRi)

    def carried(self, arr):
        """The same without a minimum: what was set last stands until something is set again."""
        trunc = arr[self.enter]
        trunc = trunc[::-1].cumsum(axis=0)[::-1] - trunc
        TRi = np.full(arr.shape, np.nan, arr.dtype)
        TRi[self.idx] = trunc
        for i in range(1, len(TRi)):
            TRi[i] = np.where(np.isnan(TRi[i]), TRi[i - 1], TRi[i])
        return TRi


def cost(beta, Z, Y):
    breslow = Breslow(Y)
    beta_z = Z @ beta
    e_beta_z = np.exp(beta_z)
    Ri = breslow.at_risk(e_beta_z) - breslow.carried(e_beta_z)
    return -np.sum(breslow.n_d * (beta_z[breslow.order] - np.log(Ri)))


def jac(beta, Z, Y, name):
    breslow = Breslow(Y)
    e_beta_z = np.exp(Z @ beta)
    z_e_beta_z = Z * e_beta_z[:, None]
    Ri = breslow.at_risk(e_beta_z) - breslow.truncated(e_beta_z)
    ZRi = breslow.at_risk(z_e_beta_z) - getattr(breslow, name)(z_e_beta_z)
    EZ = breslow.n_d[:, None] * ZRi / Ri[:, None]
    S_d = breslow.n_d[:, None] * Z[breslow.order]
    return -(S_d - EZ).sum(axis=0)


def grad(beta, Z, Y):
    return jac(beta, Z, Y, "truncated")


def repaired(beta, Z, Y):
    return jac(beta, Z, Y, "carried")
