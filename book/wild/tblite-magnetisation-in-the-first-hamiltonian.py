"""The force of a Hamiltonian that sees only the charge is summed over the magnetisation density as well."""

import numpy as np

SOURCE = "https://github.com/tblite/tblite/commit/e082d2a8cef63a96012fe23043916db232ce0a4c"
THREAD = "tblite/tblite #90, e082d2a"
DATE = "2022-11"
KIND = "gradient"
GROUP = "factor"
FORMULA = (
    r"\partial E / \partial R = \sum_{\sigma} \bigl(P^\sigma \cdot \partial H^0 / \partial R"
    r" + v^\sigma \cdot \partial q^\sigma / \partial R\bigr)"
)
RIGHT = (
    r"\partial E / \partial R = P^1 \cdot \partial H^0 / \partial R"
    r" + \sum_{\sigma} v^\sigma \cdot \partial q^\sigma / \partial R,\; P^1 = P^\uparrow + P^\downarrow,\;"
    r" P^2 = P^\uparrow - P^\downarrow"
)
READ = "code"
LAYER = [1]
NAMES = []
NET = None  # atoms of a tight-binding model, their densities held fast
BLOCKS = ["xyz[1]"]
SAMPLES = 3
LAM = 0.0
NAT = 4
RAD = np.array([1.0, 0.8, 0.9, 0.8])
EXPONENT = np.array([0.35, 0.5, 0.4, 0.5])
LEVEL = np.array([-0.6, -0.45, -0.5, -0.45])
KCN = np.array([0.08, 0.03, 0.05, 0.03])
SHPOLY = np.array([0.1, 0.05, -0.08, 0.05])
HSCALE = 1.85
HUBBARD = np.array([0.45, 0.4, 0.5, 0.4])
SPIN = np.array([-0.07, -0.05, -0.08, -0.05])
PLACES = np.array([[0.0, 0.0, 0.0], [1.9, 0.2, 0.1], [-0.3, 1.8, 0.2], [0.2, -0.3, 2.1]])


def start(rng):
    return {"xyz": PLACES + 0.15 * rng.standard_normal((NAT, 3))}


def data(rng):
    """Charge densities and magnetisation densities, in a basis of one function for each atom."""
    up, down = (rng.standard_normal((SAMPLES, NAT, NAT)) for _ in range(2))
    up, down = (0.3 * (p + np.swapaxes(p, 1, 2)) + 0.5 * np.eye(NAT) for p in (up, down))
    return up + down, up - down


def count(r, rcov):
    """A neighbour's share of a coordination number, and its slope by the distance."""
    cn = 1 / (1 + np.exp(-6 * (rcov / r - 1)))
    return cn, -cn * (1 - cn) * 6 * rcov / r**2


def selfenergies(xyz):
    cn = np.zeros(NAT)
    for i in range(NAT):
        for j in range(NAT):
            if i != j:
                cn[i] += count(np.linalg.norm(xyz[i] - xyz[j]), 1.3 * (RAD[i] + RAD[j]))[0]
    return LEVEL - KCN * cn


def pair(i, j, vec):
    """Overlap with its gradient, and the polynomial of the distance with its derivative over the distance."""
    r2 = vec @ vec
    a = EXPONENT[i] * EXPONENT[j] / (EXPONENT[i] + EXPONENT[j])
    stmp = np.exp(-a * r2)
    rr = np.sqrt(np.sqrt(r2) / (RAD[i] + RAD[j]))
    fi, fj = 1 + SHPOLY[i] * rr, 1 + SHPOLY[j] * rr
    dshpoly = (fi * SHPOLY[j] * rr + fj * SHPOLY[i] * rr) * 0.5 / r2
    return stmp, -2 * a * stmp * vec, fi * fj, dshpoly


def populations(xyz, P):
    q = np.diag(P).copy()
    for i in range(NAT):
        for j in range(NAT):
            if i != j:
                q[i] += P[j, i] * pair(i, j, xyz[i] - xyz[j])[0]
    return q


def cost(params, X, Y):
    xyz, energy = params["xyz"], 0.0
    se = selfenergies(xyz)
    for charge, magnet in zip(X, Y):
        energy += np.diag(charge) @ se
        for i in range(NAT):
            for j in range(NAT):
                if i != j:
                    stmp, _, shpoly, _ = pair(i, j, xyz[i] - xyz[j])
                    energy += charge[j, i] * 0.5 * (se[i] + se[j]) * HSCALE * shpoly * stmp
        energy += 0.5 * HUBBARD @ populations(xyz, charge) ** 2 + 0.5 * SPIN @ populations(xyz, magnet) ** 2
    return energy / len(X)


def get_hamiltonian_gradient(xyz, pmat, nspin_h0):
    """Forces of one sample; pmat holds charge and magnetisation, the first nspin_h0 of them go into the H0 part."""
    se = selfenergies(xyz)
    vao = [HUBBARD * populations(xyz, pmat[0]), SPIN * populations(xyz, pmat[1])]
    gradient, dEdcn = np.zeros_like(xyz), np.zeros(NAT)
    for iat in range(NAT):
        for jat in range(iat):
            vec = xyz[iat] - xyz[jat]
            stmp, dstmp, shpoly, dshpoly = pair(iat, jat, vec)
            hij = 0.5 * (se[iat] + se[jat]) * HSCALE
            dG = np.zeros(3)
            for spin in range(2):
                dG += pmat[spin][jat, iat] * (vao[spin][jat] + vao[spin][iat]) * dstmp
            for spin in range(nspin_h0):
                hpij = pmat[spin][jat, iat] * hij
                dG += 2 * hpij * shpoly * dstmp + 2 * hpij * stmp * dshpoly * vec
                dEdcn[iat] -= KCN[iat] * HSCALE * shpoly * pmat[spin][jat, iat] * stmp
                dEdcn[jat] -= KCN[jat] * HSCALE * shpoly * pmat[spin][jat, iat] * stmp
            gradient[iat] += dG
            gradient[jat] -= dG
        for spin in range(nspin_h0):
            dEdcn[iat] -= KCN[iat] * pmat[spin][iat, iat]
    for iat in range(NAT):
        for jat in range(iat):
            vec = xyz[iat] - xyz[jat]
            r = np.linalg.norm(vec)
            dcn = (dEdcn[iat] + dEdcn[jat]) * count(r, 1.3 * (RAD[iat] + RAD[jat]))[1] * vec / r
            gradient[iat] += dcn
            gradient[jat] -= dcn
    return gradient


def grad(params, X, Y):
    return {"xyz": sum(get_hamiltonian_gradient(params["xyz"], pmat, 2) for pmat in zip(X, Y)) / len(X)}


def repaired(params, X, Y):
    return {"xyz": sum(get_hamiltonian_gradient(params["xyz"], pmat, 1) for pmat in zip(X, Y)) / len(X)}
