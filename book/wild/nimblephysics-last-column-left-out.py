"""The last degree of freedom is left out of the derivatives of the joints' places."""

import numpy as np

SOURCE = "https://github.com/keenon/nimblephysics/commit/97fe88054"
THREAD = "keenon/nimblephysics 97fe88054"
DATE = "2023-03"
KIND = "gradient"
GROUP = "blocks"
FORMULA = r"\partial C / \partial q_j = \sum_i (p_i - y_i) \cdot \partial p_i / \partial q_j,\; j < n,\; 0,\; j = n"
RIGHT = r"\partial C / \partial q_j = \sum_i (p_i - y_i) \cdot \partial p_i / \partial q_j,\; j \le n"
READ = "code"
LAYER = [1]
NAMES = [{"no-gradient"}]
NET = None  # a chain of turning and sliding joints
BLOCKS = ["q[1]"]
SAMPLES = 4
LAM = 0.0


def start(rng):
    return rng.uniform(-1, 1, 4)


def data(rng):
    """Where the joints should be."""
    return np.zeros((SAMPLES, 1)), rng.standard_normal((SAMPLES, 3))


class Skeleton:
    """Each joint turns or slides along an axis, and stands off the joint before it."""

    joints = [
        ("slide", np.array([1.0, 0.0, 0.0]), np.array([0.0, 0.0, 0.0])),
        ("turn", np.array([0.0, 0.0, 1.0]), np.array([0.0, 0.5, 0.2])),
        ("turn", np.array([0.0, 1.0, 0.0]), np.array([1.0, 0.3, 0.0])),
        ("slide", np.array([0.6, 0.8, 0.0]), np.array([0.8, 0.0, -0.4])),
    ]

    def __init__(self, q):
        self.q = q
        R, p = np.eye(3), np.zeros(3)
        self.axes, self.places = [], []
        for (kind, axis, offset), angle in zip(self.joints, q):
            p = p + R @ offset
            self.axes.append(R @ axis)
            if kind == "slide":
                p = p + R @ axis * angle
            else:
                W = np.array([[0, -axis[2], axis[1]], [axis[2], 0, -axis[0]], [-axis[1], axis[0], 0]])
                R = R @ (np.eye(3) + np.sin(angle) * W + (1 - np.cos(angle)) * W @ W)
            self.places.append(p)

    def getJointWorldPositions(self):
        return np.concatenate(self.places)

    def getWorldPositionJacobian(self, i):
        """Rotations above, places below; a column for each degree of freedom."""
        jac = np.zeros((6, len(self.q)))
        for j in range(i + 1):
            if self.joints[j][0] == "slide":
                jac[3:, j] = self.axes[j]
            else:
                jac[:3, j] = self.axes[j]
                jac[3:, j] = np.cross(self.axes[j], self.places[i] - self.places[j])
        return jac

    def getJointWorldPositionsJacobianWrtJointPositions(self, right):
        jac = np.zeros((3 * len(self.joints), len(self.q)))
        for i in range(len(self.joints)):
            bodyJac = self.getWorldPositionJacobian(i)
            cols = bodyJac.shape[1] if right else bodyJac.shape[1] - 1
            jac[3 * i : 3 * i + 3, 0:cols] = bodyJac[3:6, 0:cols]
        return jac


def cost(q, X, Y):
    return 0.5 * np.sum((Skeleton(q).getJointWorldPositions() - Y.ravel()) ** 2)


def of_squares(q, Y, right):
    skeleton = Skeleton(q)
    diff = skeleton.getJointWorldPositions() - Y.ravel()
    return skeleton.getJointWorldPositionsJacobianWrtJointPositions(right).T @ diff


def grad(q, X, Y):
    return of_squares(q, Y, False)


def repaired(q, X, Y):
    return of_squares(q, Y, True)
