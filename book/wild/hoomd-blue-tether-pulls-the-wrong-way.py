"""Both parts of a tether's force are the derivative of the energy, where the negative of it is meant."""

import numpy as np

SOURCE = "https://github.com/glotzerlab/hoomd-blue/commit/d1dc2fb17"
THREAD = "glotzerlab/hoomd-blue d1dc2fb17"
DATE = "2021-07"
KIND = "gradient"
GROUP = "factor"
FORMULA = r"F(r) = +\,dU / dr"
RIGHT = (
    r"F(r) = -\,dU / dr,\; U(r) = k_b \Bigl(\frac{e^{1 / (l_{c0} - r)}}{l_{max} - r} [r > l_{c0}] "
    r"+ \frac{e^{1 / (r - l_{c1})}}{r - l_{min}} [r < l_{c1}]\Bigr)"
)
READ = "code"
LAYER = [1]
NAMES = [{"sign"}]
NET = None  # beads in space, bound in pairs
BLOCKS = ["pos[1]"]
SAMPLES = 6
LAM = 0.0


class TetherParams:
    k_b = 10.0
    l_min = 0.9
    l_c0 = 1.2
    l_c1 = 1.8
    l_max = 2.1


def start(rng):
    """A chain whose bonds are short, long, or between the two cutoffs."""
    steps = rng.standard_normal((SAMPLES, 3))
    steps *= (rng.permutation([1.08, 1.15, 1.4, 1.55, 1.88, 1.95]) / np.linalg.norm(steps, axis=1))[:, None]
    return np.cumsum(np.vstack([rng.standard_normal(3), steps]), axis=0)


def data(rng):
    """The bonds, and nothing to aim at."""
    return np.column_stack([np.arange(SAMPLES), np.arange(1, SAMPLES + 1)]), np.zeros((SAMPLES, 1))


class EvaluatorBondTether:
    def __init__(self, rsq, params, right):
        self.rsq, self.right = rsq, right
        self.k_b, self.l_min, self.l_max = params.k_b, params.l_min, params.l_max
        self.l_c0, self.l_c1 = params.l_c0, params.l_c1

    def evalForceAndEnergy(self):
        k_b, l_min, l_c0, l_c1, l_max = (self.k_b, self.l_min, self.l_c0, self.l_c1, self.l_max)
        r = np.sqrt(self.rsq)
        if r.real > l_c0:
            U_att = k_b * (np.exp(1.0 / (l_c0 - r)) / (l_max - r))
            if self.right:
                F_att = (
                    k_b
                    * ((r - l_max) * np.exp(1.0 / (l_c0 - r)) / (l_c0 - r) / (l_c0 - r) - np.exp(1.0 / (l_c0 - r)))
                    / (l_max - r)
                    / (l_max - r)
                )
            else:
                F_att = (
                    k_b
                    * ((l_max - r) * np.exp(1.0 / (l_c0 - r)) / (l_c0 - r) / (l_c0 - r) + np.exp(1.0 / (l_c0 - r)))
                    / (l_max - r)
                    / (l_max - r)
                )
        else:
            U_att = 0.0
            F_att = 0.0

        if r.real < l_c1:
            U_rep = k_b * (np.exp(1.0 / (r - l_c1)) / (r - l_min))
            if self.right:
                F_rep = (
                    k_b
                    * ((r - l_min) * np.exp(1.0 / (r - l_c1)) / (r - l_c1) / (r - l_c1) + np.exp(1.0 / (r - l_c1)))
                    / (r - l_min)
                    / (r - l_min)
                )
            else:
                F_rep = (
                    k_b
                    * ((l_min - r) * np.exp(1.0 / (r - l_c1)) / (r - l_c1) / (r - l_c1) - np.exp(1.0 / (r - l_c1)))
                    / (r - l_min)
                    / (r - l_min)
                )
        else:
            U_rep = 0.0
            F_rep = 0.0

        force_divr = (F_att + F_rep) / r
        bond_eng = U_att + U_rep
        return force_divr, bond_eng


def computeForces(pos, bonds, right=False):
    """What the potential of bonds does with each evaluator."""
    force, energy = np.zeros_like(pos), 0.0
    for idx_a, idx_b in bonds:
        dx = pos[idx_a] - pos[idx_b]
        force_divr, bond_eng = EvaluatorBondTether(np.dot(dx, dx), TetherParams, right).evalForceAndEnergy()
        force[idx_b] -= force_divr * dx
        force[idx_a] += force_divr * dx
        energy += bond_eng
    return force, energy


def cost(pos, X, Y):
    return computeForces(pos, X)[1]


def grad(pos, X, Y):
    """The forces turned round."""
    return -computeForces(pos, X)[0]


def repaired(pos, X, Y):
    return -computeForces(pos, X, right=True)[0]
