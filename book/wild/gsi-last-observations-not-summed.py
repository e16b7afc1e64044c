"""An analysis sums its penalty as if observations began at the ninth place, not the twelfth, and misses the last."""

import numpy as np

SOURCE = "https://github.com/NOAA-EMC/GSI/commit/0101053a9f3b6b315a938cfa691047d87a63c83a"
THREAD = "NOAA-EMC/GSI 0101053a9"
DATE = "2014-11"
KIND = "cost"
FORMULA = r"J = \textstyle\sum_{i=1}^{8} p_i + \sum_{i=1}^{n} p_{8+i}"
RIGHT = r"J = \textstyle\sum_{i=1}^{11} p_i + \sum_{i=1}^{n} p_{11+i} = J_b + J_c + J_l + J_o"
READ = (
    "reconstruction"  # stpcalc, stplimg, intlimg, stppblh and intpblh are the program's; five fields and types, B = I
)
LAYER = [1]
NAMES = [{"another-cost"}]
NET = None  # a variational analysis of the weather
BLOCKS = ["gust[1]", "vis[1]", "pblh[1]", "wspd10m[1]", "howv[1]"]
SAMPLES = 15
LAM = 0.0
FIELDS = ["gust", "vis", "pblh", "wspd10m", "howv"]
N0, NOBS_TYPE, FACT = 11, 5, 0.8


def start(rng):
    """The increment of each field at four points."""
    return {name: rng.standard_normal(4) for name in FIELDS}


def data(rng):
    """Three observations of each field: its number, weights of the points, residual and error; the guess as Y."""
    X = []
    for k in range(len(FIELDS)):
        for _ in range(3):
            X.append([k, *rng.dirichlet(np.ones(4)), rng.standard_normal(), rng.uniform(0.5, 2), rng.uniform(0.5, 1.5)])
    return np.array(X), rng.uniform(0.4, 1.2, (len(FIELDS), 4))


def stplim(sval, name, ges):
    """The penalty for negative values, as stplimg, stplimv and so on have it."""
    out = 0.0
    for i in range(len(ges)):
        gx = ges[i] + sval[name][i]
        if gx.real < 0.0:
            out = out + FACT * gx * gx / (ges[i] * ges[i])
    return out


def stpobs(obs, sval, name):
    """As stppblh and the others, without nonlinear quality control."""
    out = 0.0
    for ob in obs:
        w1, w2, w3, w4, res, err2, raterr2 = ob
        s = sval[name]
        val2 = w1 * s[0] + w2 * s[1] + w3 * s[2] + w4 * s[3] - res
        pen = val2 * val2 * err2
        out = out + pen * raterr2
    return out


def penalty_terms(sval, yobs, ges):
    """At a step size of zero; places 2 to 5 and 11 are of terms that are switched off."""
    psum = np.zeros(N0 + NOBS_TYPE, np.result_type(*sval.values()))
    psum[0] = sum(np.sum(sval[name] * sval[name]) for name in FIELDS)
    for k, name in enumerate(FIELDS):
        psum[5 + k] = stplim(sval, name, ges[k])
    for k, name in enumerate(FIELDS):
        psum[N0 + k] = stpobs(yobs[yobs[:, 0] == k, 1:], sval, name)
    return psum


def stpcalc(sval, yobs, ges, right=False):
    psum = penalty_terms(sval, yobs, ges)
    pjcostnew = [0.0] * 4
    pjcostnew[0] = psum[0]  # Jb
    pjcostnew[2] = psum[1] + psum[2]  # Jc
    if right:
        for i in range(3, N0):
            pjcostnew[3] = pjcostnew[3] + psum[i]  # Jl
        for i in range(NOBS_TYPE):
            pjcostnew[1] = pjcostnew[1] + psum[N0 + i]  # Jo
    else:
        pjcostnew[3] = psum[3] + psum[4] + psum[5] + psum[6] + psum[7]  # Jl
        for i in range(NOBS_TYPE):
            pjcostnew[1] = pjcostnew[1] + psum[8 + i]  # Jo
    return pjcostnew[0] + pjcostnew[1] + pjcostnew[2] + pjcostnew[3]


def intlim(rval, sval, name, ges):
    for i in range(len(ges)):
        gx = ges[i] + sval[name][i]
        if gx < 0.0:
            rval[name][i] = rval[name][i] + FACT * gx / (ges[i] * ges[i])


def intobs(obs, rval, sval, name):
    for ob in obs:
        w1, w2, w3, w4, res, err2, raterr2 = ob
        s = sval[name]
        val = w1 * s[0] + w2 * s[1] + w3 * s[2] + w4 * s[3]
        val = val - res
        grad = val * raterr2 * err2
        for j, w in enumerate((w1, w2, w3, w4)):
            rval[name][j] = rval[name][j] + w * grad


def intall(sval, yobs, ges, types=NOBS_TYPE):
    rval = {name: sval[name].copy() for name in FIELDS}
    for k, name in enumerate(FIELDS):
        intlim(rval, sval, name, ges[k])
        if k < types:
            intobs(yobs[yobs[:, 0] == k, 1:], rval, sval, name)
    return rval


def cost(sval, X, Y):
    """The program's penalties are twice those that its gradient is of."""
    return 0.5 * stpcalc(sval, X, Y)


def meant(sval, X, Y):
    return 0.5 * stpcalc(sval, X, Y, right=True)


def grad(sval, X, Y):
    return intall(sval, X, Y)


def repaired(sval, X, Y):
    """Without the last three types, as the sum."""
    return intall(sval, X, Y, types=NOBS_TYPE - 3)
