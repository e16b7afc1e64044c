"""The loop over the third group of atoms runs to the size of the second, so that further atoms get no gradient."""

import numpy as np

SOURCE = "https://github.com/Colvars/colvars/commit/4a7d6ae6"
THREAD = "Colvars/colvars 4a7d6ae6"
DATE = "2025-09"
KIND = "gradient"
FORMULA = r"\partial \theta / \partial r_{3,i} = w_i\, \partial \theta / \partial r_{23}\;(i \le n_2),\; 0\;(i > n_2)"
RIGHT = r"\partial \theta / \partial r_{3,i} = w_i\, \partial \theta / \partial r_{23}\;(i \le n_3)"
READ = "code"
GROUP = "blocks"
LAYER = [1]
NAMES = []
NET = None  # the angle between a dipole and a line
BLOCKS = ["first[1]", "second[1]", "third[1]"]
SAMPLES = 1
LAM = 0.0
MASS = {"group1": np.array([12.0, 1, 16]), "group2": np.array([14.0, 1]), "group3": np.array([12.0, 1, 1, 16])}
CHARGE = np.array([0.4, 0.3, -0.6])
FORCE_CONSTANT = 0.001


def start(rng):
    return {name: rng.standard_normal((len(mass), 3)) for name, mass in MASS.items()}


def data(rng):
    """No inputs; the angle of the restraint, in degrees."""
    return np.zeros((SAMPLES, 1)), rng.uniform(60, 120, SAMPLES)


class DipoleAngle:
    def __init__(self, groups):
        self.groups = groups

    def weight(self, name):
        return MASS[name] / MASS[name].sum()

    def center_of_mass(self, name):
        return self.weight(name) @ self.groups[name]

    def calc_value(self):
        g1_pos, g2_pos, g3_pos = [self.center_of_mass(name) for name in ("group1", "group2", "group3")]
        self.r21 = CHARGE @ (self.groups["group1"] - g1_pos)
        self.r21l = np.sqrt(np.sum(self.r21**2))
        self.r23 = g3_pos - g2_pos
        self.r23l = np.sqrt(np.sum(self.r23**2))
        cos_theta = np.sum(self.r21 * self.r23) / (self.r21l * self.r23l)
        return (180.0 / np.pi) * np.arccos(cos_theta)

    def calc_gradients(self, right):
        grads = {name: np.zeros_like(g) for name, g in self.groups.items()}
        r21, r21l, r23, r23l = self.r21, self.r21l, self.r23, self.r23l
        cos_theta = np.sum(r21 * r23) / (r21l * r23l)
        dxdcos = -1.0 / np.sqrt(1.0 - cos_theta * cos_theta)
        dxdr1 = (180.0 / np.pi) * dxdcos * (1.0 / r21l) * (r23 / r23l + (-1.0) * cos_theta * r21 / r21l)
        dxdr3 = (180.0 / np.pi) * dxdcos * (1.0 / r23l) * (r21 / r21l + (-1.0) * cos_theta * r23 / r23l)
        aux1 = CHARGE.sum() / MASS["group1"].sum()
        for i in range(len(self.groups["group1"])):
            grads["group1"][i] = (CHARGE[i] + (-1) * MASS["group1"][i] * aux1) * dxdr1
        for i in range(len(self.groups["group2"])):
            grads["group2"][i] = self.weight("group2")[i] * dxdr3 * (-1.0)
        for i in range(len(self.groups["group3" if right else "group2"])):
            grads["group3"][i] = self.weight("group3")[i] * dxdr3
        return grads


def cost(groups, X, Y):
    """A harmonic restraint."""
    return 0.5 * FORCE_CONSTANT * (DipoleAngle(groups).calc_value() - Y[0]) ** 2


def gradient(groups, Y, right):
    colvar = DipoleAngle(groups)
    force = FORCE_CONSTANT * (colvar.calc_value() - Y[0])
    return {name: force * g for name, g in colvar.calc_gradients(right).items()}


def grad(groups, X, Y):
    return gradient(groups, Y, False)


def repaired(groups, X, Y):
    return gradient(groups, Y, True)
