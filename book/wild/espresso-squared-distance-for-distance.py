"""The energy of damped charges is taken at the square of their distance, for two arguments are exchanged."""

import numpy as np

SOURCE = "https://github.com/espressomd/espresso/commit/6861d0c339c14bd53822c977f833c18b23f43b69"
THREAD = "espressomd/espresso 6861d0c33"
DATE = "2019-06"
KIND = "cost"
FORMULA = (
    r"E = \textstyle\sum_{i < j} q_i q_j / r + t_i t_j (S(r) - 1) / r^2,\; "
    r"S(r) = 1 - (1 + \tfrac{s r}2) e^{-s r}"
)
RIGHT = (
    r"E = \textstyle\sum_{i < j} q_i q_j / r + t_i t_j (S(r) - 1) / r,\; "
    r"S(r) = 1 - (1 + \tfrac{s r}2) e^{-s r}"
)
READ = "code"
LAYER = [1]
NAMES = [{"another-cost"}]
NET = None  # charges with the damping of Thole; the method of electrostatics is the one without a screen
BLOCKS = ["pos[1]"]
SAMPLES = 5
LAM = 0.0
PREFACTOR, THOLE_SCALING_COEFF = 1.4, 0.9
DH_PARAMS = dict(r_cut=1000.0, kappa=0.0)


def start(rng):
    """The places of the particles."""
    t = np.arange(SAMPLES)
    return np.column_stack([1.2 * t, 0.9 * (t % 2), 0.7 * (t // 2 % 2)]) + 0.2 * rng.standard_normal((SAMPLES, 3))


def data(rng):
    """The charge of each particle, and the one that is damped."""
    return rng.choice([-1.0, 1.0], (SAMPLES, 2)) * rng.uniform(0.7, 1.4, (SAMPLES, 2)), np.zeros((SAMPLES, 1))


def add_dh_coulomb_pair_force(q1q2, d, dist, force):
    if dist < DH_PARAMS["r_cut"]:
        if DH_PARAMS["kappa"] > 0.0:
            kappa_dist = DH_PARAMS["kappa"] * dist
            fac = q1q2 * (np.exp(-kappa_dist) / (dist * dist * dist)) * (1.0 + kappa_dist)
        else:
            fac = q1q2 / (dist * dist * dist)
        force += fac * d


def dh_coulomb_pair_energy(q1q2, dist):
    if dist.real < DH_PARAMS["r_cut"]:
        if DH_PARAMS["kappa"] > 0.0:
            return q1q2 * np.exp(-DH_PARAMS["kappa"] * dist) / dist
        return q1q2 / dist
    return 0.0


def central_force(q1q2, d, dist):
    f = np.zeros(3)
    add_dh_coulomb_pair_force(q1q2, d, dist, f)
    return PREFACTOR * f


def pair_energy(q1q2, d, dist, dist2):
    return PREFACTOR * dh_coulomb_pair_energy(q1q2, dist)


def thole_pair_force(thole_q1q2, thole_s, d, dist):
    sr = thole_s * dist
    dS_r = 0.5 * (2.0 - (np.exp(-sr) * (sr * (sr + 2.0) + 2.0)))
    return central_force(thole_q1q2 * (-1.0 + dS_r), d, dist)


def thole_pair_energy(thole_q1q2, thole_s, d, dist, right):
    sd = thole_s * dist
    S_r = 1.0 - (1.0 + sd / 2.0) * np.exp(-sd)
    if right:
        return pair_energy(thole_q1q2 * (-1.0 + S_r), d, dist, dist * dist)
    return pair_energy(thole_q1q2 * (-1.0 + S_r), d, dist * dist, dist)


def thole_pair_force_of_energy(thole_q1q2, thole_s, d, dist):
    sd = thole_s * dist
    dS = 0.5 * thole_s * (1.0 + sd) * np.exp(-sd)
    S_r = 1.0 - (1.0 + sd / 2.0) * np.exp(-sd)
    return -PREFACTOR * thole_q1q2 * (dS / dist**2 - 2 * (-1.0 + S_r) / dist**3) * d / dist


def pairs(pos, X):
    for i in range(len(pos)):
        for j in range(i + 1, len(pos)):
            d = pos[i] - pos[j]
            yield i, j, d, np.sqrt(np.sum(d**2)), X[i, 0] * X[j, 0], X[i, 1] * X[j, 1]


def energy(pos, X, right=False):
    e = 0.0
    for _, _, d, dist, q1q2, thole_q1q2 in pairs(pos, X):
        e += thole_pair_energy(thole_q1q2, THOLE_SCALING_COEFF, d, dist, right)
        e += pair_energy(q1q2, d, dist, dist * dist)
    return e


def forces(pos, X, thole_force):
    f = np.zeros_like(pos)
    for i, j, d, dist, q1q2, thole_q1q2 in pairs(pos, X):
        force = thole_force(thole_q1q2, THOLE_SCALING_COEFF, d, dist) + central_force(q1q2, d, dist)
        f[i] += force
        f[j] -= force
    return f


def cost(pos, X, Y):
    return energy(pos, X)


def meant(pos, X, Y):
    return energy(pos, X, right=True)


def grad(pos, X, Y):
    """The forces turned round."""
    return -forces(pos, X, thole_pair_force)


def repaired(pos, X, Y):
    """The gradient of the energy as it was."""
    return -forces(pos, X, thole_pair_force_of_energy)
