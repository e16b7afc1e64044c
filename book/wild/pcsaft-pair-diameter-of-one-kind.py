"""The temperature derivative of a pair's mean diameter takes the first of the two molecules twice."""

import numpy as np

SOURCE = "https://github.com/zmeri/PC-SAFT/pull/53"
THREAD = "zmeri/PC-SAFT PR #53, commit 2f4dece"
DATE = "2019-02"
KIND = "gradient"
FORMULA = (
    r"\partial d_{ij} / \partial T = \frac{d_i d_i}{d_i + d_i} \Bigl(\frac{d_i'}{d_i} + \frac{d_i'}{d_i} - "
    r"\frac{d_i' + d_i'}{d_i + d_i}\Bigr)"
)
RIGHT = (
    r"\partial d_{ij} / \partial T = d_{ij} \Bigl(\frac{d_i'}{d_i} + \frac{d_j'}{d_j} - \frac{d_i' + d_j'}{d_i + d_j}"
    r"\Bigr),\; d_{ij} = \frac{d_i d_j}{d_i + d_j}"
)
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = []
NET = None  # the contact values of a mixture of hard spheres at some temperatures
BLOCKS = ["t[1]"]
SAMPLES = 6
LAM = 0.0
NCOMP = 2
M, S, E = np.array([1.5, 2.3]), np.array([0.7, 1.5]), np.array([0.4, 2.0])


def start(rng):
    """Temperatures, in units of the depth of the well."""
    return rng.uniform(0.8, 3, SAMPLES)


def data(rng):
    """The share of the first kind and the density; and the contact values that were seen for each pair."""
    X = np.stack([rng.uniform(0.2, 0.8, SAMPLES), rng.uniform(0.1, 0.25, SAMPLES)], axis=1)
    return X, rng.uniform(1, 3, (SAMPLES, NCOMP * NCOMP))


def pcsaft_ghs(t, x, den):
    d = S * (1 - 0.12 * np.exp(-3 * E / t))
    zeta = [np.pi / 6.0 * den * np.sum(x * M * d**i) for i in range(4)]
    ghs = []
    for i in range(NCOMP):
        for j in range(NCOMP):
            dij = d[i] * d[j] / (d[i] + d[j])
            ghs.append(
                1 / (1 - zeta[3])
                + dij * 3 * zeta[2] / (1 - zeta[3]) / (1 - zeta[3])
                + dij**2 * 2 * zeta[2] * zeta[2] / (1 - zeta[3]) ** 3
            )
    return np.array(ghs)


def pcsaft_dghs_dt(t, x, den, right=False):
    d = S * (1 - 0.12 * np.exp(-3 * E / t))
    dd_dt = S * -3 * E / t / t * 0.12 * np.exp(-3 * E / t)
    zeta = [np.pi / 6.0 * den * np.sum(x * M * d**i) for i in range(4)]
    dzeta_dt = [0.0] + [np.pi / 6.0 * den * np.sum(x * M * i * dd_dt * d ** (i - 1)) for i in range(1, 4)]
    dghs_dt = np.zeros(NCOMP * NCOMP)
    idx = -1
    for i in range(NCOMP):
        for j in range(NCOMP):
            idx += 1
            if right:
                ddij_dt = (d[i] * d[j] / (d[i] + d[j])) * (
                    dd_dt[i] / d[i] + dd_dt[j] / d[j] - (dd_dt[i] + dd_dt[j]) / (d[i] + d[j])
                )
            else:
                ddij_dt = (d[i] * d[i] / (d[i] + d[i])) * (
                    dd_dt[i] / d[i] + dd_dt[i] / d[i] - (dd_dt[i] + dd_dt[i]) / (d[i] + d[i])
                )
            dij = d[i] * d[j] / (d[i] + d[j])
            dghs_dt[idx] = (
                dzeta_dt[3] / (1 - zeta[3]) ** 2
                + 3 * (ddij_dt * zeta[2] + dij * dzeta_dt[2]) / (1 - zeta[3]) ** 2
                + 4 * dij * zeta[2] * (1.5 * dzeta_dt[3] + ddij_dt * zeta[2] + dij * dzeta_dt[2]) / (1 - zeta[3]) ** 3
                + 6 * (dij * zeta[2]) ** 2 * dzeta_dt[3] / (1 - zeta[3]) ** 4
            )
    return dghs_dt


def cost(params, X, Y):
    total = 0.0
    for t, (share, den), y in zip(params, X, Y):
        total += np.sum((pcsaft_ghs(t, np.array([share, 1 - share]), den) - y) ** 2)
    return 0.5 * total


def of_squares(params, X, Y, right):
    g = np.zeros_like(params)
    for i, (t, (share, den), y) in enumerate(zip(params, X, Y)):
        x = np.array([share, 1 - share])
        g[i] = (pcsaft_ghs(t, x, den) - y) @ pcsaft_dghs_dt(t, x, den, right)
    return g


def grad(params, X, Y):
    return of_squares(params, X, Y, False)


def repaired(params, X, Y):
    return of_squares(params, X, Y, True)
