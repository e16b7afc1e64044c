"""The sensitivity of a volume drops the obstacles behind the density filter, where the volume drops them before it."""

import numpy as np

SOURCE = "https://github.com/jihoonkim888/PyTopo3D/issues/31"
THREAD = "jihoonkim888/PyTopo3D #31"
DATE = "2026-06"
KIND = "gradient"
FORMULA = r"\partial V / \partial x_j = \textstyle\sum_i H_{ji} / s_i \text{ for } j \notin O, \text{ else } 0"
RIGHT = (
    r"\partial V / \partial x_j = \textstyle\sum_{i \notin O} H_{ji} / s_i \text{ for } j \notin O, \text{ else } 0,\; "
    r"V = \sum_{i \notin O} (H x)_i / s_i"
)
READ = "code"
GROUP = "blocks"
LAYER = [1]
NAMES = [{"another-cost"}, {"formula"}, {"line"}]
NET = None  # the filtered densities of a structure's cells
BLOCKS = ["x[1]"]
SAMPLES = 24
LAM = 0.0
NELY, NELX, NELZ, RMIN = 3, 4, 2, 1.9


def start(rng):
    """A density for each cell."""
    return rng.uniform(0.2, 0.9, (NELY, NELX, NELZ))


def data(rng):
    """Where the obstacles are; nothing to aim at."""
    obstacle_mask = np.zeros(NELY * NELX * NELZ, bool)
    obstacle_mask[rng.choice(obstacle_mask.size, 5, replace=False)] = True
    return obstacle_mask.reshape(NELY, NELX, NELZ), np.zeros((SAMPLES, 1))


def build_filter(nelx, nely, nelz, rmin):
    nele = nelx * nely * nelz
    e_indices = np.arange(nele)
    k1_all = e_indices // (nelx * nely) + 1
    i1_all = (e_indices % (nelx * nely)) // nely + 1
    j1_all = e_indices % nely + 1
    H = np.zeros((nele, nele))
    for e1 in range(nele):
        dist_sq = (i1_all[e1] - i1_all) ** 2 + (j1_all[e1] - j1_all) ** 2 + (k1_all[e1] - k1_all) ** 2
        weights = rmin - np.sqrt(dist_sq)
        H[e1] = np.where(weights > 0, weights, 0.0)
    return H, H.sum(1)


class ComplianceEvaluator:
    """The volume only, without the stiffness."""

    def __init__(self, shape, H, Hs, obstacle_mask):
        self.shape, self.H, self.Hs, self.obstacle_mask = shape, H, Hs, obstacle_mask

    def evaluate(self, xPhys, right=False):
        nely, nelx, nelz = self.shape
        if right:
            dv = (~self.obstacle_mask).astype(float)
        else:
            dv = np.ones_like(xPhys)
        dv = (self.H @ (dv.ravel(order="F") / self.Hs)).reshape((nely, nelx, nelz), order="F")
        dv[self.obstacle_mask] = 0.0
        return dv


def physical(x, obstacle_mask):
    H, Hs = build_filter(NELX, NELY, NELZ, RMIN)
    x = x.copy()
    x[obstacle_mask] = 0.0
    xPhys = (H @ x.ravel(order="F") / Hs).reshape((NELY, NELX, NELZ), order="F")
    xPhys[obstacle_mask] = 0.0
    return H, Hs, xPhys


def cost(x, X, Y):
    """The volume that the constraint counts."""
    design_cells = ~X
    return np.sum(physical(x, X)[2][design_cells])


def gradients(x, X, right):
    H, Hs, xPhys = physical(x, X)
    return ComplianceEvaluator(x.shape, H, Hs, X).evaluate(xPhys, right)


def grad(x, X, Y):
    return gradients(x, X, False)


def repaired(x, X, Y):
    return gradients(x, X, True)
