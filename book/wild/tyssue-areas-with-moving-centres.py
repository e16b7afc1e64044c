"""The gradient of a cell's area adds shares of each edge for a centre that moves, on which the area does not depend."""

import numpy as np

SOURCE = "https://github.com/DamCB/tyssue/commit/bba9f29"
THREAD = "DamCB/tyssue bba9f29"
DATE = "2015-12"
KIND = "gradient"
GROUP = "slope"
FORMULA = (
    r"\nabla_i A_{ij\alpha} = \frac{((1 - \tfrac1{n_\alpha}) r_{ij} + r_{\alpha i}) \times N_{ij\alpha}}"
    r"{4 A_{ij\alpha}},\; \nabla_j A_{ij\alpha} = "
    r"\frac{N_{ij\alpha} \times (\tfrac1{n_\alpha} r_{ij} + r_{\alpha i})}{4 A_{ij\alpha}}"
)
RIGHT = (
    r"\nabla_i A_{ij\alpha} = \frac{r_{\alpha j} \times N_{ij\alpha}}{4 A_{ij\alpha}},\; "
    r"\nabla_j A_{ij\alpha} = \frac{N_{ij\alpha} \times r_{\alpha i}}{4 A_{ij\alpha}},\; "
    r"r_{\alpha j} = r_{ij} + r_{\alpha i}"
)
READ = "reconstruction"  # a flat sheet of three cells, of one height, without tensions
LAYER = [1]
NAMES = []
NET = None  # a sheet of cells with shared corners
BLOCKS = ["jv[1]"]
SAMPLES = 3
LAM = 0.0
HEIGHT = 1.2
CELLS = [(0, 1, 5, 4), (1, 2, 3, 6, 5), (4, 5, 6, 7)]
JE = [(c, srce, cell[(k + 1) % len(cell)]) for c, cell in enumerate(CELLS) for k, srce in enumerate(cell)]
CELL, SRCE, TRGT = np.array(JE).T


def start(rng):
    """Where the corners lie."""
    corners = [[0, 0], [1, 0], [2, 0.1], [2.1, 1], [0, 1], [1, 0.9], [1.3, 1.7], [0.1, 2]]
    return np.array(corners) + 0.06 * rng.standard_normal((8, 2))


def data(rng):
    """The elasticity and the volume at rest of each cell."""
    return rng.uniform([0.8, 0.6], [1.5, 1.6], (SAMPLES, 2)), np.zeros((SAMPLES, 1))


class Sheet:
    def __init__(self, jv, X):
        self.jv_pos = np.column_stack([jv, np.zeros(len(jv))])
        self.vol_elasticity, self.prefered_vol = X.T
        self.num_sides = np.bincount(CELL)
        self.cell_pos = np.array([self.jv_pos[SRCE[CELL == c]].sum(0) for c in range(len(CELLS))])
        self.cell_pos = self.cell_pos / self.num_sides[:, None]
        self.update_normals()
        self.update_areas()

    def update_normals(self):
        cell_pos = self.cell_pos[CELL]
        srce_pos = self.jv_pos[SRCE]
        trgt_pos = self.jv_pos[TRGT]
        self.dcoords = trgt_pos - srce_pos
        self.normals = np.cross(srce_pos - cell_pos, trgt_pos - srce_pos)

    def update_areas(self):
        self.sub_area = np.sqrt(np.sum(self.normals**2, axis=1)) / 2
        sub_vol = HEIGHT * self.sub_area
        self.vol = np.array([sub_vol[CELL == c].sum() for c in range(len(CELLS))])


def _to_3d(column):
    return column[:, None]


def area_grad(sheet):
    inv_area = 1 / (4 * sheet.sub_area)

    # cross product of normals with edge
    inv_n_sides = _to_3d(1 / sheet.num_sides[CELL])
    r_ij = (1 - inv_n_sides) * sheet.dcoords

    r_ki = inv_n_sides * sheet.dcoords

    cell_pos = sheet.cell_pos[CELL]
    srce_pos = sheet.jv_pos[SRCE]
    r_ak = r_ai = srce_pos - cell_pos

    grad_a_srce = _to_3d(inv_area) * np.cross(r_ij + r_ai, sheet.normals)
    grad_a_trgt = _to_3d(inv_area) * np.cross(sheet.normals, r_ki + r_ak)
    return grad_a_srce, grad_a_trgt


def area_grad_mended(sheet):
    inv_area = 1 / (4 * sheet.sub_area)

    cell_pos = sheet.cell_pos[CELL]
    srce_pos = sheet.jv_pos[SRCE]
    trgt_pos = sheet.jv_pos[TRGT]

    r_ak = srce_pos - cell_pos
    r_aj = trgt_pos - cell_pos

    grad_a_srce = _to_3d(inv_area) * np.cross(r_aj, sheet.normals)
    grad_a_trgt = _to_3d(inv_area) * np.cross(sheet.normals, r_ak)
    return grad_a_srce, grad_a_trgt


def compute_gradient(sheet, area_grad):
    # volumic elastic force, this is K * (V - V0)
    kv_v0 = _to_3d((sheet.vol_elasticity * (sheet.vol - sheet.prefered_vol))[CELL])
    grad_a_srce, grad_a_trgt = area_grad(sheet)
    grad_v_srce = kv_v0 * HEIGHT * grad_a_srce
    grad_v_trgt = kv_v0 * HEIGHT * grad_a_trgt
    grad_i = np.zeros_like(sheet.jv_pos)
    np.add.at(grad_i, SRCE, grad_v_srce)
    np.add.at(grad_i, TRGT, grad_v_trgt)
    return grad_i[:, :2]


def cost(jv, X, Y):
    sheet = Sheet(jv, X)
    return np.sum(0.5 * sheet.vol_elasticity * (sheet.vol - sheet.prefered_vol) ** 2)


def grad(jv, X, Y):
    return compute_gradient(Sheet(jv, X), area_grad)


def repaired(jv, X, Y):
    return compute_gradient(Sheet(jv, X), area_grad_mended)
