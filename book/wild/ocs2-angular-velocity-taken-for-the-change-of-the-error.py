"""An orientation error of quaternions is given the geometric Jacobian, its own derivative is left out."""

import numpy as np

SOURCE = "https://github.com/leggedrobotics/ocs2/commit/dd8371af18d785e2d80b112ef79354b1eec3e8ae"
THREAD = "leggedrobotics/ocs2 dd8371af1"
DATE = "2021-02"
KIND = "gradient"
GROUP = "down"
FORMULA = r"\partial e / \partial \theta = J_\omega"
RIGHT = (
    r"\partial e / \partial \theta = \frac{\partial e}{\partial q} \frac{\partial \dot q}{\partial \omega} J_\omega,\; "
    r"e = q_w v_r - r_w v_q + v_q \times v_r"
)
READ = "code"
LAYER = [1]
NAMES = []
NET = None  # the joints of an arm
BLOCKS = ["joints[1]"]
SAMPLES = 5
LAM = 0.0
AXES = np.array([[0.0, 0.0, 1.0], [0.0, 1.0, 0.0], [1.0, 0.0, 0.0]])
MOUNTS = np.array([[1.0, 0.0, 0.0, 0.0], [0.8, 0.6, 0.0, 0.0], [0.6, 0.0, 0.0, 0.8]])


def start(rng):
    """Three joints at each time."""
    return rng.standard_normal((SAMPLES, 3))


def data(rng):
    """The orientations that are wanted, scalar first."""
    qRef = rng.standard_normal((SAMPLES, 4))
    return qRef / np.sqrt(np.sum(qRef**2, axis=1, keepdims=True)), np.zeros((SAMPLES, 1))


def multiply(a, b):
    w = a[0] * b[0] - a[1:] @ b[1:]
    return np.append(w, a[0] * b[1:] + b[0] * a[1:] + np.cross(a[1:], b[1:]))


def rotate(q, v):
    t = 2 * np.cross(q[1:], v)
    return v + q[0] * t + np.cross(q[1:], t)


def forwardKinematics(joints):
    """The orientation of the end effector, and the joints' axes in the world as columns."""
    q, J = np.array([1.0, 0.0, 0.0, 0.0]), []
    for angle, axis, mount in zip(joints, AXES, MOUNTS):
        q = multiply(q, mount)
        J.append(rotate(q, axis))
        q = multiply(q, np.append(np.cos(angle / 2), np.sin(angle / 2) * axis))
    return q, np.array(J).T


def quaternionDistance(q, qRef):
    return q[0] * qRef[1:] - qRef[0] * q[1:] + np.cross(q[1:], qRef[1:])


def quaternionDistanceJacobian(qRef):
    """The columns belong to x, y, z and w."""
    w, x, y, z = qRef
    return np.array([[-w, z, -y, x], [-z, -w, x, y], [y, -x, -w, z]])


def angularVelocityToQuaternionTimeDerivative(q):
    w, x, y, z = q
    return 0.5 * np.array([[w, -z, y, -x], [z, w, -x, -y], [-y, x, w, -z]]).T


def getOrientationErrorLinearApproximation(joints, qRef):
    q, J = forwardKinematics(joints)
    return quaternionDistance(q, qRef), J


def getOrientationErrorLinearApproximationLater(joints, qRef):
    q, J = forwardKinematics(joints)
    Jqdist = quaternionDistanceJacobian(qRef) @ angularVelocityToQuaternionTimeDerivative(q) @ J
    return quaternionDistance(q, qRef), Jqdist


def cost(params, X, Y):
    total = 0.0
    for joints, qRef in zip(params, X):
        err = quaternionDistance(forwardKinematics(joints)[0], qRef)
        total = total + 0.5 * err @ err
    return total


def gradient(linearApproximation, params, X):
    out = []
    for joints, qRef in zip(params, X):
        f, dfdx = linearApproximation(joints, qRef)
        out.append(dfdx.T @ f)
    return np.array(out)


def grad(params, X, Y):
    return gradient(getOrientationErrorLinearApproximation, params, X)


def repaired(params, X, Y):
    return gradient(getOrientationErrorLinearApproximationLater, params, X)
