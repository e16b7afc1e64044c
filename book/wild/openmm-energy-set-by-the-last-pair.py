"""A kernel sets a thread's energy to that of its last pair of 1-4 neighbours, and loses all that it had added up."""

import numpy as np

SOURCE = "https://github.com/openmm/openmm/commit/47d2fa768"
THREAD = "openmm/openmm 47d2fa768"
DATE = "2009-08"
KIND = "cost"
FORMULA = (
    r"E = \textstyle\sum_t E_t,\; E_t = \epsilon_p (s_p^{12} - s_p^6) + q_p / r_p \text{ of its last pair } p, "
    r"\text{ or } \sum_b \tfrac12 k_b (r_b - r_b^0)^2 \text{ where } t \text{ has none}"
)
RIGHT = (
    r"E = \textstyle\sum_t E_t,\; E_t = \sum_{b \in t} \tfrac12 k_b (r_b - r_b^0)^2 "
    r"+ \sum_{p \in t} \bigl(\epsilon_p (s_p^{12} - s_p^6) + q_p / r_p\bigr),\; s_p = \sigma_p / r_p"
)
READ = "code"
LAYER = [1]
NAMES = [{"another-cost"}]
NET = None  # bonds and 1-4 pairs of a chain of atoms; angles and dihedrals are left out
BLOCKS = ["posq[1]"]
SAMPLES = 8
LAM = 0.0
THREADS = 6


def start(rng):
    """A chain of atoms that winds."""
    turn = np.arange(SAMPLES) * 1.4
    chain = np.column_stack([np.cos(turn), np.sin(turn), 0.6 * np.arange(SAMPLES)])
    return chain + 0.1 * rng.standard_normal((SAMPLES, 3))


def data(rng):
    """For each atom a bond's constant and length, and a pair's depth, width and product of charges."""
    X = np.column_stack(
        [
            rng.uniform(1.0, 3.0, SAMPLES),
            rng.uniform(1.0, 1.3, SAMPLES),
            rng.uniform(0.5, 1.5, SAMPLES),
            rng.uniform(1.6, 2.2, SAMPLES),
            rng.uniform(-1.0, 1.0, SAMPLES),
        ]
    )
    return X, np.zeros((SAMPLES, 1))


def padded(n):
    return -(-n // THREADS) * THREADS


class Sim:
    def __init__(self, X):
        n = len(X)
        self.bond_id = [(i, i + 1) for i in range(n - 1)]
        self.bond_parameter = [(X[i, 1], X[i, 0]) for i in range(n - 1)]
        self.lj14_id = [(i, i + 3) for i in range(n - 3)]
        self.lj14_parameter = [(X[i, 2], X[i, 3], X[i, 4]) for i in range(n - 3)]
        self.bond_offset = padded(len(self.bond_id))
        self.lj14_offset = self.bond_offset + padded(len(self.lj14_id))


def calculate_local_forces_kernel(sim, thread, posq, right=False, forget_forces=False):
    """One thread; forget_forces lets its forces be lost wherever its energy is."""
    pos = thread
    energy = 0.0
    force = np.zeros_like(posq)

    while pos < sim.bond_offset:
        if pos < len(sim.bond_id):
            atom = sim.bond_id[pos]
            bond = sim.bond_parameter[pos]
            d = posq[atom[1]] - posq[atom[0]]
            r = np.sqrt(d @ d)
            delta_ideal = r - bond[0]
            energy += 0.5 * bond[1] * delta_ideal * delta_ideal
            dEdR = bond[1] * delta_ideal
            dEdR = dEdR / r if r.real > 0.0 else 0.0
            d = d * dEdR
            force[atom[0]] += d
            force[atom[1]] -= d
        pos += THREADS

    while pos < sim.lj14_offset:
        pos1 = pos - sim.bond_offset
        if pos1 < len(sim.lj14_id):
            atom = sim.lj14_id[pos1]
            lj14 = sim.lj14_parameter[pos1]
            d = posq[atom[0]] - posq[atom[1]]
            r2 = d @ d
            inverse_r = 1.0 / np.sqrt(r2)
            sig2 = inverse_r * lj14[1]
            sig2 = sig2 * sig2
            sig6 = sig2 * sig2 * sig2
            dEdR = lj14[0] * (12.0 * sig6 - 6.0) * sig6
            if right:
                energy += lj14[0] * (sig6 - 1.0) * sig6
            else:
                energy = lj14[0] * (sig6 - 1.0) * sig6
            energy += lj14[2] * inverse_r
            if forget_forces:
                force[:] = 0.0

            dEdR = dEdR + lj14[2] * inverse_r
            dEdR = dEdR * inverse_r * inverse_r
            d = d * dEdR
            force[atom[0]] += d
            force[atom[1]] -= d
        pos += THREADS
    return energy, force


def run(posq, X, **how):
    sim = Sim(X)
    threads = [calculate_local_forces_kernel(sim, thread, posq, **how) for thread in range(THREADS)]
    return sum(energy for energy, _ in threads), sum(force for _, force in threads)


def cost(posq, X, Y):
    return run(posq, X)[0]


def meant(posq, X, Y):
    return run(posq, X, right=True)[0]


def grad(posq, X, Y):
    """The forces turned round."""
    return -run(posq, X)[1]


def repaired(posq, X, Y):
    """The gradient of the energy as it was."""
    return -run(posq, X, forget_forces=True)[1]
