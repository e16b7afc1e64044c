"""A cross matrix sets the entry in its upper corner twice, the second time with the lower corner's value."""

import numpy as np

SOURCE = "https://github.com/humanoid-path-planner/hpp-constraints/commit/4ee10b62f60cd4d52560657ccbd19b1793f80fa9"
THREAD = "humanoid-path-planner/hpp-constraints 4ee10b6"
DATE = "2014-06"
KIND = "gradient"
GROUP = "slope"
FORMULA = r"J = C J_\omega - J_v,\; C = [p]_\times \text{ but } C_{13} = -p_2,\, C_{31} = 0"
RIGHT = r"J = [p]_\times J_\omega - J_v,\; C_{13} = p_2,\, C_{31} = -p_2"
READ = "code"
LAYER = [1]
NAMES = []
NET = None  # the joints of a robot
BLOCKS = ["configuration[1]"]
SAMPLES = 4
LAM = 0.0
AXES = np.array([[0.0, 0.0, 1.0], [0.0, 1.0, 0.0], [1.0, 0.0, 0.0], [0.0, 1.0, 0.0]])
LINKS = np.array([[0.0, 0.1, 0.5], [0.4, 0.0, 0.1], [0.3, 0.2, 0.0], [0.2, -0.1, 0.1]])
SBT = np.array([[0.6, 0.8, 0.0], [0.0, 0.0, 1.0]])  # two directions of the target's frame


def start(rng):
    """A configuration for each target."""
    return rng.standard_normal((SAMPLES, len(AXES)))


def data(rng):
    """A point in the last joint's frame, and its target in the world."""
    return 0.5 * rng.standard_normal((SAMPLES, 3)), rng.standard_normal((SAMPLES, 3))


def rotation(axis, angle):
    K = np.array([[0, -axis[2], axis[1]], [axis[2], 0, -axis[0]], [-axis[1], axis[0], 0]])
    return np.eye(3) + np.sin(angle) * K + (1 - np.cos(angle)) * K @ K


class Device:
    def computeForwardKinematics(self, configuration):
        R, t, self.axes, self.origins = np.eye(3), np.zeros(3), [], []
        for axis, link, angle in zip(AXES, LINKS, configuration):
            t = t + R @ link
            self.axes.append(R @ axis)
            self.origins.append(t)
            R = R @ rotation(axis, angle)
        self.R, self.t = R, t

    def jacobian(self):
        """Of the last joint: the origin's velocity, and below it the angular one."""
        top = [np.cross(a, self.t - o) for a, o in zip(self.axes, self.origins)]
        return np.vstack([np.array(top).T, np.array(self.axes).T])


class Position:
    def __init__(self, robot, pointInLocalFrame, targetInGlobalFrame):
        self.robot = robot
        self.pointInLocalFrame, self.targetInGlobalFrame = pointInLocalFrame, targetInGlobalFrame
        self.cross = np.zeros((3, 3))

    def impl_compute(self, arg):
        self.robot.computeForwardKinematics(arg)
        p = self.robot.R @ self.pointInLocalFrame + self.robot.t
        return SBT @ (self.targetInGlobalFrame - p)

    def computeCross(self, p):
        self.cross[0, 1] = -p[2]
        self.cross[1, 0] = p[2]
        self.cross[0, 2] = p[1]
        self.cross[0, 2] = -p[1]
        self.cross[1, 2] = -p[0]
        self.cross[2, 1] = p[0]

    def impl_jacobian(self, arg):
        self.robot.computeForwardKinematics(arg)
        self.computeCross(self.robot.R @ self.pointInLocalFrame)
        Jjoint = self.robot.jacobian()
        return SBT @ (self.cross @ Jjoint[3:] - Jjoint[:3])


class PositionLater(Position):
    def computeCross(self, p):
        super().computeCross(p)
        self.cross[0, 2] = p[1]
        self.cross[2, 0] = -p[1]


def cost(params, X, Y):
    errors = [Position(Device(), x, y).impl_compute(q) for q, x, y in zip(params, X, Y)]
    return 0.5 * sum(e @ e for e in errors)


def gradient(kind, params, X, Y):
    out = []
    for q, x, y in zip(params, X, Y):
        constraint = kind(Device(), x, y)
        out.append(constraint.impl_jacobian(q).T @ constraint.impl_compute(q))
    return np.array(out)


def grad(params, X, Y):
    return gradient(Position, params, X, Y)


def repaired(params, X, Y):
    return gradient(PositionLater, params, X, Y)
