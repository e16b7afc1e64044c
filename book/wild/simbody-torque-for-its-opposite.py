"""The misfit of orientation sensors takes the torques that would mend it for its gradient, which has the other sign."""

import numpy as np

SOURCE = "https://github.com/simbody/simbody/commit/23430cb"
THREAD = "simbody/simbody 23430cbb"
DATE = "2014-09"
KIND = "gradient"
FORMULA = r"\nabla_q C = \tfrac1{\sum w} \textstyle\sum_i J_i^T R_i\, w_i \alpha_i n_i"
RIGHT = (
    r"\nabla_q C = -\tfrac1{\sum w} \textstyle\sum_i J_i^T R_i\, w_i \alpha_i n_i,\; "
    r"C = \tfrac1{2 \sum w} \sum_i w_i \alpha_i^2,\; R_i^T O_i = \operatorname{rot}(\alpha_i, n_i)"
)
READ = "code"
GROUP = "factor"
LAYER = [1]
NAMES = [{"sign"}]
NET = None  # a chain of bodies on pins, with a sensor on each
BLOCKS = ["q[1]"]
SAMPLES = 5
LAM = 0.0


def start(rng):
    """The angles of the pins."""
    return rng.uniform(-0.8, 0.8, SAMPLES)


def rotation(axis, angle):
    K = np.array([[0, -axis[2], axis[1]], [axis[2], 0, -axis[0]], [-axis[1], axis[0], 0]])
    return np.eye(3) + np.sin(angle) * K + (1 - np.cos(angle)) * K @ K


def data(rng):
    """A pin's axis and a sensor's weight and mounting for each body, and the orientations observed."""
    axes = rng.standard_normal((SAMPLES, 3))
    axes /= np.linalg.norm(axes, axis=1, keepdims=True)
    turns = rng.standard_normal((2, SAMPLES, 3))
    lengths = np.linalg.norm(turns, axis=2, keepdims=True)
    mounting, observed = [
        np.array([rotation(n, a[0]) for n, a in zip(t / length, 0.5 * length)]) for t, length in zip(turns, lengths)
    ]
    weight = rng.uniform(0.5, 1.5, SAMPLES)
    return np.column_stack([axes, weight, mounting.reshape(SAMPLES, 9)]), observed.reshape(SAMPLES, 9)


def bodies(q, X):
    """The rotation of each body on the ground, and its pin's axis there."""
    R, rotations, pins = np.eye(3), [], []
    for q_i, x in zip(q, X):
        pins.append(R @ x[:3])
        R = R @ rotation(x[:3], q_i)
        rotations.append(R)
    return rotations, pins


def convertRotationToAngle(R):
    return np.arccos((np.trace(R) - 1) / 2)


def convertRotationToAngleAxis(R):
    angle = convertRotationToAngle(R)
    axis = np.array([R[2, 1] - R[1, 2], R[0, 2] - R[2, 0], R[1, 0] - R[0, 1]]) / (2 * np.sin(angle))
    return angle, axis


def calcGoal(q, X, Y):
    goal, wtot = 0, 0
    for R_GB, x, y in zip(bodies(q, X)[0], X, Y):
        R_GS = R_GB @ x[4:].reshape(3, 3)
        R_SO = R_GS.T @ y.reshape(3, 3)  # error, in S
        goal += x[3] * convertRotationToAngle(R_SO) ** 2
        wtot += x[3]
    return goal / (2 * wtot)


def calcGoalGradient(q, X, Y, right=False):
    rotations, pins = bodies(q, X)
    dEdR, wtot = np.zeros((len(q), 3)), 0
    for mobod, (R_GB, x, y) in enumerate(zip(rotations, X, Y)):
        R_GS = R_GB @ x[4:].reshape(3, 3)
        R_SO = R_GS.T @ y.reshape(3, 3)  # error, in S
        angle, axis = convertRotationToAngleAxis(R_SO)
        if right:
            trq_S = -x[3] * angle * axis
        else:
            trq_S = x[3] * angle * axis
        trq_G = R_GS @ trq_S
        dEdR[mobod] += trq_G
        wtot += x[3]
    return multiplyBySystemJacobianTranspose(pins, dEdR) / wtot


def multiplyBySystemJacobianTranspose(pins, dEdR):
    """A pin turns its own body and all that hang on it."""
    dEdU = np.zeros(len(pins))
    for i, pin in enumerate(pins):
        dEdU[i] = pin @ dEdR[i:].sum(0)
    return dEdU


def cost(q, X, Y):
    return calcGoal(q, X, Y)


def grad(q, X, Y):
    return calcGoalGradient(q, X, Y)


def repaired(q, X, Y):
    return calcGoalGradient(q, X, Y, right=True)
