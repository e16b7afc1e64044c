"""The slope of a van der Waals energy by the distance is multiplied by the whole vector, not by its direction."""

import numpy as np

SOURCE = "https://github.com/OpenChemistry/avogadrolibs/commit/498fc83e2"
THREAD = "OpenChemistry/avogadrolibs 498fc83e2"
DATE = "2026-02"
KIND = "gradient"
GROUP = "down"
FORMULA = (
    r"\nabla_i E = \sum_j \frac{12 D_{ij} x_{ij}^6}{r^7} \Bigl( 1 - \frac{x_{ij}^6}{r^6} \Bigr) (r_i - r_j),\; "
    r"r = \lvert r_i - r_j \rvert"
)
RIGHT = r"\nabla_i E = \sum_j \frac{12 D_{ij} x_{ij}^6}{r^7} \Bigl( 1 - \frac{x_{ij}^6}{r^6} \Bigr) \frac{r_i - r_j}{r}"
READ = "code"
LAYER = [1]
NAMES = []
NET = None  # pairs of atoms
BLOCKS = ["x[1]"]
SAMPLES = 10
LAM = 0.0
ATOMS = 5
PAIRS = [(i, j) for i in range(ATOMS) for j in range(i + 1, ATOMS)]


def start(rng):
    """The coordinates, one after another."""
    sites = np.array([[0, 0, 0], [1.6, 0, 0], [0, 1.7, 0], [0, 0, 1.8], [1.5, 1.4, 1.6]])
    return np.ravel(sites + 0.1 * rng.standard_normal((ATOMS, 3)))


def data(rng):
    """Depth and distance of each pair's well."""
    return rng.uniform([0.3, 1.5], [0.9, 2.0], (SAMPLES, 2)), np.zeros((SAMPLES, 1))


class UFFVdW:
    def __init__(self, atom1, atom2, depth, x):
        self._atom1, self._atom2, self._depth = atom1, atom2, depth
        self._x6 = x * x * x * x * x * x


class UFFPrivate:
    right = False

    def __init__(self, X):
        self.m_vdws = [UFFVdW(i, j, depth, x) for (i, j), (depth, x) in zip(PAIRS, X)]

    def vdwEnergies(self, x):
        energy = 0.0
        for vdw in self.m_vdws:
            i = vdw._atom1
            j = vdw._atom2
            r = x[3 * i : 3 * i + 3] - x[3 * j : 3 * j + 3]
            r2 = np.sum(r * r)
            r6 = r2 * r2 * r2
            x6_r6 = vdw._x6 / r6
            energy = energy + vdw._depth * (x6_r6 * x6_r6 - 2.0 * x6_r6)
        return energy

    def vdwGradient(self, x, grad):
        # dE / dr for a Lennard-Jones potential
        # E = depth * (x^12 / r^12 - 2 * x^6 / r^6)
        for vdw in self.m_vdws:
            i = vdw._atom1
            j = vdw._atom2
            r = x[3 * i : 3 * i + 3] - x[3 * j : 3 * j + 3]
            r2 = np.sum(r * r)

            r6 = r2 * r2 * r2
            r7 = r6 * np.sqrt(r2)
            dE = 12 * vdw._depth * vdw._x6 / r7 * (1 - vdw._x6 / r6)

            if self.right:
                force = dE * (r / np.sqrt(r2))
            else:
                force = dE * r
            grad[3 * i : 3 * i + 3] += force
            grad[3 * j : 3 * j + 3] -= force


class UFFPrivateMended(UFFPrivate):
    right = True


def cost(x, X, Y):
    return UFFPrivate(X).vdwEnergies(x)


def grad(x, X, Y):
    g = np.zeros_like(x)
    UFFPrivate(X).vdwGradient(x, g)
    return g


def repaired(x, X, Y):
    g = np.zeros_like(x)
    UFFPrivateMended(X).vdwGradient(x, g)
    return g
