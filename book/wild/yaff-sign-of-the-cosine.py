"""The derivative of a cosine between bonds turns the gradient's sign with their directions, but not the value's."""

import numpy as np

SOURCE = "https://github.com/molmod/yaff/commit/272e26b"
THREAD = "molmod/yaff 272e26b"
DATE = "2011-04"
KIND = "gradient"
FORMULA = (
    r"\partial c / \partial \delta_0 = \frac{s_0 s_1}{d_0} (e_1 - c\, e_0),\; c = s_0 s_1\, e_0 \cdot e_1,\; "
    r"s_0, s_1 = \pm 1"
)
RIGHT = r"\partial c / \partial \delta_0 = \frac{s_0 s_1}{d_0} (e_1 - s_0 s_1 c\, e_0),\; c = s_0 s_1\, e_0 \cdot e_1"
READ = "code"
GROUP = "factor"
LAYER = [1]
NAMES = []
NET = None  # angles between chemical bonds
BLOCKS = ["pos[1]"]
SAMPLES = 3
LAM = 0.0
PAIRS = [(1, 0), (2, 1), (3, 2), (3, 0)]  # each a difference of two atoms' places
BENDS = [(0, 1, -1, 1), (1, 2, -1, 1), (2, 3, 1, 1)]  # two differences and their directions


def start(rng):
    return rng.standard_normal((4, 3))


def data(rng):
    """The constants of the angles, and their cosines at rest."""
    return rng.uniform(0.5, 2, (SAMPLES, 1)), rng.uniform(-0.5, 0.5, SAMPLES)


class DeltaList:
    def __init__(self, pos):
        self.deltas = np.array([pos[i] - pos[j] for i, j in PAIRS])
        self.g = np.zeros_like(self.deltas)

    def back(self, gpos):
        for (i, j), g in zip(PAIRS, self.g):
            gpos[i] += g
            gpos[j] -= g


class InternalCoordinate:
    def __init__(self, i0, i1, sign0, sign1):
        self.i0, self.i1, self.sign0, self.sign1 = i0, i1, sign0, sign1


def forward_bend_cos(ic, deltas):
    delta0, delta1 = deltas[ic.i0], deltas[ic.i1]
    d0, d1 = np.sqrt(np.sum(delta0**2)), np.sqrt(np.sum(delta1**2))
    dot = np.sum(delta0 * delta1)
    return ic.sign0 * ic.sign1 * dot / d0 / d1


def back_bend_cos(ic, dlist, value, grad):
    delta0, delta1 = dlist.deltas[ic.i0], dlist.deltas[ic.i1]
    d0, d1 = np.sqrt(np.sum(delta0**2)), np.sqrt(np.sum(delta1**2))
    e0, e1 = delta0 / d0, delta1 / d1
    grad *= ic.sign0 * ic.sign1
    fac = grad / d0
    dlist.g[ic.i0] += fac * (e1 - value * e0)
    fac = grad / d1
    dlist.g[ic.i1] += fac * (e0 - value * e1)


def back_bend_cos_repaired(ic, dlist, value, grad):
    delta0, delta1 = dlist.deltas[ic.i0], dlist.deltas[ic.i1]
    d0, d1 = np.sqrt(np.sum(delta0**2)), np.sqrt(np.sum(delta1**2))
    e0, e1 = delta0 / d0, delta1 / d1
    fac = ic.sign0 * ic.sign1
    grad *= fac
    value *= fac
    fac = grad / d0
    dlist.g[ic.i0] += fac * (e1 - value * e0)
    fac = grad / d1
    dlist.g[ic.i1] += fac * (e0 - value * e1)


def compute(pos, X, Y, back_bend_cos):
    """Harmonic terms."""
    dlist = DeltaList(pos)
    energy, gpos = 0.0, np.zeros_like(pos)
    for bend, k, rest in zip(BENDS, X[:, 0], Y):
        ic = InternalCoordinate(*bend)
        value = forward_bend_cos(ic, dlist.deltas)
        energy += 0.5 * k * (value - rest) ** 2
        back_bend_cos(ic, dlist, value, k * (value - rest))
    dlist.back(gpos)
    return energy, gpos


def cost(pos, X, Y):
    return compute(pos, X, Y, back_bend_cos)[0]


def grad(pos, X, Y):
    return compute(pos, X, Y, back_bend_cos)[1]


def repaired(pos, X, Y):
    return compute(pos, X, Y, back_bend_cos_repaired)[1]
