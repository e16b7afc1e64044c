"""The force on the direction between two groups reaches the atoms without being divided by the groups' distance."""

import numpy as np

SOURCE = "https://github.com/Colvars/colvars/commit/2e11e002"
THREAD = "Colvars/colvars 2e11e002"
DATE = "2024-10"
KIND = "gradient"
GROUP = "factor"
FORMULA = r"\partial E / \partial r_2 = g - (g \cdot u)\, u,\; u = d / \lVert d \rVert,\; g = \partial E / \partial u"
RIGHT = r"\partial E / \partial r_2 = \bigl( g - (g \cdot u)\, u \bigr) / \lVert d \rVert"
READ = "reconstruction"  # the linear bias is made up; the directions and their forces are the author's
LAYER = [1]
NAMES = [{"derivative"}]
NET = None  # directions between groups of atoms
BLOCKS = ["positions[1]"]
SAMPLES = 3
LAM = 0.0
GROUPS = [((0, 1), (2, 3)), ((2,), (4, 5)), ((1, 3), (6,))]
MASSES = np.array([12.0, 1.0, 16.0, 1.0, 14.0, 1.0, 12.0])


def start(rng):
    x = np.array([[0.0, 0, 0], [0.5, 0, 0.4], [2.0, 1, 0], [2.4, 1.2, 0.5], [4.0, -2, 1], [4.5, -2.4, 1], [-1.0, 3, 2]])
    return x + rng.uniform(-0.3, 0.3, x.shape)


def data(rng):
    """The bias's slope for each direction."""
    return rng.standard_normal((SAMPLES, 3)), np.zeros((SAMPLES, 1))


class atom_group:
    def __init__(self, indices, positions, forces):
        self.indices, self.positions, self.forces = list(indices), positions, forces
        self.weights = MASSES[self.indices] / MASSES[self.indices].sum()

    def center_of_mass(self):
        return self.weights @ self.positions[self.indices]

    def apply_force(self, force):
        for weight, i in zip(self.weights, self.indices, strict=True):
            self.forces[i] += weight * force


class distance_dir:
    def __init__(self, pair, positions, forces):
        self.group1 = atom_group(pair[0], positions, forces)
        self.group2 = atom_group(pair[1], positions, forces)

    def calc_value(self):
        self.dist_v = self.group2.center_of_mass() - self.group1.center_of_mass()
        self.x = self.dist_v / np.sqrt(self.dist_v @ self.dist_v)

    def apply_force(self, force):
        # without the part along the direction
        iprod = force @ self.x
        force_tang = force - iprod * self.x
        self.group1.apply_force(-1.0 * force_tang)
        self.group2.apply_force(force_tang)


class distance_dir_later(distance_dir):
    def apply_force(self, force):
        iprod = force @ self.x
        force_tang = force - iprod * self.x
        norm = np.sqrt(self.dist_v @ self.dist_v)
        self.group1.apply_force(-1.0 / norm * force_tang)
        self.group2.apply_force(1.0 / norm * force_tang)


def calc(kind, positions, slopes, forces=None):
    energy = 0.0
    for pair, slope in zip(GROUPS, slopes, strict=True):
        cvc = kind(pair, positions, forces)
        cvc.calc_value()
        energy = energy + slope @ cvc.x
        if forces is not None:
            cvc.apply_force(-slope)
    return energy


def cost(positions, X, Y):
    return calc(distance_dir, positions, X)


def grad(positions, X, Y):
    """The forces turned round."""
    forces = np.zeros_like(positions)
    calc(distance_dir, positions, X, forces)
    return -forces


def repaired(positions, X, Y):
    forces = np.zeros_like(positions)
    calc(distance_dir_later, positions, X, forces)
    return -forces
