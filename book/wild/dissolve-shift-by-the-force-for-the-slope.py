"""A pair potential is shifted by the force at the cutoff as if it were the slope, while the force is right."""

import numpy as np

SOURCE = "https://github.com/disorderedmaterials/dissolve/commit/ba46714f0"
THREAD = "disorderedmaterials/dissolve ba46714f0"
DATE = "2024-04"
KIND = "cost"
FORMULA = (
    r"u(r) = 4 \epsilon \bigl((\sigma / r)^{12} - (\sigma / r)^6\bigr) - (r - r_c)\, F(r_c) - u_{LJ}(r_c),\; "
    r"F = - \mathrm{d} u_{LJ} / \mathrm{d} r"
)
RIGHT = (
    r"u(r) = 4 \epsilon \bigl((\sigma / r)^{12} - (\sigma / r)^6\bigr) + (r - r_c)\, F(r_c) - u_{LJ}(r_c),\; "
    r"F = - \mathrm{d} u_{LJ} / \mathrm{d} r"
)
READ = "code"
LAYER = [1]
NAMES = [{"another-cost"}]
NET = None  # the energy of atoms that attract and repel each other
BLOCKS = ["r[1]"]
SAMPLES = 6
LAM = 0.0
EPSILON, SIGMA, RANGE = 0.9, 1.1, 3.0


def start(rng):
    grid = np.array([[i, j, k] for i in range(2) for j in range(3) for k in range(1)], dtype=float)
    return 1.2 * grid + rng.uniform(-0.1, 0.1, grid.shape)


def data(rng):
    return np.zeros((SAMPLES, 1)), np.zeros((SAMPLES, 1))


class PairPotential:
    def __init__(self, params, maxR):
        self.params = params
        self.range_ = maxR
        self.shortRangeEnergyAtCutoff_ = self.analyticShortRangeEnergy(maxR, "none")
        self.shortRangeForceAtCutoff_ = self.analyticShortRangeForce(maxR, "none")

    def analyticShortRangeEnergy(self, r, truncation):
        sigmar = self.params[1] / r
        sigmar6 = sigmar**6.0
        sigmar12 = sigmar6 * sigmar6
        energy = 4.0 * self.params[0] * (sigmar12 - sigmar6)
        if truncation == "shifted":
            energy += -(r - self.range_) * self.shortRangeForceAtCutoff_ - self.shortRangeEnergyAtCutoff_
        elif truncation == "shifted later":
            energy += (r - self.range_) * self.shortRangeForceAtCutoff_ - self.shortRangeEnergyAtCutoff_
        return energy

    def analyticShortRangeForce(self, r, truncation):
        sigmar = self.params[1] / r
        sigmar6 = sigmar**6.0
        force = -48.0 * self.params[0] * sigmar6 * (-sigmar6 + 0.5) / r
        if truncation == "shifted":
            force -= self.shortRangeForceAtCutoff_
        elif truncation == "of the energy":
            force += self.shortRangeForceAtCutoff_
        return force


def pairs(r):
    for i in range(len(r)):
        for j in range(i + 1, len(r)):
            vij = r[j] - r[i]
            yield i, j, vij, np.sqrt(np.sum(vij**2))


def energy(r, truncation):
    pot = PairPotential((EPSILON, SIGMA), RANGE)
    return sum(pot.analyticShortRangeEnergy(rij, truncation) for _, _, _, rij in pairs(r) if rij.real <= RANGE)


def cost(r, X, Y):
    return energy(r, "shifted")


def meant(r, X, Y):
    return energy(r, "shifted later")


def minus_forces(r, truncation):
    pot = PairPotential((EPSILON, SIGMA), RANGE)
    f = np.zeros_like(r)
    for i, j, vij, rij in pairs(r):
        if rij.real > RANGE:
            continue
        fij = pot.analyticShortRangeForce(rij, truncation) * vij / rij
        f[i] -= fij
        f[j] += fij
    return -f


def grad(r, X, Y):
    return minus_forces(r, "shifted")


def repaired(r, X, Y):
    return minus_forces(r, "of the energy")
