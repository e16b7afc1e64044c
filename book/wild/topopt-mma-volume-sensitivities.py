"""The sensitivities of a volume constraint are divided by the volume fraction, and the constraint's value is not."""

import numpy as np

SOURCE = "https://github.com/arjendeetman/TopOpt-MMA-Python/issues/2"
THREAD = "arjendeetman/TopOpt-MMA-Python #2, d89eb96"
DATE = "2025-09"
KIND = "gradient"
GROUP = "factor"
FORMULA = (
    r"\partial g / \partial x_j = \tfrac{1}{n v} \textstyle\sum_i H_{ij} / h_i,\; g = \tfrac1n \sum_i \tilde x_i - v"
)
RIGHT = (
    r"\partial g / \partial x_j = \tfrac{1}{n} \textstyle\sum_i H_{ij} / h_i,\; \tilde x_i = \sum_j H_{ij} x_j / h_i"
)
READ = "code"  # mended as the issue proposes; the program has then divided the value too
LAYER = [1]
NAMES = [{"factor"}]
NET = None  # densities of a topology optimisation
BLOCKS = ["x[1]"]
SAMPLES = 12
LAM = 0.0
NELX, NELY, VOLFRAC, RMIN = 4, 3, 0.4, 1.5


def start(rng):
    """The density of each element."""
    return rng.uniform(0.2, 0.8, NELX * NELY)


def data(rng):
    return np.zeros((1, 1)), np.zeros((1, 1))


def build_filter(nelx, nely, rmin):
    H = np.zeros((nelx * nely, nelx * nely))
    for i in range(nelx):
        for j in range(nely):
            row = i * nely + j
            kk1 = int(np.maximum(i - (np.ceil(rmin) - 1), 0))
            kk2 = int(np.minimum(i + np.ceil(rmin), nelx))
            ll1 = int(np.maximum(j - (np.ceil(rmin) - 1), 0))
            ll2 = int(np.minimum(j + np.ceil(rmin), nely))
            for k in range(kk1, kk2):
                for l in range(ll1, ll2):
                    col = k * nely + l
                    fac = rmin - np.sqrt((i - k) * (i - k) + (j - l) * (j - l))
                    H[row, col] = np.maximum(0.0, fac)
    return H, H.sum(1)[:, None]


class VolumeConstraint:
    """What the loop hands to mmasub for the constraint."""

    mu1 = 1.0  # scale factor for volume constraint function

    def __init__(self, nelx, nely, volfrac, rmin):
        self.n, self.volfrac = nelx * nely, volfrac
        self.H, self.Hs = build_filter(nelx, nely, rmin)

    def fval(self, x):
        # Filter design variables
        xPhys = (self.H @ x[:, None] / self.Hs)[:, 0]
        return self.mu1 * (xPhys.sum() / self.n - self.volfrac)

    def dfdx(self):
        dv = np.ones(self.n)
        # Sensitivity filtering:
        dv[:] = (self.H @ (dv[:, None] / self.Hs))[:, 0]
        return self.mu1 * (dv / self.scale())

    def scale(self):
        return self.n * self.volfrac


class VolumeConstraintLater(VolumeConstraint):
    def scale(self):
        return self.n


def cost(x, X, Y):
    return VolumeConstraint(NELX, NELY, VOLFRAC, RMIN).fval(x)


def grad(x, X, Y):
    return VolumeConstraint(NELX, NELY, VOLFRAC, RMIN).dfdx()


def repaired(x, X, Y):
    return VolumeConstraintLater(NELX, NELY, VOLFRAC, RMIN).dfdx()
