"""The energy of a soft-core pair is multiplied by how far the pair is turned on, and its force is not."""

import numpy as np

SOURCE = "https://github.com/JuliaMolSim/Molly.jl/commit/093f4946"
THREAD = "JuliaMolSim/Molly.jl 093f4946"
DATE = "2026-07"
KIND = "gradient"
GROUP = "factor"
FORMULA = (
    r"F_i = \tfrac{\epsilon}{r_m} \tfrac{\alpha_s \beta_s}{\alpha_s - \beta_s} "
    r"(e^{\alpha_s (1 - r / r_m)} - e^{\beta_s (1 - r / r_m)})\, \tfrac{\mathbf r}{r}"
)
RIGHT = (
    r"F_i = \lambda \tfrac{\epsilon}{r_m} \tfrac{\alpha_s \beta_s}{\alpha_s - \beta_s} "
    r"(e^{\alpha_s (1 - r / r_m)} - e^{\beta_s (1 - r / r_m)})\, \tfrac{\mathbf r}{r},\; "
    r"\alpha_s = 1.1 + \lambda (\alpha - 1.1),\; \beta_s = 1 + \lambda (\beta - 1)"
)
READ = "code"
LAYER = [1]
NAMES = []
NET = None  # atoms in a force field
BLOCKS = ["coords[1]"]
SAMPLES = 6
LAM = 0.0
ALPHA, BETA = 12.159626, 4.326311


def start(rng):
    """Six atoms around the corners of a prism."""
    corners = [[0, 0, 0], [1.2, 0, 0], [0, 1.2, 0], [0, 0, 1.2], [1.2, 0, 1.2], [0, 1.2, 1.2]]
    return np.array(corners) + 0.12 * rng.standard_normal((SAMPLES, 3))


def data(rng):
    """Sizes, depths and lambdas of the atoms, two of which are not wholly there, and nothing to aim at."""
    lam = np.array([0.6, 1.0, 1.0, 0.4, 1.0, 1.0])
    return np.column_stack([rng.uniform(0.9, 1.1, SAMPLES), rng.uniform(0.5, 1.5, SAMPLES), lam]), np.zeros(
        (SAMPLES, 1)
    )


def mix(atom_i, atom_j):
    """lorentz for the size, geometric for the depth, minimum for lambda."""
    return ((atom_i[0] + atom_j[0]) / 2, np.sqrt(atom_i[1] * atom_j[1]), min(1.0, min(atom_i[2], atom_j[2])))


class DoubleExponentialSoftCore:
    """Without cutoff, shortcuts and weights of special pairs."""

    def __init__(self, alpha=ALPHA, beta=BETA):
        self.alpha, self.beta = alpha, beta

    def params(self, atom_i, atom_j):
        sigma, eps, lam = mix(atom_i, atom_j)
        rm = sigma * 2 ** (1 / 6)
        alpha_s = 1.1 + lam * (self.alpha - 1.1)
        beta_s = 1 + lam * (self.beta - 1)
        return lam, (alpha_s, beta_s, rm, eps)

    def potential_energy(self, dr, atom_i, atom_j):
        lam, params = self.params(atom_i, atom_j)
        r = np.sqrt(np.sum(dr**2))
        pe = self.pairwise_pe(r, *params)
        return lam * pe

    def pairwise_pe(self, r, a, b, rm, eps):
        return eps * ((b * np.exp(a) / (a - b)) * np.exp(-a * r / rm) - (a * np.exp(b) / (a - b)) * np.exp(-b * r / rm))

    def force(self, dr, atom_i, atom_j, right=False):
        lam, params = self.params(atom_i, atom_j)
        r = np.sqrt(np.sum(dr**2))
        f = self.pairwise_force(r, *params)
        fdr = (lam * f / r) * dr if right else (f / r) * dr
        return fdr

    def pairwise_force(self, r, a, b, rm, eps):
        return (
            eps
            * (
                a * (b * np.exp(a) / (a - b)) * np.exp(-a * r / rm)
                - b * (a * np.exp(b) / (a - b)) * np.exp(-b * r / rm)
            )
            / rm
        )


def cost(coords, X, Y):
    inter, pe = DoubleExponentialSoftCore(), 0
    for i in range(len(X)):
        for j in range(i + 1, len(X)):
            pe += inter.potential_energy(coords[j] - coords[i], X[i], X[j])
    return pe


def forces(coords, X, right):
    inter, fs = DoubleExponentialSoftCore(), np.zeros_like(coords)
    for i in range(len(X)):
        for j in range(i + 1, len(X)):
            f = inter.force(coords[j] - coords[i], X[i], X[j], right)
            fs[i] -= f
            fs[j] += f
    return fs


def grad(coords, X, Y):
    return -forces(coords, X, False)


def repaired(coords, X, Y):
    return -forces(coords, X, True)
