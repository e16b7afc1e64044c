"""A distance restraint's energy stays a parabola beyond the second bound, where the force is constant."""

import numpy as np

SOURCE = "https://github.com/gromacs/gromacs/commit/cdf9e401af"
THREAD = "gromacs/gromacs cdf9e401af, GitLab #4346"
DATE = "2022-02"
KIND = "cost"
FORMULA = r"V = \textstyle\sum_r \tfrac12 k_r v_r^2,\; v_r = r - u_1 \text{ above } u_1,\; r - l \text{ below } l"
RIGHT = (
    r"V = \textstyle\sum_r \tfrac12 k_r v_r^2 \text{ for } v_r \le u_2 - u_1,\; "
    r"\tfrac12 k_r (u_2 - u_1)(2 v_r + u_1 - u_2) \text{ beyond}"
)
READ = "code"
LAYER = [1]
NAMES = [{"another-cost"}]
NET = None  # restraints on distances between atoms
BLOCKS = ["x[1]"]
SAMPLES = 6
LAM = 0.0
NATOMS, DIM = 6, 3
DR_FC = 1.3


def start(rng):
    """The atoms' positions."""
    return np.array([[i % 2, i // 2 % 2, i // 4] for i in range(NATOMS)]) + rng.uniform(-0.3, 0.3, (NATOMS, DIM))


def data(rng):
    """Two atoms, low, up1, up2 and kfac of each restraint: two far above, two a little above, one below, one inside."""
    pairs = [(0, 5), (1, 4), (0, 1), (2, 3), (0, 2), (3, 5)]
    low, up1, up2 = np.array(
        [[0.1, 0.2, 0.4], [0.1, 0.2, 0.5], [0.1, 0.2, 9.0], [0.1, 0.2, 9.0], [3.0, 4.0, 4.5], [0.05, 9.0, 9.5]]
    ).T
    return np.column_stack([pairs, low, up1, up2, rng.uniform(0.5, 1.5, SAMPLES)]), np.zeros((SAMPLES, 1))


def invsixthroot(x):
    return x ** (-1.0 / 6.0)


def ta_disres(forceatoms, x, f, right=False, force_of_energy=False):
    """One pair a restraint, without averages over time and without mixing."""
    smooth_fc = DR_FC
    vtot = 0
    tav_viol = 0
    f_scal = 0
    for fa in forceatoms:
        ai, aj = int(fa[0]), int(fa[1])
        low, up1, up2, kfac = fa[2:]
        npair = 1
        k0 = smooth_fc * kfac
        dx = x[ai] - x[aj]
        rt2 = dx @ dx
        Rtav = invsixthroot(1 / rt2**3)

        if Rtav.real > up1:
            bViolation = True
            tav_viol = Rtav - up1
        elif Rtav.real < low:
            bViolation = True
            tav_viol = Rtav - low
        else:
            bViolation = False

        if bViolation:
            # Add 1/npair energy and violation for each of the npair pairs
            pairFac = 1 / npair

            # NOTE: there is no real potential when time averaging is applied
            if right and tav_viol.real > up2 - up1:
                vtot += 0.5 * k0 * (up2 - up1) * (2 * tav_viol + up1 - up2) * pairFac
            else:
                vtot += 0.5 * k0 * tav_viol**2 * pairFac
            f_scal = -k0 * tav_viol

        if bViolation and f is not None:
            fmax_scal = -k0 * (up2 - up1)
            # Correct the force for the number of restraints
            f_scal /= npair
            if not force_of_energy:
                f_scal = max(f_scal, fmax_scal)

            # Exert the force ...
            weight_rt_1 = 1 / np.sqrt(rt2)
            fk_scal = f_scal * weight_rt_1
            for m in range(DIM):
                fij = fk_scal * dx[m]
                f[ai][m] += fij
                f[aj][m] -= fij
    return vtot


def cost(x, X, Y):
    return ta_disres(X, x, None)


def meant(x, X, Y):
    return ta_disres(X, x, None, right=True)


def grad(x, X, Y):
    """The forces turned round."""
    f = np.zeros_like(x)
    ta_disres(X, x, f)
    return -f


def repaired(x, X, Y):
    """The gradient of the energy as it was."""
    f = np.zeros_like(x)
    ta_disres(X, x, f, force_of_energy=True)
    return -f
