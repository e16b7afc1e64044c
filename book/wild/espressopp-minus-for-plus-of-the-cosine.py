"""The energy of a chain's angle is least where its three atoms fold, and its force lets them stretch."""

import numpy as np

SOURCE = "https://github.com/espressopp/espressopp/commit/b592ed47"
THREAD = "espressopp/espressopp PR #91, b592ed47"
DATE = "2016-09"
KIND = "cost"
FORMULA = r"E = \textstyle\sum K (1 - \cos(\theta - \theta_0)),\; \theta_0 = 0"
RIGHT = (
    r"E = \textstyle\sum K (1 + \cos(\theta - \theta_0)),\; "
    r"\cos \theta = r_{12} \cdot r_{32} / (\lVert r_{12} \rVert \lVert r_{32} \rVert)"
)
READ = "code"
LAYER = [1]
NAMES = [{"sign"}, {"another-cost"}]
NET = None  # the angles of a chain; theta0 is 0, since the force ignored it, which the same commit mends too
BLOCKS = ["position[1]"]
SAMPLES = 5
LAM = 0.0
K = 1.7


def start(rng):
    return np.cumsum(rng.standard_normal((SAMPLES + 2, 3)), axis=0)


def data(rng):
    """The list of triples, and nothing to aim at."""
    first = np.arange(SAMPLES)
    return np.column_stack([first, first + 1, first + 2]), np.zeros((SAMPLES, 1))


class Cosine:
    def __init__(self, K, theta0=0.0):
        self.K, self.theta0 = K, theta0

    def _computeEnergyRaw(self, _theta):
        # _theta and theta0 should be in radians
        energy = self.K * (1.0 - np.cos(_theta - self.theta0))
        return energy

    def computeEnergy(self, dist12, dist32):
        dist12_sqr = dist12 @ dist12
        dist32_sqr = dist32 @ dist32
        cos_theta = dist12 @ dist32 / (np.sqrt(dist12_sqr) * np.sqrt(dist32_sqr))
        return self._computeEnergyRaw(np.arccos(cos_theta))

    # theta0 is ignored at the moment (TODO)
    def _computeForceRaw(self, dist12, dist32):
        dist12_sqr = dist12 @ dist12
        dist32_sqr = dist32 @ dist32
        dist12_magn = np.sqrt(dist12_sqr)
        dist32_magn = np.sqrt(dist32_sqr)

        cos_theta = dist12 @ dist32 / (dist12_magn * dist32_magn)
        if cos_theta < -1.0:
            cos_theta = -1.0
        if cos_theta > 1.0:
            cos_theta = 1.0

        a11 = self.K * cos_theta / dist12_sqr
        a12 = -self.K / (dist12_magn * dist32_magn)
        a22 = self.K * cos_theta / dist32_sqr

        force12 = a11 * dist12 + a12 * dist32
        force32 = a22 * dist32 + a12 * dist12
        return force12, force32


class CosineLater(Cosine):
    """As mended."""

    def _computeEnergyRaw(self, _theta):
        energy = self.K * (1.0 + np.cos(_theta - self.theta0))
        return energy


class FixedTripleListInteraction:
    def __init__(self, position, fixedtripleList, potential):
        self.position, self.fixedtripleList, self.potential = (position, fixedtripleList, potential)

    def computeEnergy(self):
        e = 0.0
        for p1, p2, p3 in self.fixedtripleList:
            dist12 = self.position[p1] - self.position[p2]
            dist32 = self.position[p3] - self.position[p2]
            e = e + self.potential.computeEnergy(dist12, dist32)
        return e

    def addForces(self):
        force = np.zeros_like(self.position)
        for p1, p2, p3 in self.fixedtripleList:
            dist12 = self.position[p1] - self.position[p2]
            dist32 = self.position[p3] - self.position[p2]
            force12, force32 = self.potential._computeForceRaw(dist12, dist32)
            force[p1] += force12
            force[p2] -= force12 + force32
            force[p3] += force32
        return force


def cost(position, X, Y):
    return FixedTripleListInteraction(position, X, Cosine(K)).computeEnergy()


def meant(position, X, Y):
    return FixedTripleListInteraction(position, X, CosineLater(K)).computeEnergy()


def grad(position, X, Y):
    """The forces turned round."""
    return -FixedTripleListInteraction(position, X, Cosine(K)).addForces()


def repaired(position, X, Y):
    """The gradient of the energy as it was."""
    return FixedTripleListInteraction(position, X, Cosine(K)).addForces()
