"""The potential energy of rigid bodies in a gravity field rises in the direction in which gravity pulls."""

import numpy as np

SOURCE = "https://github.com/sofa-framework/sofa/commit/0d1c8c2ee4"
THREAD = "sofa-framework/sofa 0d1c8c2ee4"
DATE = "2015-01"
KIND = "cost"
FORMULA = r"E = \textstyle\sum_i m_i\, g \cdot x_i"
RIGHT = r"E = -\textstyle\sum_i m_i\, g \cdot x_i"
READ = "code"
LAYER = [1]
NAMES = [{"another-cost"}, {"sign"}]
NET = None  # rigid bodies under their weight
BLOCKS = ["center[1]"]
SAMPLES = 3
LAM = 0.0
BODIES = 4


def start(rng):
    """The bodies' centres."""
    return 2 * rng.standard_normal((BODIES, 3))


def data(rng):
    """The masses, the last of which is that of all further bodies, and gravity."""
    return rng.uniform(0.5, 2.0, (SAMPLES, 1)), np.array([[0.6, -9.81, 0.4]])


class RigidMass:
    def __init__(self, mass, gravity):
        self.mass, self.gravity = mass, gravity

    def clamp(self, i):
        return min(i, len(self.mass) - 1)

    def addForce(self, f, x):
        g = self.gravity
        for i in range(len(x)):
            index = self.clamp(i)
            f[i] += self.mass[index] * g

    def getPotentialEnergy(self, x):
        g = self.gravity
        res = 0
        for i in range(len(x)):
            index = self.clamp(i)
            res += self.mass[index] * (g @ x[i])
        return res


class RigidMassLater(RigidMass):
    def getPotentialEnergy(self, x):
        g = self.gravity
        res = 0
        for i in range(len(x)):
            index = self.clamp(i)
            res -= self.mass[index] * (g @ x[i])
        return res


def cost(x, X, Y):
    return RigidMass(X[:, 0], Y[0]).getPotentialEnergy(x)


def meant(x, X, Y):
    return RigidMassLater(X[:, 0], Y[0]).getPotentialEnergy(x)


def forces(x, X, Y):
    f = np.zeros_like(x)
    RigidMass(X[:, 0], Y[0]).addForce(f, x)
    return f


def grad(x, X, Y):
    """The forces turned round."""
    return -forces(x, X, Y)


def repaired(x, X, Y):
    """The gradient of the energy as it was."""
    return forces(x, X, Y)
