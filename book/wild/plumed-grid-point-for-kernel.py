"""A von Mises kernel's derivative at a grid point is multiplied by that point instead of by the kernel's centre."""

import numpy as np

SOURCE = "https://github.com/plumed/plumed2/commit/59bdda8fa"
THREAD = "plumed/plumed2 59bdda8fa"
DATE = "2025-08"
KIND = "gradient"
FORMULA = r"\partial K / \partial x = h \kappa\, e^{\kappa\, x \cdot c}\, x"
RIGHT = r"\partial K / \partial x = h \kappa\, e^{\kappa\, x \cdot c}\, c,\; K = h\, e^{\kappa\, x \cdot c}"
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = []
NET = None  # a sum of kernels on the sphere
BLOCKS = ["x[1]", "at[1]"]
SAMPLES = 4
LAM = 0.0
POINTS = 3


def start(rng):
    """Points of the grid, and the kernels' centres."""
    x, at = rng.standard_normal((POINTS, 3)), rng.standard_normal((SAMPLES, 3))
    return {name: p / np.linalg.norm(p, axis=1, keepdims=True) for name, p in [("x", x), ("at", at)]}


def data(rng):
    """The kernels' concentrations and heights."""
    return rng.uniform(0.5, 2, (SAMPLES, 1)), rng.uniform(0.5, 1.5, SAMPLES)


class VonMissesKernelParams:
    def __init__(self, at, concentration, height):
        self.at, self.concentration, self.height = at, concentration, height


def calc(kp, x, der, paramderivs):
    dot = x[0] * kp.at[0] + x[1] * kp.at[1] + x[2] * kp.at[2]
    newval = kp.height * np.exp(kp.concentration * dot)
    for k in range(3):
        paramderivs[k] = newval * kp.concentration * x[k]
        der[k] += paramderivs[k]
    return newval


def calc_repaired(kp, x, der, paramderivs):
    dot = x[0] * kp.at[0] + x[1] * kp.at[1] + x[2] * kp.at[2]
    newval = kp.height * np.exp(kp.concentration * dot)
    for k in range(3):
        der[k] += newval * kp.concentration * kp.at[k]
    for k in range(3):
        paramderivs[k] = newval * kp.concentration * x[k]
    return newval


def on_the_grid(params, X, Y, calc):
    x, at = params["x"], params["at"]
    values, der, of_kernels = np.zeros(POINTS, dtype=x.dtype), np.zeros_like(x), np.zeros_like(at)
    for g in range(POINTS):
        for k in range(len(at)):
            paramderivs = np.zeros(3, dtype=x.dtype)
            values[g] += calc(VonMissesKernelParams(at[k], X[k, 0], Y[k]), x[g], der[g], paramderivs)
            of_kernels[k] += paramderivs
    return values, {"x": der, "at": of_kernels}


def cost(params, X, Y):
    return np.sum(on_the_grid(params, X, Y, calc)[0])


def grad(params, X, Y):
    return on_the_grid(params, X, Y, calc)[1]


def repaired(params, X, Y):
    return on_the_grid(params, X, Y, calc_repaired)[1]
