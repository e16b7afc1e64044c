"""Readers miss the minus in the derivative of an energy, which comes where the two atoms get their shares."""

import numpy as np
from scipy.special import erfc

SOURCE = "https://github.com/openmm/NNPOps/issues/130"
THREAD = "openmm/NNPOps #130"
DATE = "2026-02"
KIND = "right"
FORMULA = (
    r"\partial E / \partial x_1 = -e\, (x_1 - x_2) / r,\; e = \tfrac{q_1 q_2}{r^2} \bigl(\mathrm{erfc}(\alpha "
    r"r) + \tfrac{2 \alpha r}{\sqrt\pi} e^{-\alpha^2 r^2}\bigr),\; E = \tfrac{q_1 q_2}{r} "
    r"\mathrm{erfc}(\alpha r)"
)
RIGHT = r"\partial E / \partial x_1 = \tfrac{dE}{dr}\, (x_1 - x_2) / r,\; +e\, (x_1 - x_2) / r\ \text{is none}"
READ = "code"
LAYER = []
NAMES = []
ATOMS, ALPHA = 4, 0.5
NET = None  # energies of atoms
BLOCKS = ["places[1]"]
SAMPLES = 6
LAM = 0.0


def start(rng):
    """The places of the atoms."""
    return np.arange(ATOMS)[:, None] + 0.3 * rng.standard_normal((ATOMS, 3))


def data(rng):
    """The charges of the atoms, in several states, and the energies that were measured."""
    return rng.standard_normal((SAMPLES, ATOMS)), rng.standard_normal((SAMPLES, 1))


def pairs(params):
    """Of each pair of atoms: which they are, how far apart, and the rest of erf at the distance."""
    first, second = np.triu_indices(ATOMS, 1)
    apart = params[first] - params[second]
    r = np.sqrt(np.sum(apart**2, axis=1))
    return first, second, apart, r, erfc(ALPHA * r)


def energies(params, X):
    first, second, _, r, rest = pairs(params)
    return np.sum(X[:, first] * X[:, second] * rest / r, axis=1, keepdims=True)


def cost(params, X, Y):
    return 0.5 * np.sum((energies(params, X) - Y) ** 2) / len(X)


def grad(params, X, Y):
    first, second, apart, r, rest = pairs(params)
    e = (energies(params, X) - Y) / len(X)
    charges = np.sum(e * X[:, first] * X[:, second], axis=0)
    by_r = charges / r**2 * (rest + 2 * ALPHA * r / np.sqrt(np.pi) * np.exp(-((ALPHA * r) ** 2)))
    shares = (by_r / r)[:, None] * apart
    by_place = np.zeros_like(params)
    np.add.at(by_place, first, -shares)
    np.add.at(by_place, second, shares)
    return by_place


repaired = grad
