"""The energy of a volumetric power law has -n - 1 for its exponent instead of -n + 1; its derivative has -n."""

import numpy as np

SOURCE = "https://github.com/4C-multiphysics/4C/pull/2147"
THREAD = "4C-multiphysics/4C PR #2147"
DATE = "2026-07"
KIND = "cost"
FORMULA = r"\Psi = \textstyle\sum_q w_q \bigl(\tfrac{a}{n - 1} J_q^{-n - 1} + a J_q\bigr)"
RIGHT = r"\Psi = \textstyle\sum_q w_q \bigl(\tfrac{a}{n - 1} J_q^{-n + 1} + a J_q\bigr)"
READ = "code"  # the function before, as find_string has it; what was meant from the comment in it and its derivative
LAYER = [1]
NAMES = [{"another-cost"}]
NET = None  # the strain energy of an element
BLOCKS = ["J[1]"]
SAMPLES = 6
LAM = 0.0
A, EXPON = 1.7, 4.0


def start(rng):
    """The determinant of the deformation at each Gauss point, the third of the modified invariants."""
    return rng.uniform(0.7, 1.5, SAMPLES)


def data(rng):
    """The Gauss points' weights, and nothing to aim at."""
    return rng.uniform(0.2, 0.8, (SAMPLES, 1)), np.zeros((SAMPLES, 1))


class VolPow:
    def __init__(self, a, expon):
        self.a_, self.expon_ = a, expon

    def AddStrainEnergy(self, psi, modinv):
        a = self.a_
        expon = self.expon_

        # strain energy: Psi = \frac{a}{expon-1} J^(-expon+1) + aJ
        # add to overall strain energy
        psi += a / (expon - 1.0) * modinv[2] ** (-expon - 1.0) + a * modinv[2]
        return psi

    def add_derivatives_modified(self, dPmodI, modinv):
        a = self.a_
        expon = self.expon_

        dPmodI[2] += -a * (modinv[2] ** -expon - 1.0)


class Mended(VolPow):
    def AddStrainEnergy(self, psi, modinv):
        a = self.a_
        expon = self.expon_
        psi += a / (expon - 1.0) * modinv[2] ** (-expon + 1.0) + a * modinv[2]
        return psi


class OfTheEnergy(VolPow):
    """The derivative that would belong to the energy as it was."""

    def add_derivatives_modified(self, dPmodI, modinv):
        a = self.a_
        expon = self.expon_
        dPmodI[2] += a / (expon - 1.0) * (-expon - 1.0) * modinv[2] ** (-expon - 2.0) + a


def strain_energy(summand, J, X):
    """The sum over the Gauss points; the first two invariants do not matter here."""
    energy = 0.0
    for gp in range(len(J)):
        energy += X[gp, 0] * summand.AddStrainEnergy(0.0, [3.0, 3.0, J[gp]])
    return energy


def derivatives(summand, J, X):
    out = np.zeros(len(J))
    for gp in range(len(J)):
        dPmodI = np.zeros(3)
        summand.add_derivatives_modified(dPmodI, [3.0, 3.0, J[gp]])
        out[gp] = X[gp, 0] * dPmodI[2]
    return out


def cost(params, X, Y):
    return strain_energy(VolPow(A, EXPON), params, X)


def meant(params, X, Y):
    return strain_energy(Mended(A, EXPON), params, X)


def grad(params, X, Y):
    return derivatives(VolPow(A, EXPON), params, X)


def repaired(params, X, Y):
    return derivatives(OfTheEnergy(A, EXPON), params, X)
