"""A splat's scale is the exponential of a parameter, whose slope is that by the scale itself."""

import numpy as np

SOURCE = "https://github.com/openvdb/fvdb-core/issues/432"
THREAD = "openvdb/fvdb-core #432, PR #433, commit 760a8a4d"
DATE = "2026-01"
KIND = "gradient"
FORMULA = (
    r"\partial L / \partial \log s = \partial L / \partial s "
    r"= \operatorname{diag}(R^\top\, \partial L / \partial M)"
)
RIGHT = (
    r"\partial L / \partial \log s = s \odot \operatorname{diag}(R^\top\, \partial L / \partial M),\; "
    r"M = R(q) \operatorname{diag}(s),\; \Sigma = M M^\top"
)
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = []
NET = None  # covariances of splats
BLOCKS = ["quats[1]", "log_scales[1]"]
SAMPLES = 4
LAM = 0.0


def start(rng):
    return {"quats": rng.standard_normal((SAMPLES, 4)), "log_scales": 0.5 * rng.standard_normal((SAMPLES, 3))}


def data(rng):
    """The covariances wanted."""
    A = rng.standard_normal((SAMPLES, 3, 3))
    return np.zeros((SAMPLES, 1)), A @ A.transpose(0, 2, 1)


def quaternionToRotationMatrix(quat):
    w, x, y, z = quat / np.sqrt(np.sum(quat * quat))
    x2, y2, z2 = x * x, y * y, z * z
    xy, xz, yz = x * y, x * z, y * z
    wx, wy, wz = w * x, w * y, w * z
    return np.array(
        [
            [1 - 2 * (y2 + z2), 2 * (xy - wz), 2 * (xz + wy)],
            [2 * (xy + wz), 1 - 2 * (x2 + z2), 2 * (yz - wx)],
            [2 * (xz - wy), 2 * (yz + wx), 1 - 2 * (x2 + y2)],
        ]
    )


def quaternionToRotationMatrixVectorJacobianProduct(quat, G):
    inverseNormalization = 1 / np.sqrt(np.sum(quat * quat))
    quatNormalized = quat * inverseNormalization
    w, x, y, z = quatNormalized
    dLossDQuatNormalized = 2 * np.array(
        [
            x * (G[2, 1] - G[1, 2]) + y * (G[0, 2] - G[2, 0]) + z * (G[1, 0] - G[0, 1]),
            -2 * x * (G[1, 1] + G[2, 2]) + y * (G[1, 0] + G[0, 1]) + z * (G[2, 0] + G[0, 2]) + w * (G[2, 1] - G[1, 2]),
            x * (G[1, 0] + G[0, 1]) - 2 * y * (G[0, 0] + G[2, 2]) + z * (G[2, 1] + G[1, 2]) + w * (G[0, 2] - G[2, 0]),
            x * (G[2, 0] + G[0, 2]) + y * (G[2, 1] + G[1, 2]) - 2 * z * (G[0, 0] + G[1, 1]) + w * (G[1, 0] - G[0, 1]),
        ]
    )
    return (dLossDQuatNormalized - (dLossDQuatNormalized @ quatNormalized) * quatNormalized) * inverseNormalization


def quaternionAndScaleToCovarianceVectorJacobianProduct(quat, scale, R, dLossDCovar, right):
    S = np.diag(scale)
    M = R @ S
    dLossDM = (dLossDCovar + dLossDCovar.T) @ M
    dLossDR = dLossDM @ S.T
    dLossDQuat = quaternionToRotationMatrixVectorJacobianProduct(quat, dLossDR)
    dLossDScale = np.array([R[:, k] @ dLossDM[:, k] for k in range(3)])
    if right:
        return dLossDQuat, scale * dLossDScale
    return dLossDQuat, dLossDScale


def quaternionAndScaleToCovariance(quat, scale):
    M = quaternionToRotationMatrix(quat) * scale
    return M @ M.T


def cost(params, X, Y):
    total = 0.0
    for quat, log_scale, y in zip(params["quats"], params["log_scales"], Y):
        total = total + 0.5 * np.sum((quaternionAndScaleToCovariance(quat, np.exp(log_scale)) - y) ** 2)
    return total


def backward(params, Y, right):
    g = {name: np.zeros_like(p) for name, p in params.items()}
    for i, (quat, log_scale, y) in enumerate(zip(params["quats"], params["log_scales"], Y)):
        scale = np.exp(log_scale)
        R = quaternionToRotationMatrix(quat)
        dLossDCovar = quaternionAndScaleToCovariance(quat, scale) - y
        g["quats"][i], g["log_scales"][i] = quaternionAndScaleToCovarianceVectorJacobianProduct(
            quat, scale, R, dLossDCovar, right
        )
    return g


def grad(params, X, Y):
    return backward(params, Y, False)


def repaired(params, X, Y):
    return backward(params, Y, True)
