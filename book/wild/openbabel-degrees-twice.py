"""The slope of an angle's energy is multiplied by 180/π although the angle's derivative is in degrees already."""

import numpy as np

SOURCE = "https://github.com/openbabel/openbabel/commit/47c849e9e"
THREAD = "openbabel/openbabel 47c849e9e"
DATE = "2007-12"
KIND = "gradient"
GROUP = "factor"
FORMULA = (
    r"\nabla E = \textstyle\sum 2 k (\theta - \theta_0)\, \tfrac{180}{\pi}\, \nabla \theta, "
    r"\;\theta \text{ and } \nabla\theta \text{ in degrees}"
)
RIGHT = r"\nabla E = \textstyle\sum 2 k (\theta - \theta_0)\, \nabla \theta"
READ = "code"
LAYER = [1]
NAMES = [{"factor"}]
NET = None  # angles between atoms
BLOCKS = ["coordinates[1]"]
SAMPLES = 5
LAM = 0.0
RAD_TO_DEG = 180.0 / np.pi
DEG_TO_RAD = np.pi / 180.0


def start(rng):
    """A chain of six atoms."""
    zigzag = np.array([[i * 1.2, 0.8 * (i % 2), 0.3 * (i // 2)] for i in range(6)])
    return zigzag + rng.uniform(-0.2, 0.2, (6, 3))


def data(rng):
    """Three atoms of each angle, its force constant and its ideal value in degrees."""
    triples = [(0, 1, 2), (1, 2, 3), (2, 3, 4), (3, 4, 5), (0, 1, 3)]
    constants = np.column_stack([rng.uniform(0.01, 0.03, SAMPLES), rng.uniform(105, 125, SAMPLES)])
    return np.column_stack([triples, constants]), np.zeros((SAMPLES, 1))


def length(v):
    return np.sqrt(v @ v)


class OBForceField:
    @staticmethod
    def VectorAngleDerivative(a, b, c):
        """The angle, and what replaces the three positions: the derivative by each, turned round."""
        vab = a - b
        vcb = c - b
        rab = length(vab)
        rcb = length(vcb)
        rab2 = rab * rab
        rcb2 = rcb * rcb

        abcb = (vab @ vcb) / (rab * rcb)
        abcb2 = 1.0 - abcb * abcb
        theta = np.arccos(abcb) * RAD_TO_DEG

        a = (vcb * rab * rcb - (vab / rab) * (vab @ vcb) * rcb) / (np.sqrt(abcb2) * rab2 * rcb2)
        c = -((vcb / rcb) * (vab @ vcb) * rab - vab * rab * rcb) / (np.sqrt(abcb2) * rab2 * rcb2)
        b = -a - c

        a = a * (1.0 / DEG_TO_RAD)
        b = b * (1.0 / DEG_TO_RAD)
        c = c * (1.0 / DEG_TO_RAD)
        return theta, a, b, c


class OBFFAngleCalculationGhemical:
    def __init__(self, row, x):
        self.a, self.b, self.c = (int(i) for i in row[:3])
        self.ka, self.theta0 = row[3:]
        self.x = x

    def slope(self):
        return 2.0 * self.ka * self.delta * RAD_TO_DEG

    def Compute(self, gradients):
        self.theta, da, db, dc = OBForceField.VectorAngleDerivative(self.x[self.a], self.x[self.b], self.x[self.c])
        self.delta = self.theta - self.theta0
        delta2 = self.delta * self.delta

        self.energy = self.ka * delta2

        if gradients:
            dE = self.slope()
            self.grada = dE * da
            self.gradb = dE * db
            self.gradc = dE * dc


class OBFFAngleCalculationLater(OBFFAngleCalculationGhemical):
    def slope(self):
        return 2.0 * self.ka * self.delta


def E_Angle(calculations, gradients, forces=None):
    energy = 0.0
    for i in calculations:
        i.Compute(gradients)
        energy += i.energy
        if gradients:
            forces[i.a] += i.grada
            forces[i.b] += i.gradb
            forces[i.c] += i.gradc
    return energy


def cost(x, X, Y):
    return E_Angle([OBFFAngleCalculationGhemical(row, x) for row in X], False)


def derivative(kind, x, X):
    """The program keeps the forces; here they are turned round."""
    forces = np.zeros_like(x)
    E_Angle([kind(row, x) for row in X], True, forces)
    return -forces


def grad(x, X, Y):
    return derivative(OBFFAngleCalculationGhemical, x, X)


def repaired(x, X, Y):
    return derivative(OBFFAngleCalculationLater, x, X)
