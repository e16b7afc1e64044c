"""The electrostatic energy of a charged molecule takes the multiplier of the constraint on its charges in."""

import numpy as np
from scipy.special import erf

SOURCE = "https://github.com/grimme-lab/multicharge/issues/26"
THREAD = "grimme-lab/multicharge #26, PR #25, 995a6d1"
DATE = "2024-12"
KIND = "cost"
FORMULA = (
    r"E = \textstyle\sum_i q_i \bigl(\tfrac12 (A q)_i + \tfrac12 \lambda - x_i\bigr),\; "
    r"A q + \lambda = x,\; \sum_i q_i = Q"
)
RIGHT = r"E = \textstyle\sum_i q_i \bigl(\tfrac12 (A q)_i - x_i\bigr),\; A q + \lambda = x,\; \sum_i q_i = Q"
READ = "code"  # the constants of the elements are made up
LAYER = [1]
NAMES = [{"another-cost"}]
NET = None  # charges in equilibrium, for the places of the atoms
BLOCKS = ["xyz[1]"]
SAMPLES = 5
LAM = 0.0
CHARGE = 1.0
RAD, CHI, ETA, KCN, RCOV = [np.array(c) for c in ([0.55, 0.9], [1.2, 1.5], [0.4, 0.3], [0.15, 0.25], [0.8, 1.6])]
K_COUNT, CN_MAX = 7.5, 8.0


def start(rng):
    """The places of five atoms, in atomic units."""
    corners = np.array([[0.0, 0.0, 0.0], [2.4, 0.0, 0.0], [0.0, 2.5, 0.0], [0.0, 0.0, 2.3], [2.1, 2.2, 2.4]])
    return corners + 0.15 * rng.standard_normal((SAMPLES, 3))


def data(rng):
    """The kind of each atom, and nothing to aim at."""
    return np.array([[0], [1], [1], [0], [1]]), np.zeros((SAMPLES, 1))


def ncoord_derf(xyz, id):
    nat = len(id)
    cn = np.zeros(nat, xyz.dtype)
    dcndr = np.zeros((3, nat, nat), xyz.dtype)
    for iat in range(nat):
        for jat in range(iat):
            rij = xyz[iat] - xyz[jat]
            r1 = np.sqrt(np.sum(rij**2))
            rc = RCOV[id[iat]] + RCOV[id[jat]]
            countf = 0.5 * (1.0 + erf(-K_COUNT * (r1 - rc) / rc))
            countd = -K_COUNT / np.sqrt(np.pi) / rc * np.exp(-(K_COUNT**2) * (r1 - rc) ** 2 / rc**2) * rij / r1
            cn[iat] = cn[iat] + countf
            cn[jat] = cn[jat] + countf
            dcndr[:, iat, iat] = dcndr[:, iat, iat] + countd
            dcndr[:, jat, jat] = dcndr[:, jat, jat] - countd
            dcndr[:, iat, jat] = dcndr[:, iat, jat] + countd
            dcndr[:, jat, iat] = dcndr[:, jat, iat] - countd
    for iat in range(nat):
        dcndr[:, :, iat] = np.exp(CN_MAX) / (np.exp(CN_MAX) + np.exp(cn[iat])) * dcndr[:, :, iat]
        cn[iat] = np.log(1.0 + np.exp(CN_MAX)) - np.log(1.0 + np.exp(CN_MAX - cn[iat]))
    return cn, dcndr


def get_vrhs(id, cn):
    nat = len(id)
    xvec, dxdcn = np.zeros(nat + 1, cn.dtype), np.zeros(nat + 1, cn.dtype)
    for iat in range(nat):
        tmp = KCN[id[iat]] / np.sqrt(cn[iat] + 1.0e-14)
        xvec[iat] = -CHI[id[iat]] + tmp * cn[iat]
        dxdcn[iat] = 0.5 * tmp
    xvec[nat] = CHARGE
    return xvec, dxdcn


def get_amat_0d(xyz, id):
    nat = len(id)
    amat = np.zeros((nat + 1, nat + 1), xyz.dtype)
    for iat in range(nat):
        for jat in range(iat):
            vec = xyz[jat] - xyz[iat]
            r2 = vec[0] ** 2 + vec[1] ** 2 + vec[2] ** 2
            gam = 1.0 / (RAD[id[iat]] ** 2 + RAD[id[jat]] ** 2)
            tmp = erf(np.sqrt(r2 * gam)) / np.sqrt(r2)
            amat[jat, iat] = amat[jat, iat] + tmp
            amat[iat, jat] = amat[iat, jat] + tmp
        amat[iat, iat] = amat[iat, iat] + ETA[id[iat]] + np.sqrt(2 / np.pi) / RAD[id[iat]]
    amat[nat, :] = 1.0
    amat[:, nat] = 1.0
    amat[nat, nat] = 0.0
    return amat


def get_damat_0d(xyz, id, qvec):
    nat = len(id)
    dadr, atrace = np.zeros((3, nat, nat + 1)), np.zeros((3, nat))
    for iat in range(nat):
        for jat in range(iat):
            vec = xyz[iat] - xyz[jat]
            r2 = vec[0] ** 2 + vec[1] ** 2 + vec[2] ** 2
            gam = 1.0 / np.sqrt(RAD[id[iat]] ** 2 + RAD[id[jat]] ** 2)
            arg = gam * gam * r2
            dtmp = 2.0 * gam * np.exp(-arg) / (np.sqrt(np.pi) * r2) - erf(np.sqrt(arg)) / (r2 * np.sqrt(r2))
            dG = dtmp * vec
            atrace[:, iat] = +dG * qvec[jat] + atrace[:, iat]
            atrace[:, jat] = -dG * qvec[iat] + atrace[:, jat]
            dadr[:, iat, jat] = +dG * qvec[iat]
            dadr[:, jat, iat] = -dG * qvec[jat]
    return dadr, atrace


def solve(xyz, id, energy_mended=False, of_energy=False):
    nat = len(id)
    cn, dcndr = ncoord_derf(xyz, id)
    xvec, dxdcn = get_vrhs(id, cn)
    amat = get_amat_0d(xyz, id)
    ainv = np.linalg.inv(amat)
    vrhs = ainv @ xvec

    if energy_mended:
        half = 0.5 * amat[:, :nat] @ vrhs[:nat] - xvec
    else:
        half = 0.5 * amat @ vrhs - xvec
    energy = vrhs[:nat] * half[:nat]
    if np.iscomplexobj(xyz):
        return energy, None

    dadr, atrace = get_damat_0d(xyz, id, vrhs)
    gradient = dadr @ vrhs + dcndr @ (-dxdcn * vrhs)[:nat]

    if of_energy:  # half the charge times the derivative of the multiplier, as the program differentiates the charges
        for iat in range(nat):
            dadr[:, iat, iat] = atrace[:, iat] + dadr[:, iat, iat]
            dadr[:, :, iat] = -dcndr[:, :, iat] * dxdcn[iat] + dadr[:, :, iat]
        gradient = gradient + 0.5 * CHARGE * -(dadr @ ainv[:, nat])
    return energy, gradient.T


def cost(xyz, X, Y):
    return np.sum(solve(xyz, X[:, 0])[0])


def meant(xyz, X, Y):
    return np.sum(solve(xyz, X[:, 0], energy_mended=True)[0])


def grad(xyz, X, Y):
    return solve(xyz, X[:, 0])[1]


def repaired(xyz, X, Y):
    return solve(xyz, X[:, 0], of_energy=True)[1]
