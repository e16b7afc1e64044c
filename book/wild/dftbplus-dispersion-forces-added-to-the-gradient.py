"""A dispersion module hands back forces, and they are added to the derivatives as if they were those."""

import numpy as np

SOURCE = "https://github.com/dftbplus/dftbplus/commit/ede50f371bc9f3f2a645ebccab0b39fb5b0e73a1"
THREAD = "dftbplus/dftbplus ede50f371"
DATE = "2019-01"
KIND = "gradient"
GROUP = "factor"
FORMULA = (
    r"\partial E / \partial r = \partial E_{rep} / \partial r + F_{disp},\; F_{disp} = -\partial E_{disp} / \partial r"
)
RIGHT = r"\partial E / \partial r = \partial E_{rep} / \partial r - F_{disp}"
READ = "reconstruction"  # a repulsion and a damped pairwise dispersion stand for the Hamiltonian and the many bodies
LAYER = [1]
NAMES = []
NET = None  # atoms in space
BLOCKS = ["coord[1]"]
SAMPLES = 5
LAM = 0.0
DAMPING, SCALING = 6.0, 0.94


def start(rng):
    """The atoms' places, near the corners of a lattice."""
    corners = np.array([[0, 0, 0], [1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, 1]], dtype=float)
    return 1.6 * corners + 0.2 * rng.standard_normal((SAMPLES, 3))


def data(rng):
    """A coefficient and a radius of each atom."""
    return np.c_[rng.uniform(2, 5, SAMPLES), rng.uniform(0.8, 1.1, SAMPLES)], np.zeros((SAMPLES, 1))


def pairs(coord):
    for i in range(len(coord)):
        for j in range(i):
            vec = coord[i] - coord[j]
            yield i, j, vec, np.sqrt(vec @ vec)


class MbDispersion:
    """Pairs of atoms with a Fermi damping."""

    def __init__(self, species):
        self.c6, self.radius = species[:, 0], species[:, 1]

    def coefficients(self, i, j):
        return np.sqrt(self.c6[i] * self.c6[j]), SCALING * (self.radius[i] + self.radius[j])

    def MBDgetEnergy(self, coord):
        energy = 0.0
        for i, j, _, r in pairs(coord):
            c6, r0 = self.coefficients(i, j)
            energy = energy - c6 / r**6 / (1 + np.exp(-DAMPING * (r / r0 - 1)))
        return energy

    def MBDgetGradients(self, coord):
        """In spite of the name, the forces."""
        forces = np.zeros_like(coord)
        for i, j, vec, r in pairs(coord):
            c6, r0 = self.coefficients(i, j)
            ex = np.exp(-DAMPING * (r / r0 - 1))
            damp = 1 / (1 + ex)
            slope = c6 / r**6 * damp * (6 / r - DAMPING / r0 * ex * damp)
            forces[i] -= slope * vec / r
            forces[j] += slope * vec / r
        return forces


def getERep(coord):
    return sum(8.0 * np.exp(-1.7 * r) for _, _, _, r in pairs(coord))


def getERepDeriv(coord):
    derivs = np.zeros_like(coord)
    for i, j, vec, r in pairs(coord):
        slope = -1.7 * 8.0 * np.exp(-1.7 * r)
        derivs[i] += slope * vec / r
        derivs[j] -= slope * vec / r
    return derivs


def getGradients(coord, mbDispersion):
    derivs = np.zeros_like(coord)

    tmpDerivs = mbDispersion.MBDgetGradients(coord)
    derivs = derivs + tmpDerivs

    tmpDerivs = getERepDeriv(coord)
    return derivs + tmpDerivs


def getGradientsLater(coord, mbDispersion):
    derivs = np.zeros_like(coord)

    tmpDerivs = mbDispersion.MBDgetGradients(coord)
    derivs = derivs - tmpDerivs

    tmpDerivs = getERepDeriv(coord)
    return derivs + tmpDerivs


def cost(coord, X, Y):
    return getERep(coord) + MbDispersion(X).MBDgetEnergy(coord)


def grad(coord, X, Y):
    return getGradients(coord, MbDispersion(X))


def repaired(coord, X, Y):
    return getGradientsLater(coord, MbDispersion(X))
