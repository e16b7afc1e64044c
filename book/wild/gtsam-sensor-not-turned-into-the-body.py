"""A rotation's derivative by a bias of its sensor lacks that sensor's rotation, and has step and sign twice."""

import numpy as np

SOURCE = "https://github.com/borglab/gtsam/commit/b531df700"
THREAD = "borglab/gtsam b531df700"
DATE = "2024-06"
KIND = "gradient"
FORMULA = r"J_k = R_k^\top J_{k-1} + \mathcal J(\theta_k)\, \Delta t^2"
RIGHT = (
    r"J_k = R_k^\top J_{k-1} - \mathcal J(\theta_k)\, B\, \Delta t,\; R_k = \exp [\theta_k]_\times,\; "
    r"\theta_k = B (\omega_k - b)\, \Delta t,\; \partial (R_1 \cdots R_n v) / \partial b "
    r"= -R_1 \cdots R_n [v]_\times J_n"
)
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = []
STEPS, DELTA_T = 3, 0.4
NET = None  # a rotation from measured angular velocities
BLOCKS = ["bias[1]"]
SAMPLES = 5
LAM = 0.0


def skew(v):
    x, y, z = v
    return np.array([[0, -z, y], [z, 0, -x], [-y, x, 0]])


def expmap(omega):
    """A rotation, and how it moves on its right with the vector that it is made of."""
    theta, W = np.sqrt(np.sum(omega**2)), skew(omega)
    R = np.eye(3) + np.sin(theta) / theta * W + (1 - np.cos(theta)) / theta**2 * W @ W
    H = np.eye(3) - (1 - np.cos(theta)) / theta**2 * W + (theta - np.sin(theta)) / theta**3 * W @ W
    return R, H


BODY_R_SENSOR = expmap(np.array([0.3, -1.2, 0.8]))[0]


def start(rng):
    return 0.3 * rng.standard_normal(3)


def data(rng):
    """The measured velocities and some directions; and where the directions point in the end."""
    return np.vstack([rng.standard_normal((STEPS, 3)), rng.standard_normal((SAMPLES, 3))]), rng.standard_normal(
        (SAMPLES, 3)
    )


class IncrementalRotation:
    def __init__(self, measuredOmega, deltaT, right):
        self.measuredOmega, self.deltaT, self.right = measuredOmega, deltaT, right

    def __call__(self, bias):
        correctedOmega = self.measuredOmega - bias
        correctedOmega = BODY_R_SENSOR @ correctedOmega
        integratedOmega = correctedOmega * self.deltaT
        incrR, H_bias = expmap(integratedOmega)
        H_bias = H_bias * -self.deltaT
        if self.right:
            H_bias = H_bias @ BODY_R_SENSOR
        return incrR, H_bias


class PreintegratedRotation:
    def __init__(self, right):
        self.right = right
        self.deltaRij, self.delRdelBiasOmega = np.eye(3), np.zeros((3, 3))

    def integrateMeasurement(self, measuredOmega, bias, deltaT):
        f = IncrementalRotation(measuredOmega, deltaT, self.right)
        incrR, D_incrR_integratedOmega = f(bias)
        self.deltaRij = self.deltaRij @ incrR
        if self.right:
            self.delRdelBiasOmega = incrR.T @ self.delRdelBiasOmega + D_incrR_integratedOmega
        else:
            self.delRdelBiasOmega = incrR.T @ self.delRdelBiasOmega - D_incrR_integratedOmega * deltaT


def preintegrated(bias, X, right=True):
    pim = PreintegratedRotation(right)
    for measuredOmega in X[:STEPS]:
        pim.integrateMeasurement(measuredOmega, bias, DELTA_T)
    return pim


def cost(bias, X, Y):
    return 0.5 * np.sum((X[STEPS:] @ preintegrated(bias, X).deltaRij.T - Y) ** 2)


def of_squares(bias, X, Y, right):
    pim = preintegrated(bias, X, right)
    out = np.zeros(3)
    for v, w in zip(X[STEPS:], Y):
        H = -pim.deltaRij @ skew(v) @ pim.delRdelBiasOmega
        out += (pim.deltaRij @ v - w) @ H
    return out


def grad(bias, X, Y):
    return of_squares(bias, X, Y, right=False)


def repaired(bias, X, Y):
    return of_squares(bias, X, Y, right=True)
