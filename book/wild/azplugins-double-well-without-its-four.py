"""The force of a bond with a double well lacks the four that the derivative of the square of a square brings."""

import numpy as np

SOURCE = "https://github.com/mphowardlab/azplugins/commit/ecd4384"
THREAD = "mphowardlab/azplugins ecd4384"
DATE = "2020-06"
KIND = "gradient"
GROUP = "factor"
FORMULA = r"F / r = -\frac{V}{b^4} \bigl( (r - \tfrac a2)^2 - b^2 \bigr) (r - \tfrac a2) / r"
RIGHT = r"F / r = -\frac{4 V}{b^4} \bigl( (r - \tfrac a2)^2 - b^2 \bigr) (r - \tfrac a2) / r"
READ = "code"
LAYER = [1]
NAMES = [{"factor"}]
NET = None  # bonds between particles
BLOCKS = ["positions[1]"]
SAMPLES = 6
LAM = 0.0
BONDS = [(0, 1), (1, 2), (2, 3), (3, 4), (4, 0), (1, 3)]


def start(rng):
    """Five particles on a helix."""
    angle = np.arange(5) * 1.3
    return np.column_stack([np.cos(angle), np.sin(angle), 0.4 * np.arange(5)]) + 0.1 * rng.standard_normal((5, 3))


def data(rng):
    """V_max, a and b of each bond, and nothing to aim at."""
    return rng.uniform([0.8, 1.8, 0.4], [1.5, 2.6, 0.7], (SAMPLES, 3)), np.zeros((SAMPLES, 1))


class BondEvaluatorDoubleWell:
    right = False

    def __init__(self, rsq, params):
        self.rsq = rsq
        self.V_max, self.a, self.b = params

    def evalForceAndEnergy(self):
        V_max, a, b = self.V_max, self.a, self.b
        r = np.sqrt(self.rsq)
        r_min_half_a = r - 0.5 * a
        b_sq = b * b

        bond_eng = V_max / (b_sq * b_sq) * (r_min_half_a * r_min_half_a - b_sq) * (r_min_half_a * r_min_half_a - b_sq)
        if self.right:
            force_divr = -4 * V_max / (b_sq * b_sq) * (r_min_half_a * r_min_half_a - b_sq) * r_min_half_a / r
        else:
            force_divr = -V_max / (b_sq * b_sq) * (r_min_half_a * r_min_half_a - b_sq) * r_min_half_a / r
        return force_divr, bond_eng


class BondEvaluatorDoubleWellMended(BondEvaluatorDoubleWell):
    right = True


def compute_forces(evaluator, pos, X):
    energy, force = 0.0, np.zeros_like(pos)
    for (idx_a, idx_b), params in zip(BONDS, X):
        dx = pos[idx_a] - pos[idx_b]
        rsq = np.sum(dx * dx)
        force_divr, bond_eng = evaluator(rsq, params).evalForceAndEnergy()
        energy = energy + bond_eng
        force[idx_a] += force_divr * dx
        force[idx_b] -= force_divr * dx
    return energy, force


def cost(pos, X, Y):
    return compute_forces(BondEvaluatorDoubleWell, pos, X)[0]


def grad(pos, X, Y):
    """The forces turned round."""
    return -compute_forces(BondEvaluatorDoubleWell, pos, X)[1]


def repaired(pos, X, Y):
    return -compute_forces(BondEvaluatorDoubleWellMended, pos, X)[1]
