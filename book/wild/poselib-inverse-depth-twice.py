"""In the Jacobian of a homography's way back, four entries of its second row are divided by the depth twice."""

import numpy as np

SOURCE = "https://github.com/PoseLib/PoseLib/commit/0f7c2d6"
THREAD = "PoseLib/PoseLib 0f7c2d6"
DATE = "2025-06"
KIND = "gradient"
FORMULA = (
    r"\partial y_1 / \partial (H_{00}, H_{10}, H_{02}, H_{12}) = d\, (H_{22} v - d H_{12} - H_{11} y_1 + H_{21} y_1 v,"
    r"\; d H_{02} - H_{22} u + H_{01} y_1 - H_{21} y_1 u,\; d H_{10} - H_{20} v,\; H_{20} u - d H_{00})"
)
RIGHT = (
    r"\partial y_1 / \partial (H_{00}, H_{10}, H_{02}, H_{12}) = d\, (H_{22} v - H_{12} - H_{11} y_1 + H_{21} y_1 v,\;"
    r" H_{02} - H_{22} u + H_{01} y_1 - H_{21} y_1 u,\; H_{10} - H_{20} v,\; H_{20} u - H_{00}),\;"
    r" y = (G x)_{01} / (G x)_2,\; d = 1 / (G x)_2,\; G = \operatorname{adj} H,\; x = (u, v, 1)"
)
READ = "code"
GROUP = "factor"
LAYER = [1]
NAMES = []
NET = None  # a homography and its inverse
BLOCKS = ["H[1]"]
SAMPLES = 6
LAM = 0.0
H22 = 1.0


def start(rng):
    """The first eight entries, column by column; the last one is fixed."""
    return (1.3 * np.eye(3) + 0.25 * rng.uniform(-1, 1, (3, 3))).T.ravel()[:8]


def data(rng):
    x1 = rng.uniform(-0.6, 0.6, (SAMPLES, 2))
    return x1, x1 + 0.3 * rng.standard_normal((SAMPLES, 2))


def matrix(h):
    return np.concatenate([h, [H22]]).reshape(3, 3).T


def adjugate(H):
    return np.array([np.cross(H[:, 1], H[:, 2]), np.cross(H[:, 2], H[:, 0]), np.cross(H[:, 0], H[:, 1])])


def project(M, x):
    Mx = M @ np.array([x[0], x[1], 1.0])
    return Mx[:2] / Mx[2], 1.0 / Mx[2]


def cost(h, X, Y):
    H = matrix(h)
    G = adjugate(H)
    total = 0.0
    for x1, x2 in zip(X, Y):
        total += np.sum((project(H, x1)[0] - x2) ** 2) + np.sum((project(G, x2)[0] - x1) ** 2)
    return 0.5 * total


class HomographyJacobianAccumulator:
    def second_row(self, H, y1, x2_0, x2_1, inv_Gx2_2):
        (H0_0, H0_1, H0_2), (H1_0, H1_1, H1_2), (H2_0, H2_1, H2_2) = H
        y1x2_1, y1x2_0 = y1 * x2_1, y1 * x2_0
        return [
            H2_2 * x2_1 - H1_2 * inv_Gx2_2 - H1_1 * y1 + H2_1 * y1x2_1,
            H0_2 * inv_Gx2_2 - H2_2 * x2_0 + H0_1 * y1 - H2_1 * y1x2_0,
            H1_2 * x2_0 - H0_2 * x2_1 - H0_1 * y1x2_1 + H1_1 * y1x2_0,
            H1_0 * y1 - H2_0 * y1x2_1,
            H2_0 * y1x2_0 - H0_0 * y1,
            H0_0 * y1x2_1 - H1_0 * y1x2_0,
            H1_0 * inv_Gx2_2 - H2_0 * x2_1,
            H2_0 * x2_0 - H0_0 * inv_Gx2_2,
        ]

    def first_row(self, H, y0, x2_0, x2_1):
        (H0_0, H0_1, H0_2), (H1_0, H1_1, H1_2), (H2_0, H2_1, H2_2) = H
        y0x2_1, y0x2_0 = y0 * x2_1, y0 * x2_0
        return [
            H2_1 * y0x2_1 - H1_1 * y0,
            H0_1 * y0 - H2_1 * y0x2_0,
            H1_1 * y0x2_0 - H0_1 * y0x2_1,
            H1_2 - H2_2 * x2_1 + H1_0 * y0 - H2_0 * y0x2_1,
            H2_2 * x2_0 - H0_2 - H0_0 * y0 + H2_0 * y0x2_0,
            H0_2 * x2_1 - H1_2 * x2_0 + H0_0 * y0x2_1 - H1_0 * y0x2_0,
            H2_1 * x2_1 - H1_1,
            H0_1 - H2_1 * x2_0,
        ]

    def accumulate(self, h, X, Y):
        H = matrix(h)
        G = adjugate(H)
        Jtr = np.zeros(8)
        for (x1_0, x1_1), (x2_0, x2_1) in zip(X, Y):
            (z0, z1), inv_Hx1_2 = project(H, (x1_0, x1_1))
            dH = np.array(
                [
                    [x1_0, 0.0, -x1_0 * z0, x1_1, 0.0, -x1_1 * z0, 1.0, 0.0],
                    [0.0, x1_0, -x1_0 * z1, 0.0, x1_1, -x1_1 * z1, 0.0, 1.0],
                ]
            )
            Jtr += (dH * inv_Hx1_2).T @ np.array([z0 - x2_0, z1 - x2_1])
            (y0, y1), inv_Gx2_2 = project(G, (x2_0, x2_1))
            first, second = self.first_row(H, y0, x2_0, x2_1), self.second_row(H, y1, x2_0, x2_1, inv_Gx2_2)
            dH_backward = np.array([first, second]) * inv_Gx2_2
            Jtr += dH_backward.T @ np.array([y0 - x1_0, y1 - x1_1])
        return Jtr


class HomographyJacobianAccumulatorLater(HomographyJacobianAccumulator):
    def second_row(self, H, y1, x2_0, x2_1, inv_Gx2_2):
        (H0_0, H0_1, H0_2), (H1_0, H1_1, H1_2), (H2_0, H2_1, H2_2) = H
        y1x2_1, y1x2_0 = y1 * x2_1, y1 * x2_0
        return [
            H2_2 * x2_1 - H1_2 - H1_1 * y1 + H2_1 * y1x2_1,
            H0_2 - H2_2 * x2_0 + H0_1 * y1 - H2_1 * y1x2_0,
            H1_2 * x2_0 - H0_2 * x2_1 - H0_1 * y1x2_1 + H1_1 * y1x2_0,
            H1_0 * y1 - H2_0 * y1x2_1,
            H2_0 * y1x2_0 - H0_0 * y1,
            H0_0 * y1x2_1 - H1_0 * y1x2_0,
            H1_0 - H2_0 * x2_1,
            H2_0 * x2_0 - H0_0,
        ]


def grad(h, X, Y):
    return HomographyJacobianAccumulator().accumulate(h, X, Y)


def repaired(h, X, Y):
    return HomographyJacobianAccumulatorLater().accumulate(h, X, Y)
