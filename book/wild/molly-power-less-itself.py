"""The energy of a pair of atoms subtracts one of its two powers from itself, so that only bonds count."""

import numpy as np

SOURCE = "https://github.com/JuliaMolSim/Molly.jl/commit/20e140972a3831b956c1c8368f6008583a9969c0"
THREAD = "JuliaMolSim/Molly.jl 20e14097"
DATE = "2022-05"
KIND = "cost"
FORMULA = (
    r"E = \textstyle\sum_{i < j} c_{mn} \epsilon\, \bigl((\sigma / r)^m - (\sigma / r)^m\bigr) "
    r"+ \sum_{\text{bonds}} \tfrac{k}2 (r - b_0)^2"
)
RIGHT = (
    r"E = \textstyle\sum_{i < j} c_{mn} \epsilon\, \bigl((\sigma / r)^n - (\sigma / r)^m\bigr) "
    r"+ \sum_{\text{bonds}} \tfrac{k}2 (r - b_0)^2"
)
READ = "code"
LAYER = [1]
NAMES = [{"another-cost"}]
NET = None  # atoms with the potential of Mie and bonds, in a box without walls
BLOCKS = ["coords[1]"]
SAMPLES = 5
LAM = 0.0


def start(rng):
    """The places of the atoms, on a chain that is bent."""
    t = np.arange(SAMPLES)
    return np.column_stack([1.1 * t, 0.6 * (t % 2), 0.4 * (t // 2 % 2)]) + 0.1 * rng.standard_normal((SAMPLES, 3))


def data(rng):
    """The sigma and the epsilon of each atom."""
    return np.column_stack([rng.uniform(0.8, 1.1, SAMPLES), rng.uniform(0.5, 1.5, SAMPLES)]), np.zeros((SAMPLES, 1))


class Mie:
    def __init__(self, m, n, lorentz_mixing=True):
        self.m, self.n, self.lorentz_mixing = m, n, lorentz_mixing
        self.mn_fac = (n / (n - m)) * (n / m) ** (m / (n - m))

    def params(self, r, atom_i, atom_j):
        sigma = (atom_i[0] + atom_j[0]) / 2 if self.lorentz_mixing else np.sqrt(atom_i[0] * atom_j[0])
        epsilon = np.sqrt(atom_i[1] * atom_j[1])
        const_mn = self.mn_fac * epsilon
        sigma_r = sigma / r
        return self.m, self.n, sigma_r, const_mn

    def force(self, dr, atom_i, atom_j):
        r2 = np.sum(dr**2)
        r = np.sqrt(r2)
        m, n, sigma_r, const_mn = self.params(r, atom_i, atom_j)
        f = -const_mn / r2 * (m * sigma_r**m - n * sigma_r**n)
        return f * dr

    def potential_energy(self, dr, atom_i, atom_j, right):
        r2 = np.sum(dr**2)
        r = np.sqrt(r2)
        m, n, sigma_r, const_mn = self.params(r, atom_i, atom_j)
        if right:
            return const_mn * (sigma_r**n - sigma_r**m)
        return const_mn * (sigma_r**m - sigma_r**m)


class HarmonicBond:
    def __init__(self, b0, kb):
        self.b0, self.kb = b0, kb

    def force(self, ab):
        c = self.kb * (np.sqrt(np.sum(ab**2)) - self.b0)
        f = c * ab / np.sqrt(np.sum(ab**2))
        return f, -f

    def potential_energy(self, dr):
        r = np.sqrt(np.sum(dr**2))
        return (self.kb / 2) * (r - self.b0) ** 2


PAIRWISE = Mie(m=6, n=12)
BONDS = [(i, i + 1, HarmonicBond(b0=1.2, kb=4.0 + i)) for i in range(SAMPLES - 1)]


def potential_energy(coords, atoms, right=False):
    energy = 0.0
    for i in range(len(coords)):
        for j in range(i + 1, len(coords)):
            energy += PAIRWISE.potential_energy(coords[j] - coords[i], atoms[i], atoms[j], right)
    for i, j, bond in BONDS:
        energy += bond.potential_energy(coords[j] - coords[i])
    return energy


def forces(coords, atoms, pairs=True):
    fs = np.zeros_like(coords)
    if pairs:
        for i in range(len(coords)):
            for j in range(i + 1, len(coords)):
                fdr = PAIRWISE.force(coords[j] - coords[i], atoms[i], atoms[j])
                fs[i] -= fdr
                fs[j] += fdr
    for i, j, bond in BONDS:
        f_i, f_j = bond.force(coords[j] - coords[i])
        fs[i] += f_i
        fs[j] += f_j
    return fs


def cost(coords, X, Y):
    return potential_energy(coords, X)


def meant(coords, X, Y):
    return potential_energy(coords, X, right=True)


def grad(coords, X, Y):
    """The forces turned round."""
    return -forces(coords, X)


def repaired(coords, X, Y):
    """The gradient of the energy as it was."""
    return -forces(coords, X, pairs=False)
