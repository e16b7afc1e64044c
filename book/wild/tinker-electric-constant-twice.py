"""The reciprocal energy of induced dipoles is multiplied by the electric constant, which the potential has already."""

import itertools

import numpy as np
from scipy.special import erfc

SOURCE = "https://github.com/TinkerTools/tinker/commit/5c08a7cb"
THREAD = "TinkerTools/tinker 5c08a7cb"
DATE = "2017-03"
KIND = "cost"
FORMULA = (
    r"U = -\tfrac12 \textstyle\sum_i \mu_i \cdot (f\, E^{\mathrm{real}}_i + f^2\, E^{\mathrm{recip}}_i),\; "
    r"\mu_i = \alpha_i\, (E^{\mathrm{real}}_i + E^{\mathrm{recip}}_i)"
)
RIGHT = r"U = -\tfrac12 f \textstyle\sum_i \mu_i \cdot (E^{\mathrm{real}}_i + E^{\mathrm{recip}}_i)"
READ = "code"
LAYER = [1]
NAMES = [{"another-cost"}]
NET = None  # charges that polarise each other's atoms, without the field of the dipoles; sums stand for the mesh
BLOCKS = ["xyz[1]"]
SAMPLES = 6
LAM = 0.0
ELECTRIC, BOX, AEWALD, K_MAX = 332.063713, 3.0, 1.1, 2


def start(rng):
    """Six atoms about the corners of a prism."""
    corners = np.array(list(itertools.product((0.5, 1.5, 2.5), (0.8, 2.2))))
    z = 1.5 + 0.4 * rng.standard_normal(SAMPLES)
    return np.column_stack([corners, z]) + 0.05 * rng.standard_normal((SAMPLES, 3))


def data(rng):
    """The charges, which add up to nought, and the polarities."""
    charges = rng.uniform(0.3, 0.9, SAMPLES) * np.array([1, -1, -1, 1, 1, -1])
    return (charges - charges.mean())[:, None], rng.uniform(0.5, 1.5, (SAMPLES, 1))


WAVES = [2 * np.pi / BOX * np.array(n) for n in itertools.product(range(-K_MAX, K_MAX + 1), repeat=3) if any(n)]


def expterm(k):
    return 4 * np.pi / BOX**3 * np.exp(-(k @ k) / (4 * AEWALD**2)) / (k @ k)


def screening(r):
    """The field of a unit charge over the distance, and the derivative of that."""
    gauss = 2 * AEWALD / np.sqrt(np.pi) * np.exp(-((AEWALD * r) ** 2))
    value = erfc(AEWALD * r) / r**3 + gauss / r**2
    return value, -3 * erfc(AEWALD * r) / r**4 - gauss * (3 / r**3 + 2 * AEWALD**2 / r)


def udirect_real(xyz, charges):
    field = np.zeros_like(xyz)
    for i in range(len(xyz)):
        for j in range(len(xyz)):
            if i != j:
                d = xyz[i] - xyz[j]
                field[i] += charges[j] * screening(np.sqrt(np.sum(d * d)))[0] * d
    return field


def udirect_recip(xyz, charges):
    """Minus the gradient of the potential on the mesh."""
    field = np.zeros_like(xyz)
    for k in WAVES:
        phase = xyz @ k
        waves = np.sin(phase) * np.sum(charges * np.cos(phase)) - np.cos(phase) * np.sum(charges * np.sin(phase))
        field += expterm(k) * waves[:, None] * k
    return field


def chain(xyz, charges, of_real, of_recip):
    """The gradient of the two fields, each times a constant vector for each atom."""
    de = np.zeros_like(xyz)
    for i in range(len(xyz)):
        for j in range(len(xyz)):
            if i == j:
                continue
            d = xyz[i] - xyz[j]
            r = np.sqrt(np.sum(d * d))
            value, slope = screening(r)
            term = of_real[i] * value + np.sum(of_real[i] * d) * slope / r * d
            for k in WAVES:
                term = term + expterm(k) * np.sum(of_recip[i] * k) * np.cos(d @ k) * k
            de[i] += charges[j] * term
            de[j] -= charges[j] * term
    return de


def epolar(xyz, X, Y, scale):
    """The energy alone, as of the routine that is called for it."""
    real, recip = udirect_real(xyz, X[:, 0]), udirect_recip(xyz, X[:, 0])
    uind = Y * (real + recip)
    ep = -0.5 * ELECTRIC * np.sum(uind * real)
    fphi = -ELECTRIC * recip
    e = np.sum(uind * fphi)
    return ep + 0.5 * scale * e


def cost(xyz, X, Y):
    return epolar(xyz, X, Y, ELECTRIC)


def meant(xyz, X, Y):
    return epolar(xyz, X, Y, 1.0)


def grad(xyz, X, Y):
    """The other routine, of the energy and its derivatives."""
    uind = Y * (udirect_real(xyz, X[:, 0]) + udirect_recip(xyz, X[:, 0]))
    return chain(xyz, X[:, 0], -ELECTRIC * uind, -ELECTRIC * uind)


def repaired(xyz, X, Y):
    """The gradient of the energy that is printed."""
    real, recip = udirect_real(xyz, X[:, 0]), udirect_recip(xyz, X[:, 0])
    uind = Y * (real + recip)
    through_uind = Y * (ELECTRIC * real + ELECTRIC**2 * recip)
    return chain(xyz, X[:, 0], -0.5 * (ELECTRIC * uind + through_uind), -0.5 * (ELECTRIC**2 * uind + through_uind))
