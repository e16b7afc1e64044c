"""An energy of maps leaves out the factor in its exponential, and only of solids; the weights of its steps have it."""

import numpy as np

SOURCE = "https://github.com/libigl/libigl/issues/1904"
THREAD = "libigl/libigl #1904, PR #1940, 0c5c52681"
DATE = "2021-10"
KIND = "cost"
FORMULA = (
    r"E = \textstyle\sum_i A_i \exp \dfrac{s_1^2 + s_2^2 + s_3^2}{3\, (s_1 s_2 s_3)^{2/3}},\; "
    r"s = \text{singular values of } J_i"
)
RIGHT = r"E = \textstyle\sum_i A_i \exp \Bigl(f\, \dfrac{s_1^2 + s_2^2 + s_3^2}{3\, (s_1 s_2 s_3)^{2/3}}\Bigr)"
READ = "code"
LAYER = [1]
NAMES = [{"another-cost"}]
NET = None  # the distortion of tetrahedra
BLOCKS = ["Ji[1]"]
SAMPLES = 4
LAM = 0.0
EXP_FACTOR = 2.0


def start(rng):
    """A map's Jacobian for each tetrahedron, row by row."""
    return np.eye(3).ravel() + 0.25 * rng.standard_normal((SAMPLES, 9))


def data(rng):
    """Volumes, and nothing to aim at."""
    return rng.uniform(0.5, 1.5, (SAMPLES, 1)), np.zeros((SAMPLES, 1))


def polar_svd(ji):
    ui, sing, vit = np.linalg.svd(ji)
    if np.linalg.det(ui @ vit) < 0:
        ui[:, -1] *= -1
        sing[-1] *= -1
    return ui, sing, vit.T


def mapping_energy_with_jacobians(Ji, areas, slim_energy, exp_factor, right=False):
    energy = 0
    for i in range(len(Ji)):
        ji = Ji[i].reshape(3, 3)
        ui, sing, vi = polar_svd(ji)
        s1, s2, s3 = sing
        if slim_energy == "CONFORMAL":
            energy += areas[i] * ((s1**2 + s2**2 + s3**2) / (3 * (s1 * s2 * s3) ** (2.0 / 3.0)))
        elif slim_energy == "EXP_CONFORMAL":
            if right:
                energy += areas[i] * np.exp(exp_factor * (s1**2 + s2**2 + s3**2) / (3 * (s1 * s2 * s3) ** (2.0 / 3.0)))
            else:
                energy += areas[i] * np.exp((s1**2 + s2**2 + s3**2) / (3 * (s1 * s2 * s3) ** (2.0 / 3.0)))
    return energy


def by_singular_values(Ji, areas, exp_f):
    """The slopes that the weights are made of, turned back into the Jacobians' coordinates."""
    g = np.zeros_like(Ji)
    for i in range(len(Ji)):
        ui, sing, vi = polar_svd(Ji[i].reshape(3, 3))
        s1, s2, s3 = sing
        common_div = 9 * (s1 * s2 * s3) ** (5.0 / 3.0)
        s1_g = (-2 * s2 * s3 * (s2**2 + s3**2 - 2 * s1**2)) / common_div
        s2_g = (-2 * s1 * s3 * (s1**2 + s3**2 - 2 * s2**2)) / common_div
        s3_g = (-2 * s1 * s2 * (s1**2 + s2**2 - 2 * s3**2)) / common_div
        in_exp = exp_f * ((s1**2 + s2**2 + s3**2) / (3 * (s1 * s2 * s3) ** (2.0 / 3)))
        exp_thing = np.exp(in_exp)
        s1_g *= exp_thing * exp_f
        s2_g *= exp_thing * exp_f
        s3_g *= exp_thing * exp_f
        g[i] = areas[i] * (ui @ np.diag([s1_g, s2_g, s3_g]) @ vi.T).ravel()
    return g


def cost(Ji, X, Y):
    return mapping_energy_with_jacobians(Ji, X[:, 0], "EXP_CONFORMAL", EXP_FACTOR)


def meant(Ji, X, Y):
    return mapping_energy_with_jacobians(Ji, X[:, 0], "EXP_CONFORMAL", EXP_FACTOR, right=True)


def grad(Ji, X, Y):
    return by_singular_values(Ji, X[:, 0], EXP_FACTOR)


def repaired(Ji, X, Y):
    """The gradient of the energy as it was."""
    return by_singular_values(Ji, X[:, 0], 1.0)
