"""On processors the energy of the waves of PME, which a plugin returns, is dropped, while its forces are added."""

import itertools

import numpy as np
from scipy.special import erfc

SOURCE = "https://github.com/openmm/openmm/commit/0ee8c7851"
THREAD = "openmm/openmm 0ee8c7851"
DATE = "2013-11"
KIND = "cost"
FORMULA = (
    r"E = -\textstyle\sum_i \tfrac{\alpha}{\sqrt\pi} q_i^2 "
    r"+ \sum_{i < j} q_i q_j \operatorname{erfc}(\alpha r_{ij}) / r_{ij}"
)
RIGHT = (
    r"E = -\textstyle\sum_i \tfrac{\alpha}{\sqrt\pi} q_i^2 "
    r"+ \sum_{i < j} q_i q_j \operatorname{erfc}(\alpha r_{ij}) / r_{ij} "
    r"+ \tfrac{2 \pi}{V} \sum_{k \ne 0} \tfrac{e^{-k^2 / 4 \alpha^2}}{k^2} "
    r"\bigl\vert \sum_i q_i e^{\mathrm i k \cdot r_i} \bigr\vert^2"
)
READ = "code"
LAYER = [1]
NAMES = [{"another-cost"}]
NET = None  # charges in a box; plain sums stand for the mesh, and no image is a neighbour
BLOCKS = ["posq[1]"]
SAMPLES = 6
LAM = 0.0
BOX, ALPHA, K_MAX = 2.0, 1.6, 3


def start(rng):
    """Six particles about the corners of a prism."""
    corners = np.array(list(itertools.product((0.4, 1.0, 1.6), (0.6, 1.4))))
    return np.column_stack([corners, 1.0 + 0.3 * rng.standard_normal(SAMPLES)]) + 0.05 * rng.standard_normal(
        (SAMPLES, 3)
    )


def data(rng):
    """The charges, which add up to nought."""
    charges = rng.uniform(0.5, 1.5, SAMPLES) * np.array([1, -1, 1, -1, 1, -1])
    return (charges - charges.mean())[:, None], np.zeros((SAMPLES, 1))


class CpuNonbondedForce:
    def calculate_direct_ixn(self, posq, charges, forces):
        energy = 0.0
        for i in range(len(posq)):
            for j in range(i):
                delta = posq[i] - posq[j]
                r = np.sqrt(np.sum(delta * delta))
                inverse_r = 1 / r
                charge_prod = charges[i] * charges[j]
                screened = erfc(ALPHA * r)
                dEdR = charge_prod * inverse_r**3
                dEdR = dEdR * (screened + 2 * ALPHA * r / np.sqrt(np.pi) * np.exp(-((ALPHA * r) ** 2)))
                forces[i] += dEdR * delta
                forces[j] -= dEdR * delta
                energy += charge_prod * inverse_r * screened
        return energy


class OptimizedPme:
    """The plugin: what is begun here could be done meanwhile."""

    def begin_computation(self, posq, charges, forces):
        self.energy = 0.0
        for n in itertools.product(range(-K_MAX, K_MAX + 1), repeat=3):
            if n == (0, 0, 0):
                continue
            k = 2 * np.pi / BOX * np.array(n)
            eterm = 2 * np.pi / BOX**3 * np.exp(-(k @ k) / (4 * ALPHA**2)) / (k @ k)
            cos_sum = np.sum(charges * np.cos(posq @ k))
            sin_sum = np.sum(charges * np.sin(posq @ k))
            self.energy += eterm * (cos_sum**2 + sin_sum**2)
            along = charges * (np.sin(posq @ k) * cos_sum - np.cos(posq @ k) * sin_sum)
            forces += 2 * eterm * along[:, None] * k

    def finish_computation(self):
        return self.energy


def execute(posq, X, energy_taken_over=False, include_reciprocal=True):
    """The energy and the forces."""
    charges = X[:, 0]
    forces = np.zeros_like(posq)
    energy = -np.sum(charges**2) * ALPHA / np.sqrt(np.pi)
    nonbonded_energy = CpuNonbondedForce().calculate_direct_ixn(posq, charges, forces)
    if include_reciprocal:
        optimized_pme = OptimizedPme()
        optimized_pme.begin_computation(posq, charges, forces)
        if energy_taken_over:
            nonbonded_energy += optimized_pme.finish_computation()
        else:
            optimized_pme.finish_computation()
    return energy + nonbonded_energy, forces


def cost(posq, X, Y):
    return execute(posq, X)[0]


def meant(posq, X, Y):
    return execute(posq, X, energy_taken_over=True)[0]


def grad(posq, X, Y):
    return -execute(posq, X)[1]


def repaired(posq, X, Y):
    """The gradient of the energy that is reported."""
    return -execute(posq, X, include_reciprocal=False)[1]
