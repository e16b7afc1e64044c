"""In the projection of a lens the one stands before the quotient, in its Jacobian within the numerator."""

import numpy as np

SOURCE = "https://github.com/facebookresearch/momentum/pull/1486"
THREAD = "facebookresearch/momentum PR #1486"
DATE = "2026-06"
KIND = "cost"
FORMULA = r"x'' = x' \Bigl(1 + \frac{A}{B}\Bigr) + \cdots,\; A = k_1 r^2 + k_2 r^4 + k_3 r^6"
RIGHT = r"x'' = x'\, \frac{1 + A}{B} + \cdots,\; B = 1 + k_4 r^2 + k_5 r^4 + k_6 r^6"
READ = "code"
LAYER = [1]
NAMES = []
NET = None  # a camera
BLOCKS = ["point[1]"]
SAMPLES = 6
LAM = 0.0
FX, FY, CX, CY = 2.1, 1.9, 0.3, -0.2
DP = dict(k1=0.31, k2=-0.12, k3=0.05, k4=0.22, k5=0.08, k6=-0.03, p1=0.02, p2=-0.04)


def start(rng):
    """Points before the camera."""
    return np.column_stack([rng.uniform(-1, 1, (SAMPLES, 2)), rng.uniform(1, 2, SAMPLES)])


def data(rng):
    return np.zeros((SAMPLES, 1)), rng.uniform(-1, 1, (SAMPLES, 2))


class OpenCVIntrinsicsModel:
    def __init__(self, **params):
        for name, value in params.items():
            setattr(self, name, value)

    def project(self, point, right=False):
        dp = self
        invZ = 1 / point[2]
        xp = point[0] * invZ
        yp = point[1] * invZ
        rsqr = xp * xp + yp * yp
        if right:
            radialDistortion = (1 + rsqr * (dp.k1 + rsqr * (dp.k2 + rsqr * dp.k3))) / (
                1 + rsqr * (dp.k4 + rsqr * (dp.k5 + rsqr * dp.k6))
            )
        else:
            radialDistortion = 1 + (rsqr * (dp.k1 + rsqr * (dp.k2 + rsqr * dp.k3))) / (
                1 + rsqr * (dp.k4 + rsqr * (dp.k5 + rsqr * dp.k6))
            )
        xpp = xp * radialDistortion + 2 * dp.p1 * xp * yp + dp.p2 * (rsqr + 2 * xp * xp)
        ypp = yp * radialDistortion + dp.p1 * (rsqr + 2 * yp * yp) + 2 * dp.p2 * xp * yp
        return np.array([FX * xpp + CX, FY * ypp + CY])

    def projectJacobian(self, point, as_projected=False):
        """The projected point and its Jacobian, which has the right form unless it is to follow the projection."""
        dp = self
        x, y, z = point
        z_inv = 1 / z
        z_inv_sq = z_inv * z_inv
        xp = x * z_inv
        yp = y * z_inv
        rsqr = xp * xp + yp * yp
        radial_num = rsqr * (dp.k1 + rsqr * (dp.k2 + rsqr * dp.k3))
        if not as_projected:
            radial_num = 1 + radial_num
        radial_den = 1 + rsqr * (dp.k4 + rsqr * (dp.k5 + rsqr * dp.k6))
        radial_factor = radial_num / radial_den
        if as_projected:
            radial_factor = 1 + radial_factor
        xpp = xp * radial_factor + 2 * dp.p1 * xp * yp + dp.p2 * (rsqr + 2 * xp * xp)
        ypp = yp * radial_factor + dp.p1 * (rsqr + 2 * yp * yp) + 2 * dp.p2 * xp * yp
        dradial_num = dp.k1 + rsqr * (2 * dp.k2 + rsqr * 3 * dp.k3)
        dradial_den = dp.k4 + rsqr * (2 * dp.k5 + rsqr * 3 * dp.k6)
        dradial = (dradial_num * radial_den - radial_num * dradial_den) / (radial_den * radial_den)
        dxpp_dxp = radial_factor + xp * dradial * 2 * xp + 2 * dp.p1 * yp + dp.p2 * 6 * xp
        dxpp_dyp = xp * dradial * 2 * yp + 2 * dp.p1 * xp + dp.p2 * 2 * yp
        dypp_dxp = yp * dradial * 2 * xp + dp.p1 * 2 * xp + 2 * dp.p2 * yp
        dypp_dyp = radial_factor + yp * dradial * 2 * yp + dp.p1 * 6 * yp + 2 * dp.p2 * xp
        jacobian = np.zeros((2, 3))
        jacobian[0, 0] = FX * dxpp_dxp * z_inv
        jacobian[0, 1] = FX * dxpp_dyp * z_inv
        jacobian[0, 2] = -FX * (dxpp_dxp * x * z_inv_sq + dxpp_dyp * y * z_inv_sq)
        jacobian[1, 0] = FY * dypp_dxp * z_inv
        jacobian[1, 1] = FY * dypp_dyp * z_inv
        jacobian[1, 2] = -FY * (dypp_dxp * x * z_inv_sq + dypp_dyp * y * z_inv_sq)
        return np.array([FX * xpp + CX, FY * ypp + CY]), jacobian


CAMERA = OpenCVIntrinsicsModel(**DP)


def cost(params, X, Y):
    return 0.5 * sum(np.sum((CAMERA.project(point) - y) ** 2) for point, y in zip(params, Y))


def meant(params, X, Y):
    return 0.5 * sum(np.sum((CAMERA.project(point, right=True) - y) ** 2) for point, y in zip(params, Y))


def of_squares(params, Y, as_projected):
    g = np.zeros_like(params)
    for i, point in enumerate(params):
        projectedPoint, jacobian = CAMERA.projectJacobian(point, as_projected)
        g[i] = jacobian.T @ (projectedPoint - Y[i])
    return g


def grad(params, X, Y):
    return of_squares(params, Y, False)


def repaired(params, X, Y):
    """The gradient of the cost as it is."""
    return of_squares(params, Y, True)
