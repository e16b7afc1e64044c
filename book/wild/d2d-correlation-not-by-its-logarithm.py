"""Residuals are differentiated by a correlation whose parameter is its logarithm, without the slope of that."""

import numpy as np

SOURCE = "https://github.com/Data2Dynamics/d2d/commit/6a630d61"
THREAD = "Data2Dynamics/d2d 6a630d61"
DATE = "2022-12"
KIND = "gradient"
GROUP = "slope"
FORMULA = r"\partial \phi_k / \partial p = \Delta t_k\, c^{\Delta t_k - 1},\; \phi_k = c^{\Delta t_k},\; c = 10^p"
RIGHT = r"\partial \phi_k / \partial p = \ln 10\; \Delta t_k\, c^{\Delta t_k}"
READ = "reconstruction"  # the model of the observable, a decay, and its sensitivities
LAYER = [1]
NAMES = []
NET = None  # a decay in time, with correlated errors, all parameters logarithms to base 10
BLOCKS = ["p[1]"]
SAMPLES = 10
LAM = 0.0
SD = 0.3


def start(rng):
    """The logarithms of the amplitude, the rate and the correlation at a distance of one in time."""
    return np.array([0.2, -0.5, -0.4]) + 0.1 * rng.standard_normal(3)


def data(rng):
    tExp = np.cumsum(rng.uniform(0.3, 1.2, SAMPLES))
    return tExp, 2.0 * np.exp(-0.4 * tExp) + SD * rng.standard_normal(SAMPLES)


def simulate(p, tExp, yExp):
    """Residuals and their sensitivities without correlation."""
    y = 10 ** p[0] * np.exp(-(10 ** p[1]) * tExp)
    res = (y - yExp) / SD
    sres = np.zeros((len(tExp), len(p)), y.dtype)
    sres[:, 0] = np.log(10) * y / SD
    sres[:, 1] = -np.log(10) * 10 ** p[1] * tExp * y / SD
    return res, sres


def getPhis(p, tExp, right=False):
    qLog10 = True
    sdCov = 10 ** p[2] if qLog10 else p[2]
    phis = np.concatenate([[0], sdCov ** abs(np.diff(tExp))])
    if right and qLog10:
        dphis_dcov = np.log(10) * np.concatenate([[0], abs(np.diff(tExp)) * sdCov ** abs(np.diff(tExp))])
    else:
        dphis_dcov = np.concatenate([[0], abs(np.diff(tExp)) * sdCov ** (abs(np.diff(tExp)) - 1)])
    return phis, dphis_dcov


def calcResCov(p, tExp, yExp):
    res, _ = simulate(p, tExp, yExp)
    res_minusOne = np.concatenate([[0], res[:-1]])
    phis, _ = getPhis(p, tExp)
    resCov = 1 / np.sqrt(1 - phis**2) * (res - phis * res_minusOne)
    chi2Cov = np.sum(resCov**2)
    return resCov, chi2Cov


def calcSensiResCov(p, tExp, yExp, right):
    res, sres = simulate(p, tExp, yExp)
    sresIdxMinusOne = np.zeros_like(sres)
    sresIdxMinusOne[1:] = sres[:-1]
    sresCov = np.zeros_like(sres)
    res_minusOne = np.concatenate([[0], res[:-1]])
    phis, dphis_dcov = getPhis(p, tExp, right)
    idpCov = 2
    for idp in range(len(p)):
        if idp == idpCov:
            sresCov[:, idp] = (1 - phis**2) ** (-1.5) * dphis_dcov * (phis * res - res_minusOne)
        else:
            sresCov[:, idp] = 1 / np.sqrt(1 - phis**2) * (sres[:, idp] - phis * sresIdxMinusOne[:, idp])
    return sresCov


def cost(p, X, Y):
    return calcResCov(p, X, Y)[1]


def grad(p, X, Y):
    return 2 * calcResCov(p, X, Y)[0] @ calcSensiResCov(p, X, Y, right=False)


def repaired(p, X, Y):
    return 2 * calcResCov(p, X, Y)[0] @ calcSensiResCov(p, X, Y, right=True)
