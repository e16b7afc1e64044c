"""A spin's energy of rotational anisotropy ends in a square where its field is that of a fourth power."""

import numpy as np

SOURCE = "https://github.com/richard-evans/vampire/commit/070b94ac"
THREAD = "richard-evans/vampire 070b94ac"
DATE = "2023-12"
KIND = "cost"
FORMULA = r"E = -\textstyle\sum_i k\, (S_x^4 - 6 S_x^2 S_y^2 + S_y^2)"
RIGHT = r"E = -\textstyle\sum_i k\, (S_x^4 - 6 S_x^2 S_y^2 + S_y^4),\; S_x = s_i \cdot f,\; S_y = s_i \cdot g"
READ = "code"
LAYER = [1]
NAMES = [{"another-cost"}]
NET = None  # spins in a crystal of two materials
BLOCKS = ["spin_array[1]"]
SAMPLES = 6
LAM = 0.0
FOUR, SIX = 4.0, 6.0
K4R4 = [0.8, 1.3]


def start(rng):
    spins = rng.standard_normal((SAMPLES, 3))
    return spins / np.linalg.norm(spins, axis=1, keepdims=True)


def data(rng):
    """The spins' materials, and the two axes of each material."""
    axes = np.array([np.linalg.qr(rng.standard_normal((3, 3)))[0][:, :2].T for _ in K4R4])
    return (np.arange(SAMPLES) % len(K4R4))[:, None], axes


def fourth_order_theta_fourth_order_phi_fields(spin_array, atom_material_array, kr_vector, kl_vector):
    field_array = np.zeros_like(spin_array)
    for atom in range(len(spin_array)):
        sx, sy, sz = spin_array[atom]
        mat = atom_material_array[atom]
        fx, fy, fz = kr_vector[mat]
        gx, gy, gz = kl_vector[mat]

        # calculate S_x and S_x^3 parts
        Sx = sx * fx + sy * fy + sz * fz
        Sx2 = Sx * Sx

        # calculate S_y and S_y^3 parts
        Sy = sx * gx + sy * gy + sz * gz
        Sy2 = Sy * Sy

        # get reduced anisotropy constant ku/mu_s
        four_k4r4 = FOUR * K4R4[mat]

        # calculate full form to add to field
        fullx = four_k4r4 * Sx * (Sx2 - 3 * Sy2)
        fully = four_k4r4 * Sy * (Sy2 - 3 * Sx2)

        field_array[atom] += fullx * np.array([fx, fy, fz])
        # sum y-component of field, where y-direction is represented by gx, gy, gz
        field_array[atom] += fully * np.array([gx, gy, gz])
    return field_array


def fourth_order_theta_fourth_order_phi_energy(mat, sx, sy, sz, kr_vector, kl_vector, right=False):
    k4r4 = K4R4[mat]
    fx, fy, fz = kr_vector[mat]
    gx, gy, gz = kl_vector[mat]

    # calculate sin^4{theta}cos{4phi} = Sx^4 - 6 Sx^2 * Sy^2 + Sy^4
    Sx = sx * fx + sy * fy + sz * fz
    Sx2 = Sx * Sx

    Sy = sx * gx + sy * gy + sz * gz
    Sy2 = Sy * Sy

    if right:
        return -k4r4 * (Sx2 * Sx2 - SIX * Sx2 * Sy2 + Sy2 * Sy2)
    return -k4r4 * (Sx2 * Sx2 - SIX * Sx2 * Sy2 + Sy * Sy)


def energy(spins, X, Y, right=False):
    kr_vector, kl_vector = Y[:, 0], Y[:, 1]
    total = 0
    for mat, (sx, sy, sz) in zip(X[:, 0], spins):
        total = total + fourth_order_theta_fourth_order_phi_energy(mat, sx, sy, sz, kr_vector, kl_vector, right)
    return total


def cost(spins, X, Y):
    return energy(spins, X, Y)


def meant(spins, X, Y):
    return energy(spins, X, Y, right=True)


def grad(spins, X, Y):
    """The fields turned round."""
    return -fourth_order_theta_fourth_order_phi_fields(spins, X[:, 0], Y[:, 0], Y[:, 1])


def repaired(spins, X, Y):
    """The gradient of the energy as it was."""
    g = grad(spins, X, Y)
    for atom, mat in enumerate(X[:, 0]):
        Sy = spins[atom] @ Y[mat, 1]
        g[atom] += K4R4[mat] * (4 * Sy**3 - 2 * Sy) * Y[mat, 1]
    return g
