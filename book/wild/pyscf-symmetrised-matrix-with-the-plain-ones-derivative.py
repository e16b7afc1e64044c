"""The matrix of a solvent's charges is made symmetric in the energy, and derived as if it were not."""

import numpy as np
from scipy.special import erf

SOURCE = "https://github.com/pyscf/pyscf/commit/b7d3ff6c1e948ccdea5b667f2ba75ce4ed715f7c"
THREAD = "pyscf/pyscf b7d3ff6c1"
DATE = "2025-01"
KIND = "gradient"
GROUP = "down"
FORMULA = r"\partial K = \partial S - \frac{f}{2 \pi} \partial (D A S)"
RIGHT = (
    r"\partial K = \partial S - \frac{f}{4 \pi} \bigl(\partial (D A S) + \partial (D A S)^\top\bigr),\;"
    r" E = \tfrac12 v^\top K^{-1} R v"
)
READ = "code"
LAYER = [1]
NAMES = []
NET = None  # atoms in a solvent, SS(V)PE
BLOCKS = ["coords[1]"]
SAMPLES = 3
LAM = 0.0
NATM = 3
PLACES = np.array([[0.0, 0.0, 0.0], [2.4, 0.1, 0.2], [-0.2, 2.3, 0.3]])
NORMS = np.array([[1.0, 1, 1], [1, -1, -1], [-1, 1, -1], [-1, -1, 1]]) / np.sqrt(3)  # on each sphere
R_VDW, CHARGE_EXP, EPS = 1.5, 1.1, 4.0
AREA = np.pi * R_VDW**2
ATOM = np.repeat(np.arange(NATM), len(NORMS))
NORM_VEC = np.tile(NORMS, (NATM, 1))
F_EPS = (EPS - 1) / (EPS + 1)


def start(rng):
    return {"coords": PLACES + 0.1 * rng.standard_normal((NATM, 3))}


def data(rng):
    """The solute's charges at the atoms."""
    return rng.uniform(-1, 1, (SAMPLES, NATM)), np.zeros((SAMPLES, 1))


def grid(coords):
    return coords[ATOM] + R_VDW * NORM_VEC


def get_D_S(coords):
    """Both matrices of the surface, with their derivatives by the first place, which are minus those by the second."""
    points = grid(coords)
    drij = points[:, None] - points[None]
    rij = np.sqrt(np.sum(drij**2, axis=2))
    np.fill_diagonal(rij, 1.0)
    xi = CHARGE_EXP / np.sqrt(2)
    gauss = 2 * xi / np.sqrt(np.pi) * np.exp(-((xi * rij) ** 2))
    nrij = np.sum(drij * NORM_VEC, axis=2)
    S = erf(xi * rij) / rij
    g = erf(xi * rij) / rij**3 - gauss / rij**2
    dg = 3 * gauss / rij**3 + 2 * xi**2 * gauss / rij - 3 * erf(xi * rij) / rij**4
    D = g * nrij
    dS = ((gauss / rij - erf(xi * rij) / rij**2) / rij)[..., None] * drij
    dD = g[..., None] * NORM_VEC + (nrij * dg / rij)[..., None] * drij
    np.fill_diagonal(S, CHARGE_EXP * np.sqrt(2 / np.pi))
    np.fill_diagonal(D, -CHARGE_EXP * np.sqrt(2 / np.pi) / (2 * R_VDW))
    same = ATOM[:, None] == ATOM[None]  # these move together
    dS[same] = dD[same] = 0.0
    return D, S, dD.transpose(2, 0, 1), dS.transpose(2, 0, 1)


def build(coords):
    D, S, dD, dS = get_D_S(coords)
    DA = D * AREA
    DAS = DA @ S
    K = S - F_EPS / (4 * np.pi) * (DAS + DAS.T)
    R = -F_EPS * (np.eye(len(K)) - DA / (2 * np.pi))
    return K, R, D, S, dD, dS


def potentials(coords, charges):
    drij = grid(coords)[:, None] - coords[None]
    rij = np.sqrt(np.sum(drij**2, axis=2))
    return (charges / rij).sum(axis=1), -(charges / rij**3)[..., None] * drij


def cost(params, X, Y):
    K, R = build(params["coords"])[:2]
    v_grids = [potentials(params["coords"], charges)[0] for charges in X]
    return sum(0.5 * v @ np.linalg.solve(K, R @ v) for v in v_grids) / len(X)


def by_atom(left, dM, right):
    """Derivatives of left M right by the atoms, half of them."""
    one = 0.5 * np.einsum("i,xij,j->ix", left, dM, right) - 0.5 * np.einsum("i,xij,j->jx", left, dM, right)
    return np.array([one[ATOM == a].sum(axis=0) for a in range(NATM)])


def grad_qv(coords, charges, K, R, v):
    q_sym = 0.5 * (np.linalg.solve(K, R @ v) + R.T @ np.linalg.solve(K.T, v))
    force = q_sym[:, None, None] * potentials(coords, charges)[1]
    de = -force.sum(axis=0)
    for a in range(NATM):
        de[a] += force[ATOM == a].sum(axis=(0, 1))
    return de


def grad_solver(K, R, D, S, dD, dS, v, method):
    """By v^T K^-1 (dR - dK q)."""
    q = np.linalg.solve(K, R @ v)
    vK_1 = np.linalg.solve(K.T, v)
    fac = F_EPS / (2 * np.pi)
    vK_1_DA = vK_1 @ D * AREA
    de_dR = fac * by_atom(vK_1, dD, AREA * v)
    de_dS0 = by_atom(vK_1, dS, q)
    de_DAS = by_atom(vK_1, dD, AREA * (S @ q)) + by_atom(vK_1_DA, dS, q)
    if method == "IEF-PCM":
        return de_dR - (de_dS0 - fac * de_DAS)
    ADT_q = AREA * (D.T @ q)
    de_turned = by_atom(vK_1, dS, ADT_q) + by_atom(q, dD, AREA * (vK_1 @ S))
    return de_dR - (de_dS0 - 0.5 * fac * (de_DAS + de_turned))


def gradient(params, X, method):
    de, (K, R, D, S, dD, dS) = np.zeros((NATM, 3)), build(params["coords"])
    for charges in X:
        v = potentials(params["coords"], charges)[0]
        de += grad_qv(params["coords"], charges, K, R, v) + grad_solver(K, R, D, S, dD, dS, v, method)
    return {"coords": de / len(X)}


def grad(params, X, Y):
    return gradient(params, X, "IEF-PCM")


def repaired(params, X, Y):
    return gradient(params, X, "SS(V)PE")
