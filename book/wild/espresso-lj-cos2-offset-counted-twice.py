"""A pair's energy changes its formula at a distance with the offset in it twice, and the force at the right one."""

import numpy as np

SOURCE = "https://github.com/espressomd/espresso/commit/f0665de76"
THREAD = "espressomd/espresso f0665de76"
DATE = "2011-02"
KIND = "cost"
FORMULA = (
    r"V(s) = 4 \varepsilon (s^{-12} - s^{-6}) \text{ for } s < s_0 + 2^{1/6},\; s = r - s_0,\; \text{a cosine beyond}"
)
RIGHT = r"V(s) = 4 \varepsilon (s^{-12} - s^{-6}) \text{ for } s < 2^{1/6},\; s = r - s_0,\; \text{a cosine beyond}"
READ = "code"
LAYER = [1]
NAMES = [{"another-cost"}]
NET = None  # particles with a potential between each two
BLOCKS = ["pos[1]"]
SAMPLES = 1
LAM = 0.0
EPS, SIG, OFFSET, W = 1.3, 1.0, 0.3, 1.2
RCHANGE = 2 ** (1 / 6.0) * SIG
CUT = W + RCHANGE
CAPRADIUS = 0.0


def start(rng):
    """Four particles in a row: the second pair of neighbours is in between the two distances."""
    pos = np.zeros((4, 3))
    pos[:, 0] = [0.0, 1.34, 2.91, 5.11]
    return pos + rng.uniform(-0.03, 0.03, (4, 3))


def data(rng):
    return np.zeros((1, 1)), np.zeros((1, 1))


def ljcos2_pair_force(d, dist, rchange):
    if dist < CUT + OFFSET:
        fac = 0.0
        r_off = dist - OFFSET
        # normal case: resulting force/energy smaller than capping.
        if r_off > CAPRADIUS:
            if r_off < rchange:
                frac2 = (SIG / r_off) ** 2
                frac6 = frac2 * frac2 * frac2
                fac = 48.0 * EPS * frac6 * (frac6 - 0.5) / (r_off * dist)
            elif r_off < RCHANGE + W:
                fac = -EPS * np.pi / 2 / W / dist * np.sin(np.pi * (r_off - RCHANGE) / W)
            return fac * d
    return 0.0 * d


def ljcos2_pair_energy(dist, rchange):
    if dist.real < CUT + OFFSET:
        r_off = dist - OFFSET
        # normal case: resulting force/energy smaller than capping.
        if r_off.real > CAPRADIUS:
            if r_off.real < rchange:
                frac2 = (SIG / r_off) ** 2
                frac6 = frac2 * frac2 * frac2
                return 4.0 * EPS * (frac6 * frac6 - frac6)
            elif r_off.real < RCHANGE + W:
                return -EPS / 2 * (np.cos(np.pi * (r_off - RCHANGE) / W) + 1)
    return 0.0


def pairs(pos):
    for i in range(len(pos)):
        for j in range(i):
            d = pos[i] - pos[j]
            yield i, j, d, np.sqrt(d @ d)


def calc_energy(pos, rchange):
    energy = 0.0
    for _, _, _, dist in pairs(pos):
        energy = energy + ljcos2_pair_energy(dist, rchange)
    return energy


def calc_forces(pos, rchange):
    f = np.zeros_like(pos)
    for i, j, d, dist in pairs(pos):
        force = ljcos2_pair_force(d, dist, rchange)
        f[i] += force
        f[j] -= force
    return f


def cost(pos, X, Y):
    return calc_energy(pos, OFFSET + RCHANGE)


def meant(pos, X, Y):
    return calc_energy(pos, RCHANGE)


def grad(pos, X, Y):
    """The forces turned round."""
    return -calc_forces(pos, RCHANGE)


def repaired(pos, X, Y):
    """The gradient of the energy as it was."""
    return -calc_forces(pos, OFFSET + RCHANGE)
