"""An angular symmetry function's derivative leaves out the atoms' factors where both neighbours are one atom."""

import numpy as np

SOURCE = "https://github.com/vanderhe/fortnet/pull/56"
THREAD = "vanderhe/fortnet #56, commit bf8a24b"
DATE = "2022-01"
KIND = "gradient"
GROUP = "factor"
FORMULA = (
    r"\partial G / \partial r_k \ni 2^{2 - \xi} (1 + \lambda)^\xi e^{-2 \eta R_k^2} f(R_k) "
    r"\bigl(f'(R_k) - 2 \eta R_k f(R_k)\bigr) u_k"
)
RIGHT = (
    r"\partial G / \partial r_k \ni 2^{2 - \xi} (1 + \lambda)^\xi e^{-2 \eta R_k^2} f(R_k) "
    r"\bigl(f'(R_k) - 2 \eta R_k f(R_k)\bigr) q_k^2 u_k,\; "
    r"f(R_k) = \tfrac12 q_i q_k (\cos(\pi R_k / R_c) + 1)"
)
READ = "code"
LAYER = [1]
NAMES = []
NET = None  # Behler's symmetry functions of atoms
BLOCKS = ["coords[1]"]
SAMPLES = 4
LAM = 0.0
XI, LAMBDA, ETA, RCUT = 2.0, 1.0, 0.15, 6.0


def start(rng):
    corners = np.array([[0, 0, 0], [1, 0, 0], [0, 1, 0], [0, 0, 1]], dtype=float)
    return 1.3 * corners + rng.uniform(-0.2, 0.2, corners.shape)


def data(rng):
    """A number for each atom, and the values that the functions should have."""
    return rng.uniform(0.5, 1.5, (SAMPLES, 1)), rng.standard_normal((SAMPLES, 1))


def cutoff(rr, atomId1, atomId2, rcut):
    return 0.5 * atomId1 * atomId2 * (np.cos(np.pi * rr / rcut) + 1.0)


def dfCutoff(rr, atomId1, atomId2, rcut, deriv):
    return 0.5 * atomId1 * atomId2 * (np.pi / rcut) ** deriv * np.cos((np.pi * rr / rcut) + 0.5 * deriv * np.pi)


def T_matr(uvec, nrm):
    return (np.eye(3) - np.outer(uvec, uvec)) / nrm


def norm2(v):
    return np.sqrt(np.sum(v**2))


def g4(atomCoords, neighCoords, atomId, atomIds):
    total = 0.0
    for jj in range(len(neighCoords)):
        for kk in range(len(neighCoords)):
            vj, vk = neighCoords[jj] - atomCoords, neighCoords[kk] - atomCoords
            distj, distk = norm2(vj), norm2(vk)
            distjk = norm2(neighCoords[jj] - neighCoords[kk]) if jj != kk else 0.0
            total = total + (
                (1.0 + LAMBDA * (vj @ vk) / (distj * distk)) ** XI
                * np.exp(-ETA * (distj**2 + distk**2 + distjk**2))
                * cutoff(distj, atomId, atomIds[jj], RCUT)
                * cutoff(distk, atomId, atomIds[kk], RCUT)
                * cutoff(distjk, atomIds[jj], atomIds[kk], RCUT)
            )
    return total * 2.0 ** (1.0 - XI)


def gFuncGrad(iCoords, iAtomId, neighCoords, atomIds, right):
    grad = np.zeros(neighCoords.shape)
    dists = np.array([norm2(c - iCoords) for c in neighCoords])
    uvecs = (neighCoords - iCoords) / dists[:, None]
    sqDists = dists**2
    fc2 = cutoff(dists, iAtomId, atomIds, RCUT)
    for kAtom in range(len(dists)):
        T_ik = T_matr(uvecs[kAtom], dists[kAtom]) * LAMBDA * XI
        dfc_ik = -2.0 * ETA * dists[kAtom] * fc2[kAtom] + dfCutoff(dists[kAtom], iAtomId, atomIds[kAtom], RCUT, 1)
        # kAtom == jAtom
        prefct_prod = 1.0
        if right:
            prefct_prod = atomIds[kAtom] * atomIds[kAtom]
        grad[kAtom] += (
            (1.0 + LAMBDA) ** XI
            * fc2[kAtom]
            * dfc_ik
            * np.exp(-2.0 * ETA * sqDists[kAtom])
            * uvecs[kAtom]
            * prefct_prod
        )
        for jAtom in range(len(dists)):
            if jAtom == kAtom:
                continue
            a_ijk = 1.0 + LAMBDA * uvecs[jAtom] @ uvecs[kAtom]
            uvec_jk = neighCoords[kAtom] - neighCoords[jAtom]
            dist_jk = norm2(uvec_jk)
            uvec_jk = uvec_jk / dist_jk
            fc_jk = cutoff(dist_jk, atomIds[kAtom], atomIds[jAtom], RCUT)
            dfc_jk = -2.0 * ETA * dist_jk * fc_jk + dfCutoff(dist_jk, atomIds[kAtom], atomIds[jAtom], RCUT, 1)
            grad[kAtom] += (
                fc2[jAtom]
                * np.exp(-ETA * (sqDists[kAtom] + sqDists[jAtom] + dist_jk**2))
                * a_ijk ** (XI - 1.0)
                * (
                    fc2[kAtom] * fc_jk * T_ik @ uvecs[jAtom]
                    + a_ijk * (fc_jk * dfc_ik * uvecs[kAtom] + fc2[kAtom] * dfc_jk * uvec_jk)
                )
            )
    return grad * 2.0 ** (2.0 - XI)


def neighbours(i):
    return [j for j in range(SAMPLES) if j != i]


def values(coords, X):
    ids = X[:, 0]
    return [g4(coords[i], coords[neighbours(i)], ids[i], ids[neighbours(i)]) for i in range(SAMPLES)]


def cost(coords, X, Y):
    return 0.5 * sum((g - y) ** 2 for g, y in zip(values(coords, X), Y[:, 0]))


def of_squares(coords, X, Y, right):
    ids, total = X[:, 0], np.zeros_like(coords)
    for i, g in enumerate(values(coords, X)):
        near = neighbours(i)
        array = np.zeros_like(coords)
        array[near] = gFuncGrad(coords[i], ids[i], coords[near], ids[near], right)
        array[i] = -array[near].sum(0)
        total += (g - Y[i, 0]) * array
    return total


def grad(coords, X, Y):
    return of_squares(coords, X, Y, False)


def repaired(coords, X, Y):
    return of_squares(coords, X, Y, True)
