"""Of a mixture, each kind of pair adds the energies of all pairs, while the forces are taken kind by kind."""

import numpy as np

SOURCE = "https://github.com/arm61/pylj/issues/81"
THREAD = "arm61/pylj #81"
DATE = "2026-09"
KIND = "cost"
FORMULA = r"E = \textstyle\sum_{k} \sum_{i < j} U_k(r_{ij})"
RIGHT = r"E = \textstyle\sum_{k} \sum_{i < j,\, t_{ij} = k} U_k(r_{ij})"
READ = "code"
LAYER = [1]
NAMES = [{"another-cost"}]
NET = None  # particles of two types in a periodic square
BLOCKS = ["xposition[1]", "yposition[1]"]
SAMPLES = 5
LAM = 0.0
BOX_LENGTH, CUT_OFF = 5.0, 15.0
TYPES = ["0", "1", "0", "1", "0"]
CONSTANTS = [[4.0, 4.0], [6.0, 3.0]]


def start(rng):
    """Near the points of a lattice, so that no two of them meet."""
    return {
        "xposition": np.array([1.0, 2.5, 4.0, 1.0, 3.0]) + 0.15 * rng.standard_normal(SAMPLES),
        "yposition": np.array([1.0, 1.0, 1.5, 3.0, 3.5]) + 0.15 * rng.standard_normal(SAMPLES),
    }


def data(rng):
    return np.zeros((SAMPLES, 1)), np.zeros(SAMPLES)


class lennard_jones:
    def __init__(self, constants):
        a, b = constants
        self.sigma = (a / b) ** (1 / 6)
        self.epsilon = b**2 / (4 * a)

    def energy(self, dr):
        return 4 * self.epsilon * np.power(self.sigma, 12) * np.power(dr, -12) - (
            4 * self.epsilon * np.power(self.sigma, 6) * np.power(dr, -6)
        )

    def force(self, dr):
        return 48 * self.epsilon * np.power(self.sigma, 12) * np.power(dr, -13) - (
            24 * self.epsilon * np.power(self.sigma, 6) * np.power(dr, -7)
        )

    def mixing(self, constants_2):
        a2, b2 = constants_2
        sigma2 = (a2 / b2) ** (1 / 6)
        epsilon2 = b2**2 / (4 * a2)
        self.sigma = (self.sigma + sigma2) / 2
        self.epsilon = np.sqrt(self.epsilon * epsilon2)


def pbc_correction(position, cell):
    if np.abs(position.real) > 0.5 * cell:
        position = position * (1 - cell / np.abs(position.real))
    return position


def dist(xposition, yposition, box_length, types):
    drr, dxr, dyr, pair_types = [], [], [], []
    for i in range(0, xposition.size - 1):
        for j in range(i + 1, xposition.size):
            dx = pbc_correction(xposition[i] - xposition[j], box_length)
            dy = pbc_correction(yposition[i] - yposition[j], box_length)
            drr.append(np.sqrt(dx * dx + dy * dy))
            dxr.append(dx)
            dyr.append(dy)
            pair_types.append(types[i] + "," + types[j])
    return np.array(drr), np.array(dxr), np.array(dyr), pair_types


def compute_force(particles, box_length, cut_off, constants, forcefield, version=""):
    """Forces and energies of the pairs, and the components of their distances."""
    distances, dx, dy, pair_types = dist(particles["xposition"], particles["yposition"], box_length, TYPES)
    forces, energies = np.zeros_like(distances), np.zeros_like(distances)
    for pair in sorted(set(pair_types)):
        type_distances = distances.copy()
        for i in range(len(distances)):
            if pair != pair_types[i]:
                type_distances[i] = 0
        type_1, type_2 = pair.split(",")
        ff = forcefield(constants[int(type_1)])
        if type_1 != type_2:
            ff.mixing(constants[int(type_2)])
        with np.errstate(all="ignore"):
            type_forces = ff.force(distances if version == "forces as the energies" else type_distances)
            if version == "right":
                type_energies = ff.energy(type_distances)
            else:
                type_energies = ff.energy(distances)
        forces += np.nan_to_num(type_forces)
        energies += np.nan_to_num(type_energies)
    forces[np.where(distances.real > cut_off)] = 0.0
    energies[np.where(distances.real > cut_off)] = 0.0
    return forces, energies, distances, dx, dy


def slope(particles, version):
    """The forces on the particles, turned round."""
    f, _, dr, dx, dy = compute_force(particles, BOX_LENGTH, CUT_OFF, CONSTANTS, lennard_jones, version)
    g = {name: np.zeros_like(p) for name, p in particles.items()}
    k = 0
    for i in range(0, SAMPLES - 1):
        for j in range(i + 1, SAMPLES):
            g["xposition"][i] -= f[k] * dx[k] / dr[k]
            g["yposition"][i] -= f[k] * dy[k] / dr[k]
            g["xposition"][j] += f[k] * dx[k] / dr[k]
            g["yposition"][j] += f[k] * dy[k] / dr[k]
            k += 1
    return g


def cost(params, X, Y):
    return np.sum(compute_force(params, BOX_LENGTH, CUT_OFF, CONSTANTS, lennard_jones)[1])


def meant(params, X, Y):
    return np.sum(compute_force(params, BOX_LENGTH, CUT_OFF, CONSTANTS, lennard_jones, "right")[1])


def grad(params, X, Y):
    return slope(params, "")


def repaired(params, X, Y):
    """The gradient of the energy as it was."""
    return slope(params, "forces as the energies")
