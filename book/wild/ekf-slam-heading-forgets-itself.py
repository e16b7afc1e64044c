"""In the Jacobian of a robot's motion the new heading does not depend on the old one."""

import numpy as np

SOURCE = "https://github.com/snmnmin12/ekf-slam/issues/1"
THREAD = "snmnmin12/ekf-slam #1"
DATE = "2019-04"
KIND = "gradient"
FORMULA = (
    r"G = \begin{pmatrix} 1 & 0 & -t \sin(\theta + r_1) \\ 0 & 1 & t \cos(\theta + r_1) \\ 0 & 0 & 0 "
    r"\end{pmatrix}"
)
RIGHT = (
    r"G = \begin{pmatrix} 1 & 0 & -t \sin(\theta + r_1) \\ 0 & 1 & t \cos(\theta + r_1) \\ 0 & 0 & 1 \end{pmatrix},\; "
    r"\theta' = \theta + r_1 + r_2"
)
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = []
NET = None  # a robot's motion
BLOCKS = ["mu[1]"]
SAMPLES = 5
LAM = 0.0


def start(rng):
    """The first pose."""
    return rng.standard_normal(3)


def data(rng):
    """The readings of odometry (a turn, a way, a turn), and the poses wanted after them."""
    return rng.uniform(-1, 1, (SAMPLES, 3)), rng.standard_normal((SAMPLES, 3))


class EKFSLam:
    def __init__(self, mu, right=False):
        self.mu = mu.copy()
        self.right = right
        self.G = np.eye(3)

    def Prediction(self, motion):
        mu = self.mu
        angle = mu[2]
        r1, t, r2 = motion
        if self.right:
            Gt = np.array([[1, 0, -t * np.sin(angle + r1)], [0, 1, t * np.cos(angle + r1)], [0, 0, 1]])
        else:
            Gt = np.array([[1, 0, -t * np.sin(angle + r1)], [0, 1, t * np.cos(angle + r1)], [0, 0, 0]])
        c = np.cos(angle + r1)
        s = np.sin(angle + r1)
        mu[0] = mu[0] + t * c
        mu[1] = mu[1] + t * s
        mu[2] = mu[2] + r1 + r2
        self.G = Gt @ self.G


def cost(params, X, Y):
    slam, total = EKFSLam(params), 0.0
    for motion, y in zip(X, Y):
        slam.Prediction(motion)
        total = total + 0.5 * np.sum((slam.mu - y) ** 2)
    return total


def of_squares(params, X, Y, right):
    """The slopes are carried along as the filter carries its covariance."""
    slam, g = EKFSLam(params, right), np.zeros_like(params)
    for motion, y in zip(X, Y):
        slam.Prediction(motion)
        g += slam.G.T @ (slam.mu - y)
    return g


def grad(params, X, Y):
    return of_squares(params, X, Y, False)


def repaired(params, X, Y):
    return of_squares(params, X, Y, True)
