"""The energy of a system of nucleotides has the bonds by half, though each of them is met once."""

import numpy as np

SOURCE = "https://github.com/lorenzo-rovigatti/oxDNA/commit/fd5bd483"
THREAD = "lorenzo-rovigatti/oxDNA fd5bd483"
DATE = "2014-09"
KIND = "cost"
FORMULA = r"E = \tfrac12 \textstyle\sum_i V_b(r_{i, i+1}) + \sum_{i > j + 1} V_n(r_{ij})"
RIGHT = (
    r"E = \textstyle\sum_i V_b(r_{i, i+1}) + \sum_{i > j + 1} V_n(r_{ij}),\; "
    r"V_b(r) = -\tfrac{\epsilon}2 \log\bigl(1 - (r - r_0)^2 / \Delta^2\bigr)"
)
READ = "code"
LAYER = [1]
NAMES = [{"another-cost"}]
NET = None  # the backbones of a strand; bases, stacking and hydrogen bonds are left out, and it does not turn
BLOCKS = ["pos[1]"]
SAMPLES = 7
LAM = 0.0
FENE_EPS, FENE_R0, FENE_DELTA2 = 2.0, 0.7525, 0.0625
EXCL_EPS, EXCL_S1, EXCL_R1, EXCL_B1, EXCL_RC1 = (2.0, 0.70, 0.675, 892.016223343, 0.711879214356)
POS_BACK = -0.4


def start(rng):
    """A strand that goes to and fro, so that its next but one neighbours touch."""
    i = np.arange(SAMPLES)
    zigzag = np.column_stack([0.353 * i, np.where(i % 2, 0.29, -0.29), np.zeros(SAMPLES)])
    return zigzag + 0.006 * rng.standard_normal((SAMPLES, 3))


def data(rng):
    """The nucleotides' first axes, and nothing to aim at."""
    a1 = np.array([0.0, 0.0, 1.0]) + 0.01 * rng.standard_normal((SAMPLES, 3))
    return a1 / np.linalg.norm(a1, axis=1, keepdims=True), np.zeros((SAMPLES, 1))


class BaseParticle:
    def __init__(self, index, pos, a1):
        self.index, self.pos = index, pos
        self.back = a1 * POS_BACK
        self.n3 = self.n5 = None
        self.force = np.zeros(3)


def strand(pos, X):
    particles = [BaseParticle(i, pos[i], X[i]) for i in range(len(pos))]
    for p, q in zip(particles, particles[1:]):
        p.n3, q.n5 = q, p
    return particles


def _backbone(p, q, update_forces):
    rback = q.pos - p.pos + q.back - p.back
    rbackmod = np.sqrt(rback @ rback)
    rbackr0 = rbackmod - FENE_R0
    energy = -FENE_EPS * 0.5 * np.log(1 - rbackr0**2 / FENE_DELTA2)
    if update_forces:
        force = rback * (-(FENE_EPS * rbackr0 / (FENE_DELTA2 - rbackr0**2)) / rbackmod)
        p.force -= force
        q.force += force
    return energy


def _repulsive_lj(r, sigma, rstar, b, rc, update_forces):
    rnorm = r @ r
    energy, force = 0.0, np.zeros(3)
    if rnorm.real < rc**2:
        if rnorm.real > rstar**2:
            rmod = np.sqrt(rnorm)
            rrc = rmod - rc
            energy = EXCL_EPS * b * rrc**2
            if update_forces:
                force = -r * (2 * EXCL_EPS * b * rrc / rmod)
        else:
            tmp = sigma**2 / rnorm
            lj_part = tmp * tmp * tmp
            energy = 4 * EXCL_EPS * (lj_part**2 - lj_part)
            if update_forces:
                force = -r * (24 * EXCL_EPS * (lj_part - 2 * lj_part**2) / rnorm)
    return energy, force


def pair_interaction_bonded(p, update_forces=False):
    """With the neighbour at the 3' end, if there is one."""
    q = p.n3
    if q is None:
        return 0.0
    return _backbone(p, q, update_forces)


def pair_interaction_nonbonded(p, q, update_forces=False):
    if p.n3 is q or p.n5 is q:
        return 0.0
    rcenter = q.pos - p.pos + q.back - p.back
    energy, force = _repulsive_lj(rcenter, EXCL_S1, EXCL_R1, EXCL_B1, EXCL_RC1, update_forces)
    if update_forces:
        p.force -= force
        q.force += force
    return energy


def get_system_energy(particles, right=False):
    energy = 0.0
    for p in particles:
        # we need the 0.5 because pair_interaction_bonded computes the energy between all bonded pairs if
        # update_forces == false
        energy += pair_interaction_bonded(p) if right else 0.5 * pair_interaction_bonded(p)
        for q in particles:
            if p.index > q.index:
                energy += pair_interaction_nonbonded(p, q)
    return energy


def compute_forces(particles, bonded=True, nonbonded=True):
    for p in particles:
        if bonded:
            pair_interaction_bonded(p, update_forces=True)
        for q in particles:
            if nonbonded and p.index > q.index:
                pair_interaction_nonbonded(p, q, update_forces=True)
    return np.array([p.force for p in particles])


def cost(pos, X, Y):
    return get_system_energy(strand(pos, X))


def meant(pos, X, Y):
    return get_system_energy(strand(pos, X), right=True)


def grad(pos, X, Y):
    """The forces turned round."""
    return -compute_forces(strand(pos, X))


def repaired(pos, X, Y):
    """The gradient of the energy as it was."""
    bonds = compute_forces(strand(pos, X), nonbonded=False)
    return -0.5 * bonds - compute_forces(strand(pos, X), bonded=False)
