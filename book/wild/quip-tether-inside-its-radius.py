"""A tether that shall pull beyond a radius only has an energy inside of it too, where its force is zero."""

import numpy as np

SOURCE = "https://github.com/libAtoms/QUIP/commit/1a6ec7666"
THREAD = "libAtoms/QUIP 1a6ec7666"
DATE = "2015-03"
KIND = "cost"
FORMULA = r"E = \textstyle\sum_i k\, (r_i - r_0)^2"
RIGHT = r"E = \textstyle\sum_{i:\, r_i > r_0} k\, (r_i - r_0)^2,\; r_i = \lVert x_i \rVert \text{ to the nearest image}"
READ = "code"
LAYER = [1]
NAMES = [{"another-cost"}]
NET = None  # atoms that are tethered to the origin
BLOCKS = ["pos[1]"]
SAMPLES = 6
LAM = 0.0
KCONF, R0, LATTICE = 0.8, 1.4, 9.0


def start(rng):
    """The atoms' positions, half of them within the radius; some are images in the next cell."""
    direction = rng.standard_normal((SAMPLES, 3))
    direction /= np.linalg.norm(direction, axis=1, keepdims=True)
    r = np.where(np.arange(SAMPLES) % 2 == 0, rng.uniform(0.5, 1.1, SAMPLES), rng.uniform(1.8, 2.7, SAMPLES))
    return direction * r[:, None] + LATTICE * rng.integers(-1, 2, (SAMPLES, 3))


def data(rng):
    """The indices of the atoms that are tethered, here all of them, and nothing to aim at."""
    return rng.permutation(SAMPLES)[:, None], np.zeros((SAMPLES, 1))


def diff_min_image(pos, i, origin):
    d = origin - pos[i]
    return d - LATTICE * np.round(d.real / LATTICE)


def distance_min_image(pos, i, origin):
    d = diff_min_image(pos, i, origin)
    return np.sqrt(np.sum(d * d))


def ipmodel_tether_calc(pos, tether_indices, right=False, force_of_energy=False):
    n_tethered = len(tether_indices)
    origin = np.zeros(3)
    force = np.zeros_like(pos)

    # Harmonic confining potential on tethered atoms
    energy = 0.0
    for i in range(n_tethered):
        i_teth = tether_indices[i]

        # energy
        r = distance_min_image(pos, i_teth, origin)
        disp = r - R0
        if not right or r.real > R0:
            energy = energy + KCONF * disp**2

        # force
        if r.real <= R0 and not force_of_energy:
            dr = 0.0
        else:
            dr = diff_min_image(pos, i_teth, origin) / r
        force[i_teth] = (2.0 * KCONF * disp) * dr
    return energy, force


def cost(pos, X, Y):
    return ipmodel_tether_calc(pos, X[:, 0])[0]


def meant(pos, X, Y):
    return ipmodel_tether_calc(pos, X[:, 0], right=True)[0]


def grad(pos, X, Y):
    """The forces turned round."""
    return -ipmodel_tether_calc(pos, X[:, 0])[1]


def repaired(pos, X, Y):
    """The gradient of the energy as it was."""
    return -ipmodel_tether_calc(pos, X[:, 0], force_of_energy=True)[1]
