"""A velocity's derivative by a joint crosses the joint's axes with its own velocity, not with its parent's."""

import numpy as np

SOURCE = "https://github.com/stack-of-tasks/pinocchio/commit/05a7e0306f95d2d6b1ff55b519770948f8887335"
THREAD = "stack-of-tasks/pinocchio 05a7e0306"
DATE = "2019-04"
KIND = "gradient"
GROUP = "down"
FORMULA = r"\partial v_n / \partial q_i = v_i \times J_i - v_n \times J_i,\; i > 1"
RIGHT = r"\partial v_n / \partial q_i = v_{i-1} \times J_i - v_n \times J_i,\; v_i = v_{i-1} + J_i \dot q_i"
READ = "code"
LAYER = [2, 3]
NAMES = []
NET = None  # a chain of planar joints, each of which moves two ways and turns
BLOCKS = ["joint[1]", "joint[2]", "joint[3]"]
SAMPLES = 4
LAM = 0.0
NJOINTS = 3
PLACEMENTS = [(0.0, 0.0, 0.0), (0.5, 0.1, 0.4), (0.3, -0.2, -0.7)]


def start(rng):
    """Place and angle of each joint."""
    return [rng.uniform(-0.8, 0.8, 3) for _ in range(NJOINTS)]


def data(rng):
    """The joints' velocities, and the last body's velocity in the world that is wanted."""
    return rng.standard_normal((SAMPLES, NJOINTS, 3)), rng.standard_normal((SAMPLES, 3))


def turn(angle):
    return np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])


def compose(M, x, y, angle):
    R, p, whole = M
    return R @ turn(angle), p + R @ np.array([x, y]), whole + angle


def act(M, columns):
    """Motions of a body, in columns of two velocities and a rate of turning, seen at the world's origin."""
    R, p, _ = M
    linear = R @ columns[:2] + np.outer([p[1], -p[0]], columns[2])
    return np.vstack([linear, columns[2]])


def motionAction(v, columns):
    """The spatial cross product of one motion with each column."""
    turned = v[2] * np.array([-columns[1], columns[0]]) - np.outer([-v[1], v[0]], columns[2])
    return np.vstack([turned, np.zeros(columns.shape[1])])


def forwardStep(q, vq, i, oM, ov):
    """One joint: its placement, its columns in the world and its velocity."""
    oM = compose(compose(oM, *PLACEMENTS[i]), *q[i])
    J_cols = act(oM, np.eye(3))
    return oM, J_cols, ov + J_cols @ vq[i]


WORLD = np.eye(2), np.zeros(2), 0.0


def velocity(q, vq):
    oM, ov = WORLD, np.zeros(3)
    for i in range(NJOINTS):
        oM, _, ov = forwardStep(q, vq, i, oM, ov)
    return ov


def computeForwardKinematicsDerivatives(q, vq, right):
    oM, ov = WORLD, np.zeros(3)
    J, dVdq, rotations = [], [], []
    for i in range(NJOINTS):
        ov_parent = ov
        oM, J_cols, ov = forwardStep(q, vq, i, oM, ov)
        dJ_cols = motionAction(ov, J_cols)
        if i == 0:
            dVdq_cols = np.zeros((3, 3))
        else:
            dVdq_cols = motionAction(ov_parent, J_cols) if right else dJ_cols
        J.append(J_cols)
        dVdq.append(dVdq_cols)
        rotations.append(turn(q[i][2]))
    return J, dVdq, rotations, ov


def getJointVelocityDerivatives(q, vq, right):
    """By small motions of each joint in its own axes, and then by its coordinates."""
    J, dVdq, rotations, ov = computeForwardKinematicsDerivatives(q, vq, right)
    partial = [d - motionAction(ov, cols) for d, cols in zip(dVdq, J)]
    return ov, [np.column_stack([p[:, :2] @ R.T, p[:, 2]]) for p, R in zip(partial, rotations)]


def cost(params, X, Y):
    return 0.5 * sum(np.sum((velocity(params, vq) - y) ** 2) for vq, y in zip(X, Y)) / len(X)


def gradient(params, X, Y, right):
    total = [np.zeros(3) for _ in range(NJOINTS)]
    for vq, y in zip(X, Y):
        ov, partial = getJointVelocityDerivatives(params, vq, right)
        total = [t + p.T @ (ov - y) / len(X) for t, p in zip(total, partial)]
    return total


def grad(params, X, Y):
    return gradient(params, X, Y, False)


def repaired(params, X, Y):
    return gradient(params, X, Y, True)
