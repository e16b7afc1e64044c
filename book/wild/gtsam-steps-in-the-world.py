"""A place's derivative is the identity, as if the steps of its pose were made in the world and not in its own frame."""

import numpy as np

SOURCE = "https://github.com/borglab/gtsam/commit/a90830b94"
THREAD = "borglab/gtsam a90830b94"
DATE = "2021-03"
KIND = "gradient"
FORMULA = r"\partial e / \partial \tau = (I \;\; 0)"
RIGHT = (
    r"\partial e / \partial \tau = (R(\theta) \;\; 0),\; e = t - m,\; t \leftarrow t + R(\theta)\, \tau_{xy},\; "
    r"\theta \leftarrow \theta + \tau_\theta"
)
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = []
NET = None  # poses in the plane
BLOCKS = ["q[1]"]
POSES = SAMPLES = 3
LAM = 0.0


def start(rng):
    """Place and angle of each pose."""
    return np.column_stack([rng.standard_normal((POSES, 2)), rng.uniform(0.3, 1.5, POSES)])


def data(rng):
    """Measured places, and motions from each pose to the next one."""
    return rng.standard_normal((POSES, 2)), rng.standard_normal((POSES - 1, 3))


def rotation(theta):
    return np.array([[np.cos(theta), -np.sin(theta)], [np.sin(theta), np.cos(theta)]])


def evaluateError(q, m):
    H = np.array([[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]])
    return np.array([q[0] - m[0], q[1] - m[1]]), H


def evaluateErrorRepaired(q, m):
    c, s = np.cos(q[2]), np.sin(q[2])
    H = np.array([[c, -s, 0.0], [s, c, 0.0]])
    return np.array([q[0] - m[0], q[1] - m[1]]), H


def between(q1, q2, odometry):
    R1t = rotation(q1[2]).T
    d = R1t @ (q2[:2] - q1[:2])
    H1 = np.array([[-1, 0, d[1]], [0, -1, -d[0]], [0, 0, -1.0]])
    H2 = np.zeros((3, 3), d.dtype)
    H2[:2, :2] = R1t @ rotation(q2[2])
    H2[2, 2] = 1
    return np.append(d, q2[2] - q1[2]) - odometry, H1, H2


def cost(q, X, Y):
    total = sum(np.sum(evaluateError(q[k], X[k])[0] ** 2) for k in range(POSES))
    total += sum(np.sum(between(q[k], q[k + 1], Y[k])[0] ** 2) for k in range(POSES - 1))
    return 0.5 * total


def linearize(q, X, Y, unary):
    """By steps of each pose in its own frame, which are written by place and angle in the end."""
    g = np.zeros_like(q)
    for k in range(POSES):
        e, H = unary(q[k], X[k])
        g[k] += H.T @ e
    for k in range(POSES - 1):
        e, H1, H2 = between(q[k], q[k + 1], Y[k])
        g[k] += H1.T @ e
        g[k + 1] += H2.T @ e
    for k in range(POSES):
        g[k, :2] = rotation(q[k, 2]) @ g[k, :2]
    return g


def grad(q, X, Y):
    return linearize(q, X, Y, evaluateError)


def repaired(q, X, Y):
    return linearize(q, X, Y, evaluateErrorRepaired)
