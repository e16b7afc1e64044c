"""The energy of charges before a charged plate has the wrong sign, and their force the right one."""

import numpy as np

SOURCE = "https://github.com/espressomd/espresso/commit/13c3cc33f"
THREAD = "espressomd/espresso 13c3cc33f"
DATE = "2010-09"
KIND = "cost"
FORMULA = (
    r"V = \textstyle\sum_i \bigl( 2 \pi l \sigma q_i \lvert z_i - z_0 \rvert "
    r"- 2\, l \lambda q_i \ln \rho_i \bigr) + \text{const}"
)
RIGHT = (
    r"V = \textstyle\sum_i \bigl( -2 \pi l \sigma q_i \lvert z_i - z_0 \rvert "
    r"- 2\, l \lambda q_i \ln \rho_i \bigr) + \text{const}"
)
READ = "code"
LAYER = [1]
NAMES = [{"another-cost"}]
NET = None  # charges between a plate and a rod
BLOCKS = ["pos[1]"]
SAMPLES = 4
LAM = 0.0
PREFACTOR, BOX_L_I = 0.7, 0.1
M_LN2, C_GAMMA = 0.6931471805599453, 0.5772156649015329
PLATE_POS, PLATE_SIGMA = 0.5, 0.3
ROD_POS, ROD_LAMBDA = (0.1, -0.2), 0.8


def start(rng):
    """The particles' positions, above the plate and below."""
    pos = rng.standard_normal((SAMPLES, 3))
    pos[:, 0] += [1.5, -1.5, 2.0, -2.0]
    pos[:, 2] = [1.4, -0.6, 2.0, -1.1] + rng.uniform(-0.2, 0.2, SAMPLES)
    return pos


def data(rng):
    """The charges."""
    return np.array([1.0, -1.0, -2.0, 1.5])[:, None] * rng.uniform(0.8, 1.2, (SAMPLES, 1)), np.zeros((SAMPLES, 1))


def add_rod_force(q, ppos, f):
    c_dist_2 = 0.0
    vec = np.zeros(2)
    for i in range(2):
        vec[i] = ppos[i] - ROD_POS[i]
        c_dist_2 += vec[i] * vec[i]
    if PREFACTOR != 0.0 and q != 0.0 and ROD_LAMBDA != 0.0:
        fac = 2 * PREFACTOR * ROD_LAMBDA * q / c_dist_2
        f[0] += fac * vec[0]
        f[1] += fac * vec[1]


def rod_energy(q, ppos):
    c_dist_2 = 0.0
    for i in range(2):
        vec = ppos[i] - ROD_POS[i]
        c_dist_2 += vec * vec
    if PREFACTOR != 0.0 and q != 0.0 and ROD_LAMBDA != 0.0:
        return PREFACTOR * q * ROD_LAMBDA * (-np.log(c_dist_2 * BOX_L_I**2) + 2 * (M_LN2 - C_GAMMA))
    return 0


def add_plate_force(q, ppos, f):
    if PREFACTOR != 0.0 and q != 0.0 and PLATE_SIGMA != 0.0:
        g = 2 * np.pi * PREFACTOR * PLATE_SIGMA * q
        if ppos[2] < PLATE_POS:
            g = -g
        f[2] += g


def fabs(x):
    return x if x.real > 0 else -x


def plate_energy(q, ppos):
    if PREFACTOR != 0.0 and q != 0.0 and PLATE_SIGMA != 0.0:
        return 2 * np.pi * PREFACTOR * PLATE_SIGMA * q * fabs(ppos[2] - PLATE_POS)
    return 0


def plate_energy_new(q, ppos):
    if PREFACTOR != 0.0 and q != 0.0 and PLATE_SIGMA != 0.0:
        return -2 * np.pi * PREFACTOR * PLATE_SIGMA * q * fabs(ppos[2] - PLATE_POS)
    return 0


def add_constraints_energy(pos, X, plate):
    energy = 0.0
    for q, ppos in zip(X[:, 0], pos, strict=True):
        energy = energy + rod_energy(q, ppos) + plate(q, ppos)
    return energy


def add_constraints_forces(pos, X, times=1):
    f = np.zeros_like(pos)
    for i, q in enumerate(X[:, 0]):
        add_rod_force(q, pos[i], f[i])
        g = np.zeros(3)
        add_plate_force(q, pos[i], g)
        f[i] += times * g
    return f


def cost(pos, X, Y):
    return add_constraints_energy(pos, X, plate_energy)


def meant(pos, X, Y):
    return add_constraints_energy(pos, X, plate_energy_new)


def grad(pos, X, Y):
    """The forces turned round."""
    return -add_constraints_forces(pos, X)


def repaired(pos, X, Y):
    """The gradient of the energy as it was."""
    return -add_constraints_forces(pos, X, -1)
