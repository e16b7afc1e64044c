"""A joint's adjoint map is differentiated about the pose at the angle instead of the pose at rest."""

import numpy as np

SOURCE = "https://github.com/borglab/GTDynamics/pull/218"
THREAD = "borglab/GTDynamics #218, commit edef9949"
DATE = "2021-04"
KIND = "gradient"
GROUP = "slope"
FORMULA = (
    r"\partial e / \partial q = \bigl(\tfrac{\mathrm{d}}{\mathrm{d} s} \mathrm{Ad}_{\exp(-S s)\, M(q)}"
    r"\bigr)^T_{s = q} F_2"
)
RIGHT = (
    r"\partial e / \partial q = \bigl(\tfrac{\mathrm{d}}{\mathrm{d} s} \mathrm{Ad}_{\exp(-S s)\, M(0)}"
    r"\bigr)^T_{s = q} F_2,\; e = F_1 + \mathrm{Ad}^T_{\exp(-S q) M(0)} F_2"
)
READ = "code"
LAYER = [1]
NAMES = []
NET = None  # wrenches at the two sides of a revolute joint
BLOCKS = ["q[1]", "wrench_1[1]", "wrench_2[1]"]
SAMPLES = 4
LAM = 0.0


def start(rng):
    return {
        "q": rng.uniform(-2, 2, SAMPLES),
        "wrench_1": rng.standard_normal((SAMPLES, 6)),
        "wrench_2": rng.standard_normal((SAMPLES, 6)),
    }


def data(rng):
    return np.zeros((SAMPLES, 1)), np.zeros((SAMPLES, 1))


def skewSymmetric(w):
    return np.array([[0, -w[2], w[1]], [w[2], 0, -w[0]], [-w[1], w[0], 0]])


class Pose3:
    def __init__(self, R, t):
        self.R, self.t = R, t

    @staticmethod
    def Expmap(xi, q):
        """The motion along q times a screw axis of unit rotation."""
        w, v = xi[:3], xi[3:]
        W = skewSymmetric(w)
        R = np.eye(3) + np.sin(q) * W + (1 - np.cos(q)) * W @ W
        return Pose3(R, (np.eye(3) * q + (1 - np.cos(q)) * W + (q - np.sin(q)) * W @ W) @ v)

    def __mul__(self, other):
        return Pose3(self.R @ other.R, self.R @ other.t + self.t)

    def inverse(self):
        return Pose3(self.R.T, -self.R.T @ self.t)

    def AdjointMap(self):
        return np.block([[self.R, np.zeros((3, 3))], [skewSymmetric(self.t) @ self.R, self.R]])


def AdjointMapJacobianQ(q, jMi, screw_axis):
    w = -screw_axis[:3]
    v = -screw_axis[3:]
    kTj = Pose3.Expmap(-screw_axis, q) * jMi
    w_skew = skewSymmetric(w)
    H_expo = w_skew * np.cos(q) + w_skew @ w_skew * np.sin(q)
    H_R = H_expo @ jMi.R
    H_T = H_expo @ (jMi.t - w_skew @ v) + np.outer(w, w) @ v
    H_TR = skewSymmetric(H_T) @ kTj.R + skewSymmetric(kTj.t) @ H_R
    H = np.zeros((6, 6))
    H[0:3, 0:3] = H_R
    H[3:6, 0:3] = H_TR
    H[3:6, 3:6] = H_R
    return H


class ScrewJoint:
    def __init__(self, right):
        self.right = right
        axis = np.array([0.6, 0.0, 0.8])
        self.cScrewAxis = np.concatenate([axis, np.cross([1.0, 0.3, -0.2], axis)])
        self.pMccom = Pose3.Expmap(np.array([0.0, 1.0, 0.0, 0.5, 0.0, 2.0]), 0.7)

    def childTparent(self, q):
        return (self.pMccom * Pose3.Expmap(self.cScrewAxis, q)).inverse()

    def AdjointMapJacobianJointAngle(self, q):
        if self.right:
            return AdjointMapJacobianQ(q, self.childTparent(0), self.cScrewAxis)
        return AdjointMapJacobianQ(q, self.childTparent(q), self.cScrewAxis)


def evaluateError(joint, wrench_1, wrench_2, q):
    T_21 = joint.childTparent(q)
    Ad_21_T = T_21.AdjointMap().T
    return wrench_1 + Ad_21_T @ wrench_2, Ad_21_T


def cost(params, X, Y):
    rows = zip(params["wrench_1"], params["wrench_2"], params["q"])
    return 0.5 * sum(np.sum(evaluateError(ScrewJoint(True), *row)[0] ** 2) for row in rows)


def of_squares(params, right):
    joint, g = ScrewJoint(right), {name: np.zeros_like(p) for name, p in params.items()}
    for i, q in enumerate(params["q"]):
        wrench_2 = params["wrench_2"][i]
        error, Ad_21_T = evaluateError(joint, params["wrench_1"][i], wrench_2, q)
        H_q = joint.AdjointMapJacobianJointAngle(q).T @ wrench_2
        g["wrench_1"][i] = error
        g["wrench_2"][i] = Ad_21_T.T @ error
        g["q"][i] = H_q @ error
    return g


def grad(params, X, Y):
    return of_squares(params, False)


def repaired(params, X, Y):
    return of_squares(params, True)
