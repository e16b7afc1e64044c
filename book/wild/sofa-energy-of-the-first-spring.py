"""The potential energy of a set of springs is returned from inside the loop, after the first spring."""

import numpy as np

SOURCE = "https://github.com/sofa-framework/sofa/commit/0b91f745e6"
THREAD = "sofa-framework/sofa 0b91f745e6"
DATE = "2015-02"
KIND = "cost"
FORMULA = r"E = \tfrac12 k_1 (\lVert d_1 \rVert - \ell_1)^2"
RIGHT = r"E = \textstyle\sum_s \tfrac12 k_s (\lVert d_s \rVert - \ell_s)^2"
READ = "code"
LAYER = [1]
NAMES = [{"another-cost"}]
NET = None  # springs between two bodies' points
BLOCKS = ["x1[1]", "x2[1]"]
SAMPLES = 5
LAM = 0.0


def start(rng):
    x1 = np.array([[0.0, 0, 0], [0, 1, 0], [0, 0, 1]]) + 0.1 * rng.standard_normal((3, 3))
    x2 = np.array([[2.0, 0, 0], [2, 1, 0.5], [2, 0, 1]]) + 0.1 * rng.standard_normal((3, 3))
    return {"x1": x1, "x2": x2}


def data(rng):
    """A point of each body, the stiffness and the length at rest of each spring."""
    ends = [(0, 0), (0, 1), (1, 1), (2, 0), (2, 2)]
    return np.column_stack([ends, rng.uniform(1, 3, SAMPLES), rng.uniform(0.8, 1.5, SAMPLES)]), np.zeros((SAMPLES, 1))


class Spring:
    def __init__(self, row):
        self.m1, self.m2 = int(row[0]), int(row[1])
        self.ks, self.initpos = row[2:]


def norm(u):
    return np.sqrt(u @ u)


class SpringForceField:
    def __init__(self, springs):
        self.springs = springs

    def addSpringForce(self, f1, p1, f2, p2, spring):
        a = spring.m1
        b = spring.m2
        u = p2[b] - p1[a]
        d = norm(u)
        inverseLength = 1.0 / d
        u = u * inverseLength
        elongation = d - spring.initpos
        forceIntensity = spring.ks * elongation
        force = u * forceIntensity
        f1[a] += force
        f2[b] -= force

    def addForce(self, f1, f2, x1, x2):
        for i in range(len(self.springs)):
            self.addSpringForce(f1, x1, f2, x2, self.springs[i])

    def getPotentialEnergy(self, p1, p2):
        springs = self.springs
        for i in range(len(springs)):
            a = springs[i].m1
            b = springs[i].m2
            u = p2[b] - p1[a]
            d = norm(u)
            elongation = d - springs[i].initpos
            ener = elongation * elongation * springs[i].ks / 2
            return ener


class SpringForceFieldLater(SpringForceField):
    def getPotentialEnergy(self, p1, p2):
        springs = self.springs
        ener = 0
        for i in range(len(springs)):
            a = springs[i].m1
            b = springs[i].m2
            u = p2[b] - p1[a]
            d = norm(u)
            elongation = d - springs[i].initpos
            ener += elongation * elongation * springs[i].ks / 2
        return ener


def cost(x, X, Y):
    return SpringForceField([Spring(row) for row in X]).getPotentialEnergy(x["x1"], x["x2"])


def meant(x, X, Y):
    return SpringForceFieldLater([Spring(row) for row in X]).getPotentialEnergy(x["x1"], x["x2"])


def turned(x, rows):
    """The forces turned round."""
    f1, f2 = np.zeros_like(x["x1"]), np.zeros_like(x["x2"])
    SpringForceField([Spring(row) for row in rows]).addForce(f1, f2, x["x1"], x["x2"])
    return {"x1": -f1, "x2": -f2}


def grad(x, X, Y):
    return turned(x, X)


def repaired(x, X, Y):
    """The gradient of the energy as it was."""
    return turned(x, X[:1])
