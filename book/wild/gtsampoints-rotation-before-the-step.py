"""A reader wants the rotation out of a pose's translation block, where a step is taken in the turned frame."""

import numpy as np

SOURCE = "https://github.com/koide3/gtsam_points/issues/30"
THREAD = "koide3/gtsam_points #30"
DATE = "2024-10"
KIND = "right"
FORMULA = (
    r"\partial e_3 / \partial (\omega, v) = n^T \bigl[-R_k [\bar p_k]_\times,\; R_k\bigr],\; "
    r"e_3 = n \cdot (R_k \bar p_k + t_k - c)"
)
RIGHT = (
    r"C = \tfrac12 \sum_k N_k \bigl(\lambda_2 (n \cdot R e_x)^2 + \lambda_1 (n \cdot R e_y)^2 "
    r"+ (n \cdot (R \bar p_k + t - c))^2\bigr),\; R = R_k (1 + [\omega]_\times),\; t = t_k + R_k v"
)
READ = "code"
LAYER = []
NAMES = []
NET = None  # planes seen by a laser in several poses
BLOCKS = ["xi[1]"]
SAMPLES = 6
LAM = 0.0


def start(rng):
    """The step of each pose, turn first; small, so that a linear turn will do."""
    return 0.3 * rng.standard_normal((SAMPLES, 6))


def data(rng):
    """Rows of a pose's turn (as a rotation vector) and translation; the points of each pose."""
    return rng.standard_normal((SAMPLES, 6)), rng.standard_normal((SAMPLES, 4, 3))


def Hat(w):
    return np.array([[0, -w[2], w[1]], [w[2], 0, -w[0]], [-w[1], w[0], 0]])


def Rot(w):
    angle = np.sqrt(np.sum(w**2))
    W = Hat(w / angle)
    return np.eye(3) + np.sin(angle) * W + (1 - np.cos(angle)) * W @ W


class FrameDistribution:
    def __init__(self, pts):
        self.num_points = len(pts)
        self.mean = pts.mean(0)
        sum_cross = pts.T @ pts
        self.cov = (sum_cross - np.outer(self.mean, pts.sum(0))) / self.num_points
        self.eigenvalues, self.eigenvectors = np.linalg.eigh(self.cov)


class LsqBundleAdjustmentFactor:
    """The plane is found at the poses themselves, and kept."""

    def __init__(self, X, Y):
        self.poses = [(Rot(x[:3]), x[3:]) for x in X]
        self.frame_dists = [FrameDistribution(pts) for pts in Y]
        total = sum(d.num_points for d in self.frame_dists)
        means = [R @ d.mean + t for (R, t), d in zip(self.poses, self.frame_dists)]
        self.global_mean = sum(d.num_points / total * m for d, m in zip(self.frame_dists, means))
        global_cov = np.zeros((3, 3))
        for (R_k, _), d, mean_k in zip(self.poses, self.frame_dists, means):
            diff_k = mean_k - self.global_mean
            global_cov += d.num_points / total * (R_k @ d.cov @ R_k.T + np.outer(diff_k, diff_k))
        self.global_normal = np.linalg.eigh(global_cov)[1][:, 0]

    def errors(self, k, xi):
        R_k, t_k = self.poses[k]
        R, t = R_k @ (np.eye(3) + Hat(xi[:3])), t_k + R_k @ xi[3:]
        d = self.frame_dists[k]
        e1 = (R @ d.eigenvectors[:, 2]) @ self.global_normal
        e2 = (R @ d.eigenvectors[:, 1]) @ self.global_normal
        e3 = self.global_normal @ (R @ d.mean + t - self.global_mean)
        return e1, e2, e3

    def error(self, xis):
        sum_errors = 0.0
        for k, xi in enumerate(xis):
            d, (e1, e2, e3) = self.frame_dists[k], self.errors(k, xi)
            sum_errors = sum_errors + d.num_points * (d.eigenvalues[2] * e1**2 + d.eigenvalues[1] * e2**2 + e3**2)
        return 0.5 * sum_errors

    def linearize(self, xis):
        bs = np.zeros_like(xis)
        for k, xi in enumerate(xis):
            R_k, d = self.poses[k][0], self.frame_dists[k]
            n_k, lam = d.num_points, d.eigenvalues
            e1, e2, e3 = self.errors(k, xi)
            H0 = self.global_normal @ R_k @ -Hat(d.eigenvectors[:, 2])
            bs[k, :3] -= H0 * n_k * lam[2] * e1
            H1 = self.global_normal @ R_k @ -Hat(d.eigenvectors[:, 1])
            bs[k, :3] -= H1 * n_k * lam[1] * e2
            H2_ = np.zeros((3, 6))
            H2_[0:3, 0:3] = R_k @ -Hat(d.mean)
            H2_[0:3, 3:6] = R_k @ np.eye(3)
            H2 = self.global_normal @ H2_
            bs[k] -= H2 * n_k * e3
        return bs


def cost(xis, X, Y):
    return LsqBundleAdjustmentFactor(X, Y).error(xis)


def grad(xis, X, Y):
    return -LsqBundleAdjustmentFactor(X, Y).linearize(xis)


repaired = grad
