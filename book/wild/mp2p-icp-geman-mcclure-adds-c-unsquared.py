"""A robust kernel's weight adds its parameter to the squared error as it is, the loss adds it squared."""

import numpy as np

SOURCE = "https://github.com/MOLAorg/mp2p_icp/issues/101"
THREAD = "MOLAorg/mp2p_icp #101"
DATE = "2026-09"
KIND = "gradient"
GROUP = "slope"
FORMULA = r"w = c^2 / (e^2 + c)^2,\; \rho = \frac{e^2 / 2}{c^2 + e^2}"
RIGHT = r"w = \rho'(e) / e = c^2 / (e^2 + c^2)^2"
READ = "code"
LAYER = [1]
NAMES = []
NET = None  # the pose of a scan
BLOCKS = ["pose[1]"]
SAMPLES = 10
LAM = 0.0
KERNEL_PARAM = 0.6


def start(rng):
    """Two coordinates and a heading."""
    return 0.4 * rng.standard_normal(3)


def data(rng):
    """The local points, and the global ones they are paired with, some far off."""
    local = rng.standard_normal((SAMPLES, 2))
    return local, local + 0.3 * rng.standard_normal((SAMPLES, 2)) + 2.0 * (rng.random((SAMPLES, 1)) < 0.3)


def create_robust_kernel(kernelParam):
    kernelParamSqr = kernelParam**2
    return lambda errorSqr: kernelParamSqr / (errorSqr + kernelParam) ** 2


def create_robust_kernel_later(kernelParam):
    kernelParamSqr = kernelParam**2
    return lambda errorSqr: kernelParamSqr / (errorSqr + kernelParamSqr) ** 2


def error_point2point(pose, local, other):
    """The error of a pair, and its Jacobian."""
    x, y, phi = pose
    c, s = np.cos(phi), np.sin(phi)
    g = np.array([x + c * local[0] - s * local[1], y + s * local[0] + c * local[1]])
    J = np.array([[1, 0, -s * local[0] - c * local[1]], [0, 1, c * local[0] - s * local[1]]])
    return g - other, J


def cost(pose, X, Y):
    total = 0.0
    for local, other in zip(X, Y):
        err, _ = error_point2point(pose, local, other)
        errorSqr = err @ err
        total = total + (errorSqr / 2) / (KERNEL_PARAM**2 + errorSqr)
    return total


def optimal_tf_gauss_newton(robust_kernel, pose, X, Y):
    """The right side of the normal equations, before its sign is turned."""
    g = np.zeros(3)
    for local, other in zip(X, Y):
        err, J = error_point2point(pose, local, other)
        weight = robust_kernel(err @ err)
        g = g + weight * J.T @ err
    return g


def grad(pose, X, Y):
    return optimal_tf_gauss_newton(create_robust_kernel(KERNEL_PARAM), pose, X, Y)


def repaired(pose, X, Y):
    return optimal_tf_gauss_newton(create_robust_kernel_later(KERNEL_PARAM), pose, X, Y)
