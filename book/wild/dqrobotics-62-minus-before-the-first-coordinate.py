"""The Jacobian of a base on wheels, as a dual quaternion, lacks a minus before a coordinate."""

import numpy as np

SOURCE = "https://github.com/dqrobotics/matlab/issues/62"
THREAD = "dqrobotics/matlab #62"
DATE = "2020-08"
KIND = "gradient"
FORMULA = r"\partial h_7 / \partial \phi = \tfrac14 (x \cos\tfrac\phi2 - y \sin\tfrac\phi2)"
RIGHT = (
    r"\partial h_7 / \partial \phi = \tfrac14 (-x \cos\tfrac\phi2 - y \sin\tfrac\phi2),\; "
    r"h_7 = \tfrac12 (y \cos\tfrac\phi2 - x \sin\tfrac\phi2)"
)
READ = "code"
GROUP = "factor"
LAYER = [1]
NAMES = []
NET = None  # a pose
BLOCKS = ["q[1]"]
SAMPLES = 3
LAM = 0.0


def start(rng):
    """Two coordinates and an angle."""
    return rng.uniform(-1.5, 1.5, 3)


def data(rng):
    """Numbers of targets, and the targets as dual quaternions."""
    return np.arange(1.0, SAMPLES + 1)[:, None], rng.standard_normal((SAMPLES, 8))


class HolonomicBase:
    def __init__(self, right=True):
        self.right = right

    def raw_fkm(self, q):
        x, y, phi = q
        c, s = np.cos(phi / 2), np.sin(phi / 2)
        return np.array([c, 0, 0, s, 0, 0.5 * (x * c + y * s), 0.5 * (-x * s + y * c), 0])

    def pose_jacobian(self, q):
        x, y, phi = q
        c, s = np.cos(phi / 2), np.sin(phi / 2)
        j71 = -0.5 * s
        j62 = 0.5 * s
        j13 = j71
        j61 = 0.5 * c
        j72 = j61
        j43 = j61
        j63 = 0.25 * (-x * s + y * c)
        j73 = 0.25 * (-x * c - y * s) if self.right else 0.25 * (x * c - y * s)
        return np.array(
            [[0, 0, j13], [0, 0, 0], [0, 0, 0], [0, 0, j43], [0, 0, 0], [j61, j62, j63], [j71, j72, j73], [0, 0, 0]]
        )


def cost(q, X, Y):
    return 0.5 * np.mean(np.sum((HolonomicBase().raw_fkm(q) - Y) ** 2, axis=1))


def gradient(q, Y, robot):
    return robot.pose_jacobian(q).T @ np.mean(robot.raw_fkm(q) - Y, axis=0)


def grad(q, X, Y):
    return gradient(q, Y, HolonomicBase(right=False))


def repaired(q, X, Y):
    return gradient(q, Y, HolonomicBase())
