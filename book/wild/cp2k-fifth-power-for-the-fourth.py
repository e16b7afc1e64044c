"""The energy of a quartic wall has one factor too many, and is of the fifth power; its force is of the third."""

import numpy as np

SOURCE = "https://github.com/cp2k/cp2k/issues/318"
THREAD = "cp2k/cp2k #318, PR #5687"
DATE = "2019-04"
KIND = "cost"
FORMULA = r"E = \textstyle\sum_i \sum_w K\, d_{iw}\, d_{iw}^4,\; d_{iw} = s_i - s_w \text{ beyond the wall, else } 0"
RIGHT = r"E = \textstyle\sum_i \sum_w K\, d_{iw}^4,\; d_{iw} = s_i - s_w \text{ beyond the wall, else } 0"
READ = "code"
LAYER = [1]
NAMES = [{"another-cost"}]
NET = None  # walls on either side of collective variables
BLOCKS = ["ss0[1]"]
SAMPLES = 6
LAM = 0.0
K_QUARTIC, K_QUADRATIC = 1.5, 0.7


def start(rng):
    """The collective variables' values, most of them beyond one of their walls."""
    return 1.5 * rng.standard_normal(SAMPLES)


def data(rng):
    """A lower and an upper wall for each variable, and nothing to aim at."""
    return np.column_stack([-rng.uniform(0.2, 0.5, SAMPLES), rng.uniform(0.2, 0.5, SAMPLES)]), np.zeros((SAMPLES, 1))


def metavar_read(X):
    """Each variable has two quartic walls and a quadratic one."""
    metavar = []
    for lower, upper in X:
        walls = [
            dict(type="quartic", direction="m", pos0=lower + 0.05 / K_QUARTIC**0.25),
            dict(type="quartic", direction="p", pos0=upper - 0.05 / K_QUARTIC**0.25),
            dict(type="quadratic", direction="p", pos=upper),
        ]
        metavar.append(walls)
    return metavar


def meta_walls(ss0, metavar, right=False, force_of_energy=False):
    epot_walls = np.zeros_like(ss0)
    ff_walls = np.zeros_like(ss0)
    for ih in range(len(ss0)):
        for wall in metavar[ih]:
            if wall["type"] == "quadratic":
                diff_ss = ss0[ih] - wall["pos"]
                efunc = K_QUADRATIC * diff_ss**2
                dfunc = 2.0 * K_QUADRATIC * diff_ss
            elif wall["type"] == "quartic":
                diff_ss = ss0[ih] - wall["pos0"]
                efunc = K_QUARTIC * diff_ss**4 if right else K_QUARTIC * diff_ss * diff_ss**4
                dfunc = 4.0 * K_QUARTIC * diff_ss**3
                if force_of_energy:
                    dfunc = 5.0 * K_QUARTIC * diff_ss**4
            if wall["direction"] == "p":
                if diff_ss.real > 0.0:
                    ff_walls[ih] = ff_walls[ih] - dfunc
                    epot_walls[ih] = epot_walls[ih] + efunc
            elif wall["direction"] == "m":
                if diff_ss.real < 0.0:
                    ff_walls[ih] = ff_walls[ih] - dfunc
                    epot_walls[ih] = epot_walls[ih] + efunc
    return epot_walls, ff_walls


def cost(ss0, X, Y):
    return np.sum(meta_walls(ss0, metavar_read(X))[0])


def meant(ss0, X, Y):
    return np.sum(meta_walls(ss0, metavar_read(X), right=True)[0])


def grad(ss0, X, Y):
    """The forces turned round."""
    return -meta_walls(ss0, metavar_read(X))[1]


def repaired(ss0, X, Y):
    """The gradient of the energy as it was."""
    return -meta_walls(ss0, metavar_read(X), force_of_energy=True)[1]
