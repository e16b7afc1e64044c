"""An issue finds a power of the distance too many in a bond's force, but reads the force over it: that is right."""

import numpy as np

SOURCE = "https://github.com/lammps/lammps/issues/3466"
THREAD = "lammps/lammps #3466"
DATE = "2022-09"
KIND = "right"
FORMULA = r"f / r = -\dfrac{k}{r} \bigl( d^2 (d_a + d_b) + 2 d\, d_a d_b \bigr) + 48\, r^{-6} (r^{-6} - \tfrac12) / r^2"
RIGHT = r"E = k\, d^2 d_a d_b + u_0 + 4 r^{-6} (r^{-6} - 1) + 1,\; d = r - r_c,\; d_a = d - b_1,\; d_b = d - b_2"
READ = "code"
LAYER = []
NAMES = []
NET = None  # bonds of a chain of atoms
BLOCKS = ["x[1]"]
SAMPLES = 3
LAM = 0.0
K, B1, B2, RC, U0 = 120.0, -0.55, 0.25, 1.3, 3.5
TWO_1_3 = 2.0 ** (1.0 / 3.0)


def start(rng):
    """Four atoms in a chain: two bonds are short, one is long."""
    x = np.zeros((4, 3))
    x[:, 0] = [0.0, 0.93, 1.96, 3.16]
    return x + rng.uniform(-0.03, 0.03, (4, 3))


def data(rng):
    """The two atoms of each bond."""
    return np.array([[0, 1], [1, 2], [2, 3]]), np.zeros((SAMPLES, 1))


def compute(x, bondlist, f=None):
    energy = 0.0
    for i1, i2 in bondlist:
        delx = x[i1] - x[i2]
        rsq = delx @ delx

        # a bond that is too long is broken
        if rsq.real > RC * RC:
            continue

        # quartic bond
        # 1st portion is from quartic term
        # 2nd portion is from LJ term cut at 2^(1/6) with eps = sigma = 1.0
        r = np.sqrt(rsq)
        dr = r - RC
        r2 = dr * dr
        ra = dr - B1
        rb = dr - B2
        fbond = -K / r * (r2 * (ra + rb) + 2.0 * dr * ra * rb)

        if rsq.real < TWO_1_3:
            sr2 = 1.0 / rsq
            sr6 = sr2 * sr2 * sr2
            fbond += 48.0 * sr6 * (sr6 - 0.5) / rsq

        ebond = K * r2 * ra * rb + U0
        if rsq.real < TWO_1_3:
            ebond += 4.0 * sr6 * (sr6 - 1.0) + 1.0
        energy = energy + ebond

        # apply force to each of 2 atoms
        if f is not None:
            f[i1] += delx * fbond
            f[i2] -= delx * fbond
    return energy


def cost(x, X, Y):
    return compute(x, X)


def grad(x, X, Y):
    """The forces turned round."""
    f = np.zeros_like(x)
    compute(x, X, f)
    return -f


def repaired(x, X, Y):
    return grad(x, X, Y)
