"""The Jacobian of a product of two poses by the first of them is written down transposed."""

import numpy as np

SOURCE = "https://github.com/MRPT/mrpt/commit/b9114e3d4"
THREAD = "MRPT/mrpt b9114e3d4"
DATE = "2019-03"
KIND = "gradient"
FORMULA = r"\partial \operatorname{vec}(A B) / \partial \operatorname{vec}(A) = B \otimes I_3"
RIGHT = r"\partial \operatorname{vec}(A B) / \partial \operatorname{vec}(A) = B^T \otimes I_3"
READ = "code"
GROUP = "down"
LAYER = [1]
NAMES = [{"missing-transpose"}]
NET = None  # a pose after another one
BLOCKS = ["A[1]"]
SAMPLES = 5
LAM = 0.0


def start(rng):
    """The upper three rows of a pose's matrix."""
    return rng.standard_normal((3, 4))


def rotation(v):
    angle = np.linalg.norm(v)
    x, y, z = v / angle
    K = np.array([[0, -z, y], [z, 0, -x], [-y, x, 0]])
    return np.eye(3) + np.sin(angle) * K + (1 - np.cos(angle)) * K @ K


def data(rng):
    """Second poses, of three numbers for the turn and three for the shift; and where the two together should end."""
    return rng.standard_normal((SAMPLES, 6)), rng.standard_normal((SAMPLES, 12))


def getHomogeneousMatrixVal(b):
    HM = np.eye(4)
    HM[:3, :3] = rotation(b[:3])
    HM[:3, 3] = b[3:]
    return HM


def getAs12Vector(P):
    """Column by column."""
    return P.T.ravel()


def jacob_dAB_dA(B):
    J = np.zeros((12, 12))
    B_HM = getHomogeneousMatrixVal(B).T
    for c in range(4):
        for r in range(4):
            for q in range(3):
                J[c * 3 + q, r * 3 + q] = B_HM[r, c]
    return J


def jacob_dAB_dA_repaired(B):
    J = np.zeros((12, 12))
    B_HM = getHomogeneousMatrixVal(B).T
    for c in range(4):
        for r in range(4):
            for q in range(3):
                J[r * 3 + q, c * 3 + q] = B_HM[r, c]
    return J


def cost(A, X, Y):
    return 0.5 * sum(np.sum((getAs12Vector(A @ getHomogeneousMatrixVal(B)) - y) ** 2) for B, y in zip(X, Y))


def of_squares(A, X, Y, jacobian):
    g = np.zeros(12)
    for B, y in zip(X, Y):
        g += jacobian(B).T @ (getAs12Vector(A @ getHomogeneousMatrixVal(B)) - y)
    return g.reshape(4, 3).T


def grad(A, X, Y):
    return of_squares(A, X, Y, jacob_dAB_dA)


def repaired(A, X, Y):
    return of_squares(A, X, Y, jacob_dAB_dA_repaired)
