"""The forces of a torsion have the wrong sign, since the sine's two angles are exchanged."""

import numpy as np

SOURCE = "https://github.com/espressopp/espressopp/commit/8704b4bf"
THREAD = "espressopp/espressopp 8704b4bf"
DATE = "2014-10"
KIND = "gradient"
FORMULA = r"\partial U / \partial \phi = K n \sin(n \phi - \phi_0)"
RIGHT = r"\partial U / \partial \phi = K n \sin(\phi_0 - n \phi),\; U = K \bigl(1 + \cos(n \phi - \phi_0)\bigr)"
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = [{"sign"}]
NET = None  # a chain of four atoms
BLOCKS = ["positions[1]"]
SAMPLES = 1
LAM = 0.0
K, PHI0, MULTIPLICITY = 1.3, 0.4, 3


def start(rng):
    return np.array([[1.0, 0.2, 0], [0, 0, 0], [0, 0.1, 1.1], [-0.3, 1.0, 1.4]]) + 0.2 * rng.standard_normal((4, 3))


def data(rng):
    return np.zeros((SAMPLES, 1)), np.zeros((SAMPLES, 1))


def bonds(positions):
    r1, r2, r3, r4 = positions
    return r2 - r1, r3 - r2, r4 - r3


class DihedralHarmonicNCos:
    def d(self, i, j):
        return 1.0 if i == j else 0.0

    def prod(self, a, b):
        res = np.zeros(3)
        for i in range(3):
            for j in range(3):
                res[i] += (1.0 - self.d(i, j)) * a[j] * b[j]
        return res

    def _computeEnergyRaw(self, _phi):
        return K * (1 + np.cos(MULTIPLICITY * _phi - PHI0))

    def cosine(self, r21, r32, r43):
        rijjk, rjkkn = np.cross(r21, r32), np.cross(r32, r43)
        inv_rijjk, inv_rjkkn = 1.0 / np.sqrt(rijjk @ rijjk), 1.0 / np.sqrt(rjkkn @ rjkkn)
        return (rijjk @ rjkkn) * (inv_rijjk * inv_rjkkn), inv_rijjk, inv_rjkkn

    def coefficient(self, _phi):
        return (1.0 / np.sin(_phi)) * (K * MULTIPLICITY * np.sin(MULTIPLICITY * _phi - PHI0))

    def _computeForceRaw(self, r21, r32, r43):
        cos_phi, inv_rijjk, inv_rjkkn = self.cosine(r21, r32, r43)
        _phi = np.arccos(cos_phi)
        coef1 = self.coefficient(_phi)
        A1, A2, A3 = inv_rijjk * inv_rjkkn, inv_rijjk * inv_rijjk, inv_rjkkn * inv_rjkkn
        p3232, p3243, p2132 = self.prod(r32, r32), self.prod(r32, r43), self.prod(r21, r32)
        p2143, p2121, p4343 = self.prod(r21, r43), self.prod(r21, r21), self.prod(r43, r43)
        d = self.d
        retF = np.zeros((4, 3))
        for l in range(4):
            B1, B2, B3 = np.zeros(3), np.zeros(3), np.zeros(3)
            for i in range(3):
                B1[i] = (
                    r21[i] * (p3232[i] * (d(l, 2) - d(l, 3)) + p3243[i] * (d(l, 2) - d(l, 1)))
                    + r32[i] * (p2132[i] * (d(l, 3) - d(l, 2)) + p3243[i] * (d(l, 1) - d(l, 0)))
                    + r43[i] * (p2132[i] * (d(l, 2) - d(l, 1)) + p3232[i] * (d(l, 0) - d(l, 1)))
                    + 2.0 * r32[i] * p2143[i] * (d(l, 1) - d(l, 2))
                )
                B2[i] = 2.0 * r21[i] * (p3232[i] * (d(l, 1) - d(l, 0)) + p2132[i] * (d(l, 1) - d(l, 2))) + 2.0 * r32[
                    i
                ] * (p2121[i] * (d(l, 2) - d(l, 1)) + p2132[i] * (d(l, 0) - d(l, 1)))
                B3[i] = 2.0 * r43[i] * (p3232[i] * (d(l, 3) - d(l, 2)) + p3243[i] * (d(l, 1) - d(l, 2))) + 2.0 * r32[
                    i
                ] * (p4343[i] * (d(l, 2) - d(l, 1)) + p3243[i] * (d(l, 2) - d(l, 3)))
            retF[l] = coef1 * (A1 * B1 - 0.5 * cos_phi * (A2 * B2 + A3 * B3))
        return retF


class DihedralHarmonicNCosLater(DihedralHarmonicNCos):
    def coefficient(self, _phi):
        return (1.0 / np.sin(_phi)) * (K * MULTIPLICITY * np.sin(PHI0 - MULTIPLICITY * _phi))


def cost(positions, X, Y):
    potential = DihedralHarmonicNCos()
    return potential._computeEnergyRaw(np.arccos(potential.cosine(*bonds(positions))[0]))


def grad(positions, X, Y):
    """Against the forces."""
    return -DihedralHarmonicNCos()._computeForceRaw(*bonds(positions))


def repaired(positions, X, Y):
    return -DihedralHarmonicNCosLater()._computeForceRaw(*bonds(positions))
