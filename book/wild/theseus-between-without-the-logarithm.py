"""The error between two poses is a logarithm, and its Jacobian is that of the pose inside it."""

import numpy as np

SOURCE = "https://github.com/facebookresearch/theseus/commit/73448ff159e0bfa0e16e980ae7c1ef09bc02e514"
THREAD = "facebookresearch/theseus #133, 73448ff1"
DATE = "2022-03"
KIND = "gradient"
GROUP = "down"
FORMULA = r"J_0 = -\operatorname{Ad}_{d^{-1}},\; J_1 = I"
RIGHT = (
    r"J_0 = -L \operatorname{Ad}_{d^{-1}},\; J_1 = L,\; L = \frac{\partial \log (m^{-1} d\, e^\xi)}{\partial \xi},\;"
    r" d = v_0^{-1} v_1"
)
READ = "code"
LAYER = [1]
NAMES = []
NET = None  # a graph of poses in the plane
BLOCKS = ["poses[1]"]
SAMPLES = 5
LAM = 0.0
POSES = 4
EDGES = [(0, 1), (1, 2), (2, 3), (3, 0), (0, 2)]


def start(rng):
    """Place and angle of each pose."""
    return {"poses": np.column_stack([rng.standard_normal((POSES, 2)), rng.uniform(-1, 1, POSES)])}


def data(rng):
    """Which poses are measured against each other, and as what."""
    return np.array(EDGES), np.column_stack([rng.standard_normal((SAMPLES, 2)), rng.uniform(-1, 1, SAMPLES)])


def turn(angle):
    return np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])


class SE2:
    def __init__(self, x, y, theta):
        self.t, self.theta = np.array([x, y]), theta

    def compose(self, other):
        return SE2(*(self.t + turn(self.theta) @ other.t), self.theta + other.theta)

    def inverse(self):
        return SE2(*(-turn(-self.theta) @ self.t), -self.theta)

    def adjoint(self):
        Ad = np.eye(3)
        Ad[:2, :2] = turn(self.theta)
        Ad[:2, 2] = self.t[1], -self.t[0]
        return Ad

    def log_map(self):
        """Two numbers for the way and one for the turn, and their Jacobian by a small motion at the right."""
        theta = np.arctan2(np.sin(self.theta), np.cos(self.theta))
        s, c = np.sin(theta) / theta, (1 - np.cos(theta)) / theta
        u = np.linalg.solve(np.array([[s, -c], [c, s]]), self.t)
        dexp = np.array([[s, c, 0.0], [-c, s, 0.0], [0.0, 0.0, 1.0]])
        dexp[0, 2] = (theta * u[0] - u[1] + u[1] * np.cos(theta) - u[0] * np.sin(theta)) / theta**2
        dexp[1, 2] = (u[0] + theta * u[1] - u[0] * np.cos(theta) - u[1] * np.sin(theta)) / theta**2
        return np.append(u, theta), np.linalg.inv(dexp)


def between(v0, v1):
    """The second pose seen from the first, and its Jacobians."""
    diff = v0.inverse().compose(v1)
    return diff, [-diff.inverse().adjoint(), np.eye(3)]


class Between:
    def __init__(self, v0, v1, measurement):
        self.v0, self.v1, self.measurement = v0, v1, measurement

    def error(self):
        return self.measurement.inverse().compose(between(self.v0, self.v1)[0]).log_map()[0]

    def jacobians(self):
        var_diff, Jlist = between(self.v0, self.v1)
        return Jlist, self.measurement.inverse().compose(var_diff).log_map()[0]


class RepairedBetween(Between):
    def jacobians(self):
        var_diff, _ = between(self.v0, self.v1)
        error, dlog = self.measurement.inverse().compose(var_diff).log_map()
        return [-dlog @ var_diff.inverse().adjoint(), dlog], error


def cost(params, X, Y):
    poses = [SE2(*pose) for pose in params["poses"]]
    return 0.5 * sum(np.sum(Between(poses[i], poses[j], SE2(*m)).error() ** 2) for (i, j), m in zip(X, Y))


def gradient(params, X, Y, factor):
    """By motions at the right of each pose, and from these by its coordinates."""
    poses, total = [SE2(*pose) for pose in params["poses"]], np.zeros((POSES, 3))
    for (i, j), m in zip(X, Y):
        Jlist, error = factor(poses[i], poses[j], SE2(*m)).jacobians()
        for k, J in zip((i, j), Jlist):
            total[k] += J.T @ error
    for pose, row in zip(poses, total):
        row[:2] = turn(pose.theta) @ row[:2]
    return {"poses": total}


def grad(params, X, Y):
    return gradient(params, X, Y, Between)


def repaired(params, X, Y):
    return gradient(params, X, Y, RepairedBetween)
