"""The Jacobian of a step of odometry turns the step the other way."""

import numpy as np

SOURCE = "https://github.com/shiftlab-nanodrone/sparse-gslam/issues/5"
THREAD = "shiftlab-nanodrone/sparse-gslam #5"
DATE = "2024-06"
KIND = "gradient"
FORMULA = (
    r"\partial x' / \partial (\theta, d_x, d_y) = (d_y c - d_x s,\, c,\, s),\; "
    r"\partial y' / \partial (\theta, d_x, d_y) = (-d_x c - d_y s,\, -s,\, c)"
)
RIGHT = (
    r"\partial x' / \partial (\theta, d_x, d_y) = (-d_y c - d_x s,\, c,\, -s),\; "
    r"\partial y' / \partial (\theta, d_x, d_y) = (d_x c - d_y s,\, s,\, c),\; "
    r"x' = x + c d_x - s d_y,\; y' = y + s d_x + c d_y"
)
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = []
NET = None  # a chain of plane poses
BLOCKS = ["pose[1]", "deltas[1]"]
SAMPLES = 4
LAM = 0.0


def start(rng):
    return {"pose": rng.standard_normal(3), "deltas": rng.standard_normal((SAMPLES, 3))}


def data(rng):
    """The poses wanted after each step."""
    return np.zeros((SAMPLES, 1)), rng.standard_normal((SAMPLES, 3))


def compose(pose, dpose):
    ct, st = np.cos(pose[2]), np.sin(pose[2])
    return np.array(
        [pose[0] + ct * dpose[0] - st * dpose[1], pose[1] + st * dpose[0] + ct * dpose[1], pose[2] + dpose[2]]
    )


def updateJacobian(J, dx, dy, theta):
    ct, st = np.cos(theta), np.sin(theta)
    J[0, 2] = dy * ct - dx * st
    J[0, 3] = ct
    J[0, 4] = st
    J[1, 2] = -dx * ct - dy * st
    J[1, 3] = -st
    J[1, 4] = ct


def updateJacobian_right(J, dx, dy, theta):
    ct, st = np.cos(theta), np.sin(theta)
    J[0, 2] = -dy * ct - dx * st
    J[0, 3] = ct
    J[0, 4] = -st
    J[1, 2] = dx * ct - dy * st
    J[1, 3] = st
    J[1, 4] = ct


class OdomErrorPropagator:
    """Carries the slopes of the pose by all parameters, where the program carries a covariance."""

    def __init__(self, pose, parameters, updateJacobian):
        self.pose = pose
        self.updateJacobian = updateJacobian
        self.J = np.array(
            [[1.0, 0.0, 0.0, 0.0, 0.0, 0.0], [0.0, 1.0, 0.0, 0.0, 0.0, 0.0], [0.0, 0.0, 1.0, 0.0, 0.0, 1.0]]
        )
        self.slopes = np.zeros((3, parameters))
        self.slopes[:, :3] = np.eye(3)

    def step(self, k, dpose):
        self.updateJacobian(self.J, dpose[0], dpose[1], self.pose[2])
        self.slopes = self.J[:, :3] @ self.slopes
        self.slopes[:, 3 + 3 * k : 6 + 3 * k] += self.J[:, 3:]
        self.pose = compose(self.pose, dpose)


def cost(params, X, Y):
    pose, total = params["pose"], 0.0
    for dpose, y in zip(params["deltas"], Y):
        pose = compose(pose, dpose)
        total = total + 0.5 * np.sum((pose - y) ** 2)
    return total


def of_squares(params, Y, updateJacobian):
    g = np.zeros(3 + params["deltas"].size)
    odom_prop = OdomErrorPropagator(params["pose"], g.size, updateJacobian)
    for k, dpose in enumerate(params["deltas"]):
        odom_prop.step(k, dpose)
        g += odom_prop.slopes.T @ (odom_prop.pose - Y[k])
    return {"pose": g[:3], "deltas": g[3:].reshape(-1, 3)}


def grad(params, X, Y):
    return of_squares(params, Y, updateJacobian)


def repaired(params, X, Y):
    return of_squares(params, Y, updateJacobian_right)
