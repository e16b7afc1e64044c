"""The energy of the walls of a box lacks the one half that belongs to their force."""

import numpy as np

SOURCE = "https://github.com/readdy/readdy/commit/fe50669d9843f01c42811fb4b74417bf35a7689d"
THREAD = "readdy/readdy fe50669d"
DATE = "2016-09"
KIND = "cost"
FORMULA = (
    r"E = \textstyle\sum_n \sum_d k\, v_{n d}^2,\; "
    r"v = x - r - x_\text{min} \text{ below the box},\; x + r - x_\text{max} \text{ above it}"
)
RIGHT = r"E = \textstyle\sum_n \sum_d \tfrac12 k\, v_{n d}^2"
READ = "code"
LAYER = [1]
NAMES = [{"two-missing"}, {"factor"}, {"another-cost"}]
NET = None  # particles at the walls of a box
BLOCKS = ["positions[1]"]
SAMPLES = 5
LAM = 0.0
ORIGIN, EXTENT = np.array([-1.0, -1.5, -0.5]), np.array([2.0, 3.0, 1.5])


def start(rng):
    """Two particles below the box in some directions, two above and one inside."""
    sides = np.array([[-1, 0, 0], [1, -1, 0], [0, 1, 1], [-1, 1, -1], [0, 0, 0]])
    return ORIGIN + EXTENT / 2 + sides * EXTENT * 0.7 + rng.uniform(-0.1, 0.1, (SAMPLES, 3))


def data(rng):
    """The radius of each particle."""
    return rng.uniform(0.1, 0.3, (SAMPLES, 1)), np.zeros((SAMPLES, 1))


class CubePotential:
    forceConstant = 1.7
    considerParticleRadius = True

    def __init__(self, particleRadius, right=False, forceOfEnergy=False):
        self.particleRadius = particleRadius
        self.min = ORIGIN
        self.max = ORIGIN + EXTENT
        self.right, self.forceOfEnergy = right, forceOfEnergy

    def calculateEnergy(self, position):
        r = self.particleRadius
        if not self.considerParticleRadius:
            r = 0

        energy = 0
        forceConstant = 0.5 * self.forceConstant if self.right else self.forceConstant

        for i in range(3):
            if position[i].real - r < self.min[i] or position[i].real + r > self.max[i]:
                if position[i].real - r < self.min[i]:
                    energy += forceConstant * (position[i] - r - self.min[i]) * (position[i] - r - self.min[i])
                else:
                    energy += forceConstant * (position[i] + r - self.max[i]) * (position[i] + r - self.max[i])

        return energy

    def calculateForce(self, force, position):
        r = self.particleRadius
        if not self.considerParticleRadius:
            r = 0

        forceConstant = 2 * self.forceConstant if self.forceOfEnergy else self.forceConstant

        for i in range(3):
            if position[i] - r < self.min[i] or position[i] + r > self.max[i]:
                if position[i] - r < self.min[i]:
                    force[i] += -1 * forceConstant * (position[i] - r - self.min[i])
                else:
                    force[i] += -1 * forceConstant * (position[i] + r - self.max[i])


def energy(positions, X, right):
    return sum(CubePotential(radius, right).calculateEnergy(x) for x, radius in zip(positions, X[:, 0]))


def cost(positions, X, Y):
    return energy(positions, X, False)


def meant(positions, X, Y):
    return energy(positions, X, True)


def forces(positions, X, forceOfEnergy):
    force = np.zeros_like(positions)
    for f, x, radius in zip(force, positions, X[:, 0]):
        CubePotential(radius, forceOfEnergy=forceOfEnergy).calculateForce(f, x)
    return force


def grad(positions, X, Y):
    """The forces turned round."""
    return -forces(positions, X, False)


def repaired(positions, X, Y):
    """The gradient of the energy as it was."""
    return -forces(positions, X, True)
