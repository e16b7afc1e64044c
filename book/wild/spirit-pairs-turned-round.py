"""Each pair of spins is counted again the other way round with the same sign, so that its twisting energy cancels."""

import numpy as np

SOURCE = "https://github.com/spirit-code/spirit/commit/391a408ca2bfa2e213d141be52ea79b0468c1446"
THREAD = "spirit-code/spirit 391a408c"
DATE = "2017-11"
KIND = "cost"
FORMULA = (
    r"E = -\textstyle\sum_i h_i \cdot s_i - \sum_{ij} J_{ij}\, s_i \cdot s_j "
    r"- \sum_{ij} \tfrac12 D_{ij} \bigl(n_{ij} \cdot (s_i \times s_j) + n_{ij} \cdot (s_j \times s_i)\bigr)"
)
RIGHT = (
    r"E = -\textstyle\sum_i h_i \cdot s_i - \sum_{ij} J_{ij}\, s_i \cdot s_j "
    r"- \sum_{ij} \tfrac12 D_{ij} \bigl(n_{ij} \cdot (s_i \times s_j) - n_{ij} \cdot (s_j \times s_i)\bigr)"
)
READ = "code"  # as it is compiled with OpenMP
LAYER = [1]
NAMES = [{"another-cost"}]
NET = None  # spins on a lattice
BLOCKS = ["spins[1]"]
SAMPLES = 6
LAM = 0.0
N_CELLS = (3, 2, 1)
BOUNDARY_CONDITIONS = (False, False, False)
EXCHANGE_PAIRS, EXCHANGE_MAGNITUDES = [(1, 0, 0), (0, 1, 0)], [1.1, 0.7]
DMI_PAIRS, DMI_MAGNITUDES = [(1, 0, 0), (0, 1, 0), (1, 1, 0)], [0.9, 1.3, 0.6]
DMI_NORMALS = np.array([[0.6, 0.0, 0.8], [0.0, 1.0, 0.0], [0.48, 0.6, 0.64]])


def start(rng):
    spins = rng.standard_normal((SAMPLES, 3))
    return spins / np.linalg.norm(spins, axis=1, keepdims=True)


def data(rng):
    """A field at each spin, and nothing to aim at."""
    return 0.5 * rng.standard_normal((SAMPLES, 3)), np.zeros((SAMPLES, 1))


def idx_from_translations(da, db, dc):
    Na, Nb, _ = N_CELLS
    return da + Na * db + Na * Nb * dc


def idx_from_pair(ispin, pair, invert=False):
    Na, Nb, _ = N_CELLS
    nic = ispin // (Na * Nb)
    nib = (ispin - nic * Na * Nb) // Na
    nia = ispin - nic * Na * Nb - nib * Na
    pm = -1 if invert else 1
    cell = []
    for n, translation, N, periodic in zip((nia, nib, nic), pair, N_CELLS, BOUNDARY_CONDITIONS):
        n = n + pm * translation
        if not (periodic or 0 <= n < N):
            return -1
        cell.append(n % N)
    return idx_from_translations(*cell)


def cross(a, b):
    return np.array([a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]])


def cells():
    Na, Nb, Nc = N_CELLS
    return [(da, db, dc) for da in range(Na) for db in range(Nb) for dc in range(Nc)]


def E_Zeeman(spins, external_field, Energy):
    for ispin in range(len(spins)):
        Energy[ispin] -= np.sum(external_field[ispin] * spins[ispin])


def E_Exchange(spins, magnitudes, Energy):
    for translations in cells():
        for i_pair in range(len(EXCHANGE_PAIRS)):
            ispin = idx_from_translations(*translations)
            for invert in (False, True):
                jspin = idx_from_pair(ispin, EXCHANGE_PAIRS[i_pair], invert)
                if jspin >= 0:
                    Energy[ispin] -= 0.5 * magnitudes[i_pair] * np.sum(spins[ispin] * spins[jspin])


def E_DMI(spins, magnitudes, Energy, right):
    for translations in cells():
        for i_pair in range(len(DMI_PAIRS)):
            ispin = idx_from_translations(*translations)
            jspin = idx_from_pair(ispin, DMI_PAIRS[i_pair])
            if jspin >= 0:
                Energy[ispin] -= (
                    0.5 * magnitudes[i_pair] * np.sum(DMI_NORMALS[i_pair] * cross(spins[ispin], spins[jspin]))
                )

            # the inverse pair
            jspin2 = idx_from_pair(ispin, DMI_PAIRS[i_pair], True)
            if jspin2 >= 0:
                e = 0.5 * magnitudes[i_pair] * np.sum(DMI_NORMALS[i_pair] * cross(spins[ispin], spins[jspin2]))
                if right:
                    Energy[ispin] += e
                else:
                    Energy[ispin] -= e


def Gradient_Zeeman(external_field, gradient):
    for ispin in range(len(gradient)):
        gradient[ispin] -= external_field[ispin]


def Gradient_Exchange(spins, magnitudes, gradient):
    for translations in cells():
        for i_pair in range(len(EXCHANGE_PAIRS)):
            ispin = idx_from_translations(*translations)
            for invert in (False, True):
                jspin = idx_from_pair(ispin, EXCHANGE_PAIRS[i_pair], invert)
                if jspin >= 0:
                    gradient[ispin] -= magnitudes[i_pair] * spins[jspin]


def Gradient_DMI(spins, magnitudes, gradient):
    for translations in cells():
        for i_pair in range(len(DMI_PAIRS)):
            ispin = idx_from_translations(*translations)
            jspin = idx_from_pair(ispin, DMI_PAIRS[i_pair])
            if jspin >= 0:
                gradient[ispin] -= magnitudes[i_pair] * cross(spins[jspin], DMI_NORMALS[i_pair])
            jspin2 = idx_from_pair(ispin, DMI_PAIRS[i_pair], True)
            if jspin2 >= 0:
                gradient[ispin] += magnitudes[i_pair] * cross(spins[jspin2], DMI_NORMALS[i_pair])


def energy(spins, X, right):
    Energy = np.zeros_like(spins[:, 0])
    E_Zeeman(spins, X, Energy)
    E_Exchange(spins, EXCHANGE_MAGNITUDES, Energy)
    E_DMI(spins, DMI_MAGNITUDES, Energy, right)
    return np.sum(Energy)


def cost(spins, X, Y):
    return energy(spins, X, False)


def meant(spins, X, Y):
    return energy(spins, X, True)


def grad(spins, X, Y):
    gradient = np.zeros_like(spins)
    Gradient_Zeeman(X, gradient)
    Gradient_Exchange(spins, EXCHANGE_MAGNITUDES, gradient)
    Gradient_DMI(spins, DMI_MAGNITUDES, gradient)
    return gradient


def repaired(spins, X, Y):
    """The gradient of the energy as it was: without the last interaction."""
    gradient = np.zeros_like(spins)
    Gradient_Zeeman(X, gradient)
    Gradient_Exchange(spins, EXCHANGE_MAGNITUDES, gradient)
    return gradient
