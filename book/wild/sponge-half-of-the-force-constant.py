"""Improper dihedrals are read without the ½ of the other program's energy, so that energy and forces are doubled."""

import numpy as np

SOURCE = "https://github.com/SPONGEMM/SPONGE/pull/41"
THREAD = "SPONGEMM/SPONGE PR #41"
DATE = "2026-07"
KIND = "cost"
FORMULA = r"E = \textstyle\sum_i k_i (\varphi_i - \varphi_{0,i})^2"
RIGHT = r"E = \tfrac12 \textstyle\sum_i k_i (\varphi_i - \varphi_{0,i})^2"
READ = "code"
LAYER = [1]
NAMES = [{"factor", "another-cost"}]
NET = None  # the angles between the planes of four atoms
BLOCKS = ["crd[1]"]
SAMPLES = 3
LAM = 0.0
CONSTANT_Pi = np.pi


def start(rng):
    """Where the atoms are, along a zigzag; each four that follow each other are an improper dihedral."""
    n = SAMPLES + 3
    zigzag = np.column_stack([1.2 * np.arange(n), 0.8 * (np.arange(n) % 2), 0.4 * (np.arange(n) // 2 % 2)])
    return zigzag + 0.25 * rng.standard_normal((n, 3))


def data(rng):
    """The angle in degrees and the constant in kJ/mol of each, and nothing to aim at."""
    return np.column_stack([rng.uniform(-60, 60, SAMPLES), rng.uniform(2, 9, SAMPLES)]), np.zeros((SAMPLES, 1))


def Gromacs_To_Kcal(value_in_kj):
    return value_in_kj / 4.184


def Gromacs_To_Radian(value_in_degree):
    return value_in_degree * np.pi / 180.0


def load(X, right):
    """What is read from a topology of GROMACS, whose energy is half the constant times the square."""
    impropers = {"atoms": [], "pk": [], "gamc": []}

    def append_improper(atoms, phase_deg, k_kj):
        impropers["atoms"].append(atoms)
        impropers["pk"].append(Gromacs_To_Kcal(k_kj) / 2.0 if right else Gromacs_To_Kcal(k_kj))
        impropers["gamc"].append(Gromacs_To_Radian(phase_deg))

    for i, parameters in enumerate(X):
        append_improper((i, i + 1, i + 2, i + 3), parameters[0], parameters[1])
    return impropers


def cross(a, b):
    return np.array([a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]])


def rnorm(r):
    return 1 / np.sqrt(r @ r)


def Dihedral_Force_With_Atom_Energy(crd, impropers):
    """Without a periodic box."""
    frc = np.zeros_like(crd)
    ene = 0.0
    for (atom_i, atom_j, atom_k, atom_l), temp_pk, temp_phi0 in zip(
        impropers["atoms"], impropers["pk"], impropers["gamc"], strict=True
    ):
        drij = crd[atom_i] - crd[atom_j]
        drkj = crd[atom_k] - crd[atom_j]
        drkl = crd[atom_k] - crd[atom_l]

        r1 = cross(drij, drkj)
        r2 = cross(drkl, drkj)

        r1_1 = rnorm(r1)
        r2_1 = rnorm(r2)
        r1_2 = r1_1 * r1_1
        r2_2 = r2_1 * r2_1
        r1_1_r2_1 = r1_1 * r2_1
        # PHI, pay attention to the var NAME
        phi = r1 @ r2 * r1_1_r2_1
        phi = phi if abs(phi.real) < 0.999999 else np.sign(phi.real) * 0.999999
        phi = np.arccos(phi)

        sign = cross(r2, r1) @ drkj
        phi = phi if sign.real > 0 else -phi

        phi = CONSTANT_Pi - phi

        delta_phi = phi - temp_phi0
        if delta_phi.real > CONSTANT_Pi:
            delta_phi -= 2.0 * CONSTANT_Pi
        elif delta_phi.real < -CONSTANT_Pi:
            delta_phi += 2.0 * CONSTANT_Pi
        sin_phi = np.sin(phi)
        cos_phi = np.cos(phi)

        dE_dphi = -2.0 * temp_pk * delta_phi / sin_phi

        dphi_dr1 = r1_1_r2_1 * r2 + cos_phi * r1_2 * r1
        dphi_dr2 = r1_1_r2_1 * r1 + cos_phi * r2_2 * r2

        dE_dri = cross(dE_dphi * drkj, dphi_dr1)
        dE_drl = cross(dE_dphi * dphi_dr2, drkj)
        dE_drj_part = dE_dphi * (cross(drij, dphi_dr1) + cross(drkl, dphi_dr2))

        frc[atom_i] += dE_dri
        frc[atom_j] += dE_drj_part - dE_dri
        frc[atom_k] += -dE_drl - dE_drj_part
        frc[atom_l] += dE_drl
        ene += temp_pk * delta_phi * delta_phi
    return ene, frc


def cost(params, X, Y):
    return Dihedral_Force_With_Atom_Energy(params, load(X, right=False))[0]


def meant(params, X, Y):
    return Dihedral_Force_With_Atom_Energy(params, load(X, right=True))[0]


def grad(params, X, Y):
    """The forces turned round."""
    return -Dihedral_Force_With_Atom_Energy(params, load(X, right=False))[1]


repaired = grad
