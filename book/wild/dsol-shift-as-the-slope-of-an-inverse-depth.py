"""A reader misses a division by the square of an inverse depth, whose point has been multiplied by it."""

import numpy as np

SOURCE = "https://github.com/versatran01/dsol/issues/12"
THREAD = "versatran01/dsol #12"
DATE = "2023-02"
KIND = "right"
FORMULA = (
    r"\partial u_1 / \partial q_0 = \operatorname{diag}(f_x, f_y)\, \frac{\partial \pi(p_1')}{\partial p_1'}\, "
    r"(t_{10} - b)"
)
RIGHT = (
    r"u_1 = K \pi(p_1'),\; p_1' = R_{10} n_0 + t_{10} q_0 - b q_0,\; \pi(x, y, z) = (x / z, y / z),\; "
    r"p_1 = R_{10} n_0 / q_0 + t_{10} - b"
)
READ = "code"
LAYER = []
NAMES = []
NET = None  # points of one image seen in another one
BLOCKS = ["q0[1]"]
SAMPLES = 7
LAM = 0.0
FXY, CXY, B = np.array([1.3, 1.1]), np.array([0.2, -0.1]), 0.3
T10 = np.array([0.25, -0.15, 0.4])
R10 = np.array([[0.96, -0.28, 0.0], [0.28, 0.96, 0.0], [0.0, 0.0, 1.0]]) @ np.array(
    [[0.8, 0.0, 0.6], [0.0, 1.0, 0.0], [-0.6, 0.0, 0.8]]
)


def start(rng):
    """Inverse depths."""
    return rng.uniform(0.2, 1.5, SAMPLES)


def data(rng):
    return rng.uniform(-0.5, 0.5, (SAMPLES, 2)), rng.uniform(-1, 1, (SAMPLES, 2))


def warp(q0, uv):
    nh = np.array([uv[0], uv[1], 1.0])
    pt1 = R10 @ nh + T10 * q0
    return pt1 - np.array([B, 0.0, 0.0]) * q0


def project(pt1):
    return FXY * pt1[:2] / pt1[2] + CXY


def DprojDpoint(pt):
    x, y, z = pt
    return np.array([[1 / z, 0, -x / z**2], [0, 1 / z, -y / z**2]])


def CalcJacGeo(q0, uv):
    """The column of the inverse depth only."""
    pt1 = warp(q0, uv)
    du1_dp1 = DprojDpoint(pt1) * FXY[:, None]
    dp1_dq0 = T10.copy()
    dp1_dq0[0] -= B
    return du1_dp1 @ dp1_dq0


def cost(q0, X, Y):
    return 0.5 * sum(np.sum((project(warp(q, x)) - y) ** 2) for q, x, y in zip(q0, X, Y))


def grad(q0, X, Y):
    return np.array([(project(warp(q, x)) - y) @ CalcJacGeo(q, x) for q, x, y in zip(q0, X, Y)])


repaired = grad
