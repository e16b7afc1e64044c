"""The energy written for a rubber doubles a term, from whose derivative the stress has its two already."""

import numpy as np

SOURCE = "https://github.com/thelfer/MFrontGallery/issues/49"
THREAD = "thelfer/MFrontGallery #49, PR #50"
DATE = "2024-05"
KIND = "cost"
FORMULA = r"\psi = C_{10} (\bar I_1 - 3) + 2 C_{20} (\bar I_1 - 3)^2 + C_{01} (\bar I_2 - 3) + \tfrac12 K (J - 1)^2"
RIGHT = r"\psi = C_{10} (\bar I_1 - 3) + C_{20} (\bar I_1 - 3)^2 + C_{01} (\bar I_2 - 3) + \tfrac12 K (J - 1)^2"
READ = "discussion"
LAYER = [1]
NAMES = [{"another-cost"}]
NET = None  # a hyperelastic material; its stress is what the energy gives by the deformation
BLOCKS = ["F1[1]"]
SAMPLES = 3
LAM = 0.0
K, C10, C20, C01 = 5.0, 1.0, 0.8, 0.3


def start(rng):
    """Of each point, the gradient of its deformation."""
    return np.eye(3) + 0.25 * rng.standard_normal((SAMPLES, 3, 3))


def data(rng):
    return np.zeros((SAMPLES, 1)), np.zeros(SAMPLES)


class Signorini:
    def __init__(self, F1):
        self.F1 = F1

    def invariants(self):
        Id = np.eye(3)
        self.J = np.linalg.det(self.F1)
        C = self.F1.T @ self.F1
        C2 = C @ C
        self.I1 = np.trace(C)
        self.I2 = (self.I1 * self.I1 - np.trace(C2)) / 2
        self.dI2_dC = self.I1 * Id - C
        self.I3 = self.J * self.J
        self.dI3_dC = C2 - self.I1 * C + self.I2 * Id
        self.iJb = self.I3 ** (-1 / 3)
        self.I1b = self.I1 * self.iJb
        self.I2b = self.I2 * self.iJb * self.iJb
        return Id

    def integrator(self, c20_slope=2):
        """The second Piola-Kirchhoff stress."""
        Id = self.invariants()
        dPv_dJ = K * (self.J - 1)
        Sv = dPv_dJ / self.J * self.dI3_dC
        iJb2 = self.iJb**2
        iJb4 = iJb2**2
        diJb_dI3 = -iJb4 / 3
        diJb_dC = diJb_dI3 * self.dI3_dC
        dI1b_dC = self.iJb * Id + self.I1 * diJb_dC
        dI2b_dC = iJb2 * self.dI2_dC + 2 * self.I2 * self.iJb * diJb_dC
        dPi_dI1b = C10 + c20_slope * C20 * (self.I1b - 3)
        dPi_dI2b = C01
        Si = 2 * (dPi_dI1b * dI1b_dC + dPi_dI2b * dI2b_dC)
        return Sv + Si

    def internal_energy(self):
        self.invariants()
        return (
            C10 * (self.I1b - 3) + 2 * C20 * (self.I1b - 3) ** 2 + C01 * (self.I2b - 3) + 1 / 2 * K * (self.J - 1) ** 2
        )

    def internal_energy_later(self):
        self.invariants()
        return C10 * (self.I1b - 3) + C20 * (self.I1b - 3) ** 2 + C01 * (self.I2b - 3) + 1 / 2 * K * (self.J - 1) ** 2


def cost(F1, X, Y):
    return sum(Signorini(F).internal_energy() for F in F1)


def meant(F1, X, Y):
    return sum(Signorini(F).internal_energy_later() for F in F1)


def grad(F1, X, Y):
    """The first Piola-Kirchhoff stress, from the second."""
    return np.array([F @ Signorini(F).integrator() for F in F1])


def repaired(F1, X, Y):
    """The gradient of the energy as it was."""
    return np.array([F @ Signorini(F).integrator(c20_slope=4) for F in F1])
