"""The energy that couples an angle to two bonds takes the first bond's length in both terms, the force each its own."""

import numpy as np

SOURCE = "https://github.com/lammps/lammps/pull/4904"
THREAD = "lammps/lammps PR #4904 (review)"
DATE = "2026-03"
KIND = "cost"
FORMULA = (
    r"E_{ba} = D_1 (1 - e^{-\alpha_1 (r_1 - \bar r_1)}) \Delta\theta "
    r"+ D_2 (1 - e^{-\alpha_1 (r_1 - \bar r_1)}) \Delta\theta"
)
RIGHT = (
    r"E_{ba} = D_1 (1 - e^{-\alpha_1 (r_1 - \bar r_1)}) \Delta\theta "
    r"+ D_2 (1 - e^{-\alpha_2 (r_2 - \bar r_2)}) \Delta\theta"
)
READ = "code"
LAYER = [1]
NAMES = [{"another-cost"}]
NET = None  # angles between the bonds of a chain of atoms
BLOCKS = ["x[1]"]
SAMPLES = 2
LAM = 0.0
THETA0, K2, K3, K4 = 1.9, 3.0, -0.8, 0.4
BB_D0, BB_ALPHA, BB_R1, BB_R2 = 1.2, 0.9, 1.1, 0.95
BA_D1, BA_D2, BA_ALPHA1, BA_ALPHA2, BA_R1, BA_R2 = 1.5, 2.1, 0.8, 1.1, 1.1, 0.95


def start(rng):
    """Four atoms with two angles."""
    return np.array([[0.0, 0.0, 0.0], [1.2, 0.1, 0.0], [1.6, 1.1, 0.2], [2.6, 1.3, 0.7]]) + rng.uniform(
        -0.1, 0.1, (4, 3)
    )


def data(rng):
    """The three atoms of each angle."""
    return np.array([[0, 1, 2], [1, 2, 3]]), np.zeros((SAMPLES, 1))


def second(ba_ralpha1, ba_ralpha2):
    return ba_ralpha1


def second_new(ba_ralpha1, ba_ralpha2):
    return ba_ralpha2


def compute(x, anglelist, taken=second, f=None):
    energy = 0.0
    for i1, i2, i3 in anglelist:
        # 1st bond
        del1 = x[i1] - x[i2]
        rsq1 = del1 @ del1
        r1 = np.sqrt(rsq1)

        # 2nd bond
        del2 = x[i3] - x[i2]
        rsq2 = del2 @ del2
        r2 = np.sqrt(rsq2)

        # angle (cos and sin)
        c = del1 @ del2
        c /= r1 * r2
        s = 1.0 / np.sqrt(1.0 - c * c)

        # force & energy for angle term
        dtheta = np.arccos(c) - THETA0
        dtheta2 = dtheta * dtheta
        dtheta3 = dtheta2 * dtheta
        dtheta4 = dtheta3 * dtheta
        de_angle = 2.0 * K2 * dtheta + 3.0 * K3 * dtheta2 + 4.0 * K4 * dtheta3
        a = -de_angle * s
        a11 = a * c / rsq1
        a12 = -a / (r1 * r2)
        a22 = a * c / rsq2
        f1 = a11 * del1 + a12 * del2
        f3 = a22 * del2 + a12 * del1
        eangle = K2 * dtheta2 + K3 * dtheta3 + K4 * dtheta4

        # force & energy for bond-bond term
        bb_ralpha1 = np.exp(-BB_ALPHA * (r1 - BB_R1))
        bb_ralpha2 = np.exp(-BB_ALPHA * (r2 - BB_R2))
        tk1 = BB_D0 * BB_ALPHA * bb_ralpha2 * (1 - bb_ralpha1)
        tk2 = BB_D0 * BB_ALPHA * bb_ralpha1 * (1 - bb_ralpha2)
        f1 -= del1 * tk2 / r1
        f3 -= del2 * tk1 / r2
        eangle += BB_D0 * (1 - bb_ralpha1) * (1 - bb_ralpha2)

        # force & energy for bond-angle term
        ba_ralpha1 = np.exp(-BA_ALPHA1 * (r1 - BA_R1))
        ba_ralpha2 = np.exp(-BA_ALPHA2 * (r2 - BA_R2))
        of_force = second_new if f is None else f["taken"]
        aa1 = BA_D1 * (1 - ba_ralpha1) * s
        aa2 = BA_D2 * (1 - of_force(ba_ralpha1, ba_ralpha2)) * s
        v11 = aa1 * c / rsq1 * del1 - aa1 / (r1 * r2) * del2
        v12 = aa2 * c / rsq1 * del1 - aa2 / (r1 * r2) * del2
        v21 = aa1 * c / rsq2 * del2 - aa1 / (r1 * r2) * del1
        v22 = aa2 * c / rsq2 * del2 - aa2 / (r1 * r2) * del1
        b1 = BA_D1 * BA_ALPHA1 * ba_ralpha1 * dtheta / r1
        if of_force is second_new:
            b2 = BA_D2 * BA_ALPHA2 * ba_ralpha2 * dtheta / r2
        else:
            b1 += BA_D2 * BA_ALPHA1 * ba_ralpha1 * dtheta / r1
            b2 = 0.0
        f1 -= v11 + b1 * del1 + v12
        f3 -= v21 + b2 * del2 + v22
        eangle += BA_D1 * (1 - ba_ralpha1) * dtheta + BA_D2 * (1 - taken(ba_ralpha1, ba_ralpha2)) * dtheta

        # apply force to each of 3 atoms
        if f is not None:
            f["f"][i1] += f1
            f["f"][i2] -= f1 + f3
            f["f"][i3] += f3
        energy = energy + eangle
    return energy


def cost(x, X, Y):
    return compute(x, X)


def meant(x, X, Y):
    return compute(x, X, second_new)


def forces(x, X, taken):
    f = {"f": np.zeros_like(x), "taken": taken}
    compute(x, X, f=f)
    return f["f"]


def grad(x, X, Y):
    """The forces turned round."""
    return -forces(x, X, second_new)


def repaired(x, X, Y):
    """The gradient of the energy as it was."""
    return -forces(x, X, second)
