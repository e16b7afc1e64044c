"""The Cauchy loss lacks the square of its threshold, and its weight does too, so that near points count for r²/t²."""

import numpy as np

SOURCE = "https://github.com/PoseLib/PoseLib/issues/142"
THREAD = "PoseLib/PoseLib #142, PR #143, d85d29c"
DATE = "2025-06"
KIND = "cost"
FORMULA = r"C = \textstyle\sum_k \log(1 + r_k^2 / t^2),\; w_k = t^{-2} / (1 + r_k^2 / t^2)"
RIGHT = r"C = \textstyle\sum_k t^2 \log(1 + r_k^2 / t^2),\; w_k = 1 / (1 + r_k^2 / t^2)"
READ = "code"
LAYER = [1]
NAMES = []
NET = None  # a homography from points to points, the cost and its gradient wrong alike
BLOCKS = ["H[1]"]
SAMPLES = 9
LAM = 0.0
THRESHOLD = 0.4


def start(rng):
    """The first eight numbers of the homography, column by column; the ninth is one."""
    return np.array([1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0]) + 0.15 * rng.standard_normal(8)


def data(rng):
    """Points in the one image and in the other, a few of them far off."""
    x1 = rng.uniform(-1.0, 1.0, (SAMPLES, 2))
    x2 = x1 + 0.1 * rng.standard_normal((SAMPLES, 2))
    x2[:3] += rng.standard_normal((3, 2))
    return x1, x2


class CauchyLoss:
    def __init__(self, threshold):
        self.inv_sq_thr = 1.0 / (threshold * threshold)

    def loss(self, r2):
        return np.log1p(r2 * self.inv_sq_thr)

    def weight(self, r2):
        return max(np.finfo(float).tiny, self.inv_sq_thr / (1.0 + r2 * self.inv_sq_thr))


class CauchyLossMended:
    def __init__(self, threshold):
        self.sq_thr = threshold * threshold
        self.inv_sq_thr = 1.0 / self.sq_thr

    def loss(self, r2):
        return self.sq_thr * np.log1p(r2 * self.inv_sq_thr)


class HomographyJacobianAccumulator:
    def __init__(self, points2D_1, points2D_2, loss_fn):
        self.x1, self.x2, self.loss_fn = points2D_1, points2D_2, loss_fn
        self.weights = np.ones(len(points2D_1))

    def residual(self, H):
        cost = 0.0

        for k in range(len(self.x1)):
            x1_0, x1_1 = self.x1[k]
            x2_0, x2_1 = self.x2[k]

            Hx1_0 = H[0, 0] * x1_0 + H[0, 1] * x1_1 + H[0, 2]
            Hx1_1 = H[1, 0] * x1_0 + H[1, 1] * x1_1 + H[1, 2]
            inv_Hx1_2 = 1.0 / (H[2, 0] * x1_0 + H[2, 1] * x1_1 + H[2, 2])

            r0 = Hx1_0 * inv_Hx1_2 - x2_0
            r1 = Hx1_1 * inv_Hx1_2 - x2_1
            r2 = r0 * r0 + r1 * r1
            cost += self.weights[k] * self.loss_fn.loss(r2)
        return cost

    def accumulate(self, H, Jtr):
        """But for the square of the Jacobian, which only the step needs."""
        num_residuals = 0
        for k in range(len(self.x1)):
            x1_0, x1_1 = self.x1[k]
            x2_0, x2_1 = self.x2[k]

            Hx1_0 = H[0, 0] * x1_0 + H[0, 1] * x1_1 + H[0, 2]
            Hx1_1 = H[1, 0] * x1_0 + H[1, 1] * x1_1 + H[1, 2]
            inv_Hx1_2 = 1.0 / (H[2, 0] * x1_0 + H[2, 1] * x1_1 + H[2, 2])

            z0 = Hx1_0 * inv_Hx1_2
            z1 = Hx1_1 * inv_Hx1_2

            r0 = z0 - x2_0
            r1 = z1 - x2_1
            r2 = r0 * r0 + r1 * r1

            # Compute weight from robust loss function (used in the IRLS)
            weight = self.weights[k] * self.loss_fn.weight(r2)
            if weight == 0.0:
                continue
            num_residuals += 1

            dH = np.array(
                [
                    [x1_0, 0.0, -x1_0 * z0, x1_1, 0.0, -x1_1 * z0, 1.0, 0.0],
                    [0.0, x1_0, -x1_0 * z1, 0.0, x1_1, -x1_1 * z1, 0.0, 1.0],
                ]
            )
            dH = dH * inv_Hx1_2

            # accumulate into JtJ and Jtr
            Jtr += dH.T @ (weight * np.array([r0, r1]))
        return num_residuals


def homography(h):
    return np.append(h, 1.0).reshape(3, 3, order="F")


def cost(h, X, Y):
    return HomographyJacobianAccumulator(X, Y, CauchyLoss(THRESHOLD)).residual(homography(h))


def meant(h, X, Y):
    return HomographyJacobianAccumulator(X, Y, CauchyLossMended(THRESHOLD)).residual(homography(h))


def grad(h, X, Y):
    """Twice what is accumulated: the steps of Levenberg and Marquardt have no need of the 2."""
    Jtr = np.zeros(8)
    HomographyJacobianAccumulator(X, Y, CauchyLoss(THRESHOLD)).accumulate(homography(h), Jtr)
    return 2 * Jtr


repaired = grad
