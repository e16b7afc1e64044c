"""The energy of walls is halved along with that of pairs, of which each is seen twice, and the forces are whole."""

import numpy as np

SOURCE = "https://github.com/readdy/readdy/commit/09108dd90626682732a9c44f440b5145cb59212a"
THREAD = "readdy/readdy 09108dd9"
DATE = "2017-03"
KIND = "cost"
FORMULA = (
    r"E = \tfrac12 \textstyle\sum_i \bigl(U(x_i) + \sum_{j \ne i} V(x_i, x_j)\bigr),\; "
    r"U = \text{the walls of a box},\; V = \text{the repulsion of a pair}"
)
RIGHT = r"E = \textstyle\sum_i U(x_i) + \tfrac12 \sum_i \sum_{j \ne i} V(x_i, x_j)"
READ = "code"
LAYER = [1]
NAMES = [{"another-cost"}]
NET = None  # particles in a box
BLOCKS = ["positions[1]"]
SAMPLES = 7
LAM = 0.0


def start(rng):
    """Where the particles are."""
    return 0.7 * rng.standard_normal((SAMPLES, 3))


def data(rng):
    """The particles' radii, and nothing to aim at."""
    return rng.uniform(0.5, 0.9, (SAMPLES, 1)), np.zeros((SAMPLES, 1))


class CubePotential:
    forceConstant = 2.0
    min, max = [-1.1, -1.2, -1.3], [1.1, 1.2, 1.3]

    def __init__(self, particleRadius):
        self.particleRadius = particleRadius

    def calculateEnergy(self, position):
        r = self.particleRadius
        energy = 0
        for i in range(3):
            if (position[i] - r).real < self.min[i] or (position[i] + r).real > self.max[i]:
                if (position[i] - r).real < self.min[i]:
                    energy += (
                        0.5 * self.forceConstant * (position[i] - r - self.min[i]) * (position[i] - r - self.min[i])
                    )
                else:
                    energy += (
                        0.5 * self.forceConstant * (position[i] + r - self.max[i]) * (position[i] + r - self.max[i])
                    )
        return energy

    def calculateForce(self, force, position):
        r = self.particleRadius
        for i in range(3):
            if (position[i] - r).real < self.min[i] or (position[i] + r).real > self.max[i]:
                if (position[i] - r).real < self.min[i]:
                    force[i] += -1 * self.forceConstant * (position[i] - r - self.min[i])
                else:
                    force[i] += -1 * self.forceConstant * (position[i] + r - self.max[i])

    def calculateForceAndEnergy(self, force, position):
        energy = self.calculateEnergy(position)
        self.calculateForce(force, position)
        return energy


class HarmonicRepulsion:
    forceConstant = 3.0

    def __init__(self, r1, r2):
        self.sumOfParticleRadii = r1 + r2
        self.cutoffRadiusSquared = self.sumOfParticleRadii * self.sumOfParticleRadii

    def calculateForceAndEnergy(self, force, x_ij):
        squared = x_ij @ x_ij
        if squared.real < self.cutoffRadiusSquared and squared.real > 0:
            squared = np.sqrt(squared)
            force[:] = (self.forceConstant * (squared - self.sumOfParticleRadii)) / squared * x_ij
            return 0.5 * self.forceConstant * (squared - self.sumOfParticleRadii) ** 2
        force[:] = 0
        return 0


class CPUStateModel:
    right = False
    halve_force1 = False

    def __init__(self, positions, radii):
        self.positions, self.radii = positions, radii
        self.forces = np.zeros_like(positions)

    def calculateForcesThread(self):
        energyUpdate = 0.0
        for it in range(len(self.positions)):
            # 1st order potentials
            force = np.zeros_like(self.positions[it])
            myPos = self.positions[it]
            energyUpdate += CubePotential(self.radii[it]).calculateForceAndEnergy(force, myPos)
            if self.halve_force1:
                force *= 0.5

            # 2nd order potentials
            mySecondOrderEnergy = 0.0
            for neighbor in range(len(self.positions)):
                if neighbor == it:
                    continue
                x_ij = self.positions[neighbor] - myPos
                potential = HarmonicRepulsion(self.radii[it], self.radii[neighbor])
                if (x_ij @ x_ij).real < potential.cutoffRadiusSquared:
                    updateVec = np.zeros_like(force)
                    mySecondOrderEnergy += potential.calculateForceAndEnergy(updateVec, x_ij)
                    force += updateVec
            energyUpdate += 0.5 * mySecondOrderEnergy if self.right else mySecondOrderEnergy

            self.forces[it] = force
        return energyUpdate

    def calculateForces(self):
        self.currentEnergy = 0
        self.currentEnergy += self.calculateForcesThread()
        if not self.right:
            # We need to take 0.5*energy as we iterate over every particle-neighbor-pair twice.
            self.currentEnergy /= 2.0
        return self


class Mended(CPUStateModel):
    right = True


class OfTheEnergy(CPUStateModel):
    """The forces that would belong to the energy as it was."""

    halve_force1 = True


def cost(params, X, Y):
    return CPUStateModel(params, X[:, 0]).calculateForces().currentEnergy


def meant(params, X, Y):
    return Mended(params, X[:, 0]).calculateForces().currentEnergy


def grad(params, X, Y):
    """The forces turned round."""
    return -CPUStateModel(params, X[:, 0]).calculateForces().forces


def repaired(params, X, Y):
    return -OfTheEnergy(params, X[:, 0]).calculateForces().forces
