"""A question finds a plus before the neighbours' forces where a paper has a minus, yet the code is right."""

import numpy as np

SOURCE = "https://github.com/deepmodeling/deepmd-kit/issues/3674"
THREAD = "deepmodeling/deepmd-kit #3674"
DATE = "2024-04"
KIND = "right"
FORMULA = (
    r"F_i = -\textstyle\sum_a \frac{\partial E_i}{\partial D_{ia}} \frac{\partial D_{ia}}{\partial r_i},\; "
    r"F_j = +\textstyle\sum_{i, a \in j} \frac{\partial E_i}{\partial D_{ia}} \frac{\partial D_{ia}}{\partial r_i}"
)
RIGHT = (
    r"F = -\partial \textstyle\sum_i E_i / \partial r,\; "
    r"\partial D_{ia} / \partial r_j = -\partial D_{ia} / \partial r_i"
)
READ = "code"
LAYER = []
NAMES = []
NET = None  # atoms in space
BLOCKS = ["coord[1]"]
SAMPLES = 5
LAM = 0.0
NNEI = 3
NLIST = np.array([[1, 2, 3], [0, 4, -1], [0, 3, 4], [2, 0, 4], [1, 3, -1]])


def start(rng):
    """The atoms' places."""
    places = np.array([[0, 0, 0], [1.5, 0, 0], [0, 1.5, 0], [0, 0, 1.5], [1.4, 1.4, 1.4]])
    return places + 0.2 * rng.standard_normal((SAMPLES, 3))


def data(rng):
    """The linear and the square part of the energy in each atom's descriptor."""
    return 0.5 * rng.standard_normal((SAMPLES, 4 * NNEI)), 0.3 * rng.standard_normal((SAMPLES, 4 * NNEI))


def env_mat_a(coord):
    """The environment of each atom, four numbers for a neighbour, and its derivatives by the atom's own place."""
    em = np.zeros((SAMPLES, 4 * NNEI), dtype=coord.dtype)
    em_deriv = np.zeros((SAMPLES, 4 * NNEI, 3), dtype=coord.dtype)
    for ii in range(SAMPLES):
        for jj in range(NNEI):
            j_idx = NLIST[ii, jj]
            if j_idx < 0:
                continue
            rr = coord[j_idx] - coord[ii]
            inr2 = 1 / np.sum(rr * rr)
            inr4 = inr2 * inr2
            inr3 = inr4 * np.sqrt(1 / inr2)
            em[ii, 4 * jj] = np.sqrt(inr2)
            em[ii, 4 * jj + 1 : 4 * jj + 4] = rr * inr2
            em_deriv[ii, 4 * jj] = rr * inr3
            em_deriv[ii, 4 * jj + 1 : 4 * jj + 4] = 2 * np.outer(rr, rr) * inr4 - inr2 * np.eye(3)
    return em, em_deriv


def atom_ener(em, X, Y):
    return np.sum(X * em + 0.5 * Y * em**2, axis=1) + 0.1 * np.sum(X * em, axis=1) ** 2


def net_derivatives(em, X, Y):
    return X + Y * em + 0.2 * np.sum(X * em, axis=1, keepdims=True) * X


def prod_force_a_cpu(net_deriv, env_deriv, nlist):
    force = np.zeros((SAMPLES, 3), dtype=net_deriv.dtype)
    for i_idx in range(SAMPLES):
        # deriv wrt center atom
        for aa in range(4 * NNEI):
            force[i_idx] -= net_deriv[i_idx, aa] * env_deriv[i_idx, aa]
        # deriv wrt neighbors
        for jj in range(NNEI):
            j_idx = nlist[i_idx, jj]
            if j_idx < 0:
                continue
            for aa in range(4 * jj, 4 * jj + 4):
                force[j_idx] += net_deriv[i_idx, aa] * env_deriv[i_idx, aa]
    return force


def cost(coord, X, Y):
    em, _ = env_mat_a(coord)
    return np.sum(atom_ener(em, X, Y))


def grad(coord, X, Y):
    em, em_deriv = env_mat_a(coord)
    return -prod_force_a_cpu(net_derivatives(em, X, Y), em_deriv, NLIST)


repaired = grad
