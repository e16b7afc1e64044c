"""The contacts of a body push, and have no energy: what is returned for it is zero."""

import numpy as np

SOURCE = "https://github.com/simbody/simbody/commit/499f4857"
THREAD = "simbody/simbody 499f4857"
DATE = "2008-09"
KIND = "cost"
FORMULA = r"E = -\textstyle\sum_i m_i\, g \cdot x_i"
RIGHT = (
    r"E = -\textstyle\sum_i m_i\, g \cdot x_i + \sum_{i < j} \tfrac25 f_{ij} d_{ij},\; "
    r"f = \tfrac43 k d \sqrt{R k d},\; d = r_i + r_j - \lVert x_i - x_j \rVert > 0"
)
READ = "code"  # spheres at rest, so that nothing slips or dissipates, and the force of gravity beside it
LAYER = [1]
NAMES = [{"another-cost"}]
NET = None  # colliding spheres
BLOCKS = ["x[1]"]
SAMPLES = 5
LAM = 0.0
GRAVITY = np.array([0.0, -0.8, 0.0])


def start(rng):
    """The centres of five spheres, some of which overlap."""
    return np.array([[0, 0, 0], [1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, 1]]) + rng.uniform(-0.1, 0.1, (SAMPLES, 3))


def data(rng):
    """Radius, mass and stiffness of each, and nothing to aim at."""
    X = [rng.uniform(0.6, 0.8, SAMPLES), rng.uniform(0.5, 1.5, SAMPLES), rng.uniform(1.0, 3.0, SAMPLES)]
    return np.column_stack(X), np.zeros((SAMPLES, 1))


class PointContact:
    def __init__(self, body1, body2, normal, radius, depth):
        self.body1, self.body2, self.normal, self.radius, self.depth = (body1, body2, normal, radius, depth)


def sphere_sphere(x, radii):
    contacts = []
    for index1 in range(len(x)):
        for index2 in range(index1 + 1, len(x)):
            delta = x[index2] - x[index1]
            dist = np.sqrt(delta @ delta)
            r1, r2 = radii[index1], radii[index2]
            depth = r1 + r2 - dist
            if depth.real > 0:
                normal = delta / dist
                curvature = r1 * r2 / (r1 + r2)
                contacts.append(PointContact(index1, index2, normal, np.sqrt(depth * curvature), depth))
    return contacts


class UniformGravity:
    def __init__(self, mass):
        self.mass = mass

    def calcForce(self, x, bodyForces):
        for i in range(len(x)):
            bodyForces[i] += self.mass[i] * GRAVITY

    def calcPotentialEnergy(self, x):
        return -sum(self.mass[i] * (GRAVITY @ x[i]) for i in range(len(x)))


class HuntCrossleyForce:
    def __init__(self, radii, stiffness):
        self.radii, self.stiffness = radii, stiffness

    def hertz(self, contact):
        k1, k2 = self.stiffness[contact.body1], self.stiffness[contact.body2]
        # Adjust the contact location based on the relative stiffness of the two materials.
        s1 = k2 / (k1 + k2)
        depth = contact.depth
        # Calculate the Hertz force.
        k = k1 * s1
        radius = contact.radius
        curvature = radius * radius / depth
        return (4.0 / 3.0) * k * depth * np.sqrt(curvature * k * depth)

    def calcForce(self, x, bodyForces):
        for contact in sphere_sphere(x, self.radii):
            force = self.hertz(contact) * contact.normal
            # Apply the force to the bodies.
            bodyForces[contact.body1] -= force
            bodyForces[contact.body2] += force

    def calcPotentialEnergy(self, x):
        return 0


class HuntCrossleyForceLater(HuntCrossleyForce):
    def calcPotentialEnergy(self, x):
        pe = 0.0
        for contact in sphere_sphere(x, self.radii):
            pe += 2.0 / 5.0 * self.hertz(contact) * contact.depth
        return pe


def system(X, contact=HuntCrossleyForce):
    radii, mass, stiffness = X.T
    return [UniformGravity(mass), contact(radii, stiffness)]


def cost(x, X, Y):
    return sum(force.calcPotentialEnergy(x) for force in system(X))


def meant(x, X, Y):
    return sum(force.calcPotentialEnergy(x) for force in system(X, HuntCrossleyForceLater))


def grad(x, X, Y):
    """The forces turned round."""
    bodyForces = np.zeros_like(x)
    for force in system(X):
        force.calcForce(x, bodyForces)
    return -bodyForces


def repaired(x, X, Y):
    """The gradient of the energy as it was."""
    bodyForces = np.zeros_like(x)
    system(X)[0].calcForce(x, bodyForces)
    return -bodyForces
