"""The attraction's derivative in a van der Waals term takes another radius than the energy does."""

import numpy as np

SOURCE = "https://github.com/openbabel/openbabel/commit/3e89d25f1"
THREAD = "openbabel/openbabel 3e89d25f1"
DATE = "2008-03"
KIND = "gradient"
FORMULA = r"dE / dr = -\frac{12}{k_a} (r / k_a)^{-13} + \frac{6}{k_b} (r / k_a)^{-7}"
RIGHT = (
    r"dE / dr = -\frac{12}{k_a} (r / k_a)^{-13} + \frac{6}{k_a} (r / k_a)^{-7},\; "
    r"E = (r / k_a)^{-12} - (r / k_a)^{-6}"
)
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = []
NET = None  # forces between atoms
BLOCKS = ["coordinates[1]"]
SAMPLES = 4
LAM = 0.0
KCAL_TO_KJ = 4.1868
CORNERS = np.array([[0.0, 0, 0], [3, 0, 0], [0, 3, 0], [0, 0, 3]])


def start(rng):
    return CORNERS + 0.3 * rng.standard_normal((SAMPLES, 3))


def data(rng):
    """The atoms' radii, and how deep their wells are."""
    return rng.uniform(1.3, 1.8, (SAMPLES, 1)), rng.uniform(0.02, 0.06, SAMPLES)


class VDWCalculationGhemical:
    def __init__(self, a, b, Ra, Rb, ka, kb):
        self.a, self.b = a, b
        kab = KCAL_TO_KJ * np.sqrt(ka * kb)
        self.ka = (Ra + Rb) * (1.0 * kab) ** (1.0 / 12.0)
        self.kb = (Ra + Rb) * (2.0 * kab) ** (1.0 / 6.0)

    def distance_derivative(self, coordinates):
        vab = coordinates[self.a] - coordinates[self.b]
        rab = np.sqrt(np.sum(vab**2))
        self.force_a, self.force_b = -vab / rab, vab / rab
        return rab

    def compute(self, coordinates, right):
        rab = self.distance_derivative(coordinates)
        term = rab / self.ka
        term6 = term * term * term
        term6 = term6 * term6
        term12 = term6 * term6
        self.energy = (1.0 / term12) - (1.0 / term6)
        term13 = term * term12
        term7 = term * term6
        if right:
            dE = -(12.0 / self.ka) * (1.0 / term13) + (6.0 / self.ka) * (1.0 / term7)
        else:
            dE = -(12.0 / self.ka) * (1.0 / term13) + (6.0 / self.kb) * (1.0 / term7)
        self.force_a = self.force_a * dE
        self.force_b = self.force_b * dE


def E_VDW(coordinates, X, Y, right):
    energy, forces = 0.0, np.zeros_like(coordinates)
    for a in range(len(coordinates)):
        for b in range(a):
            calc = VDWCalculationGhemical(a, b, X[a, 0], X[b, 0], Y[a], Y[b])
            calc.compute(coordinates, right)
            energy += calc.energy
            forces[a] += calc.force_a
            forces[b] += calc.force_b
    return energy, forces


def cost(coordinates, X, Y):
    return E_VDW(coordinates, X, Y, True)[0]


def grad(coordinates, X, Y):
    return -E_VDW(coordinates, X, Y, False)[1]


def repaired(coordinates, X, Y):
    return -E_VDW(coordinates, X, Y, True)[1]
