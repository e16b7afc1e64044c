"""The derivative by a calibration's rotation is taken of the point with the shift that comes after that rotation."""

import numpy as np

SOURCE = "https://github.com/ethz-asl/maplab/pull/307"
THREAD = "ethz-asl/maplab PR #307"
DATE = "2021-04"
KIND = "gradient"
FORMULA = r"\partial p_C / \partial \tau = [R_C p_I + t_C]_\times"
RIGHT = (
    r"\partial p_C / \partial \tau = [R_C p_I]_\times,\; p_C = R_C p_I + t_C,\; p_I = R_I (p_M - t_I),\; "
    r"R_C \leftarrow \exp [-\tau]_\times R_C"
)
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = []
PIXEL_SIGMA_INVERSE = 1.3
NET = None  # a camera on a moving body
BLOCKS = ["p_C_I[1]", "p_M_I[1]", "p_M_fi[1]", "q_C_I[1]", "q_I_M[1]"]
SAMPLES = 5
LAM = 0.0


def start(rng):
    """Rotations as vectors along their axes; the points lie before the camera."""
    return {
        "q_C_I": rng.uniform(-0.4, 0.4, 3),
        "p_C_I": np.array([0.5, -0.4, 1.0]) + 0.2 * rng.standard_normal(3),
        "q_I_M": rng.uniform(-0.4, 0.4, 3),
        "p_M_I": 0.3 * rng.standard_normal(3),
        "p_M_fi": rng.uniform(-1, 1, (SAMPLES, 3)) + np.array([0.0, 0.0, 4.0]),
    }


def data(rng):
    return np.zeros((SAMPLES, 1)), 0.5 * rng.standard_normal((SAMPLES, 2))


def skew(v):
    x, y, z = v
    return np.array([[0, -z, y], [z, 0, -x], [-y, x, 0]])


def toRotationMatrixJPL(phi):
    """Turns coordinates, that is the other way round than it turns vectors."""
    angle, W = np.sqrt(np.sum(phi**2)), skew(phi)
    return np.eye(3) - np.sin(angle) / angle * W + (1 - np.cos(angle)) / angle**2 * W @ W


def local_parameterization(phi):
    """How such a rotation moves on its left with the vector that it is made of."""
    angle, W = np.sqrt(np.sum(phi**2)), skew(phi)
    return np.eye(3) - (1 - np.cos(angle)) / angle**2 * W + (angle - np.sin(angle)) / angle**3 * W @ W


def project3Functional(p_C_fi):
    x, y, z = p_C_fi
    return p_C_fi[:2] / z, np.array([[1 / z, 0, -x / z**2], [0, 1 / z, -y / z**2]])


def in_the_camera(parameters, k):
    R_C_I, R_I_M = (toRotationMatrixJPL(parameters[name]) for name in ("q_C_I", "q_I_M"))
    p_I_fi = R_I_M @ (parameters["p_M_fi"][k] - parameters["p_M_I"])
    return R_C_I, R_I_M, p_I_fi, R_C_I @ p_I_fi + parameters["p_C_I"]


def cost(parameters, X, Y):
    total = 0.0
    for k in range(SAMPLES):
        reprojected_landmark, _ = project3Functional(in_the_camera(parameters, k)[3])
        total += np.sum(((reprojected_landmark - Y[k]) * PIXEL_SIGMA_INVERSE) ** 2)
    return 0.5 * total


def jacobians_of_the_point(R_C_I, R_I_M, p_I_fi, p_C_fi):
    J = {"p_C_I": np.eye(3), "q_C_I": skew(p_C_fi)}
    J["p_M_I"] = -R_C_I @ R_I_M
    J["q_I_M"] = R_C_I @ skew(p_I_fi)
    J["p_M_fi"] = R_C_I @ R_I_M
    return J


def jacobians_of_the_point_repaired(R_C_I, R_I_M, p_I_fi, p_C_fi):
    J = {"p_C_I": np.eye(3), "q_C_I": skew(R_C_I @ p_I_fi)}
    J["p_M_I"] = -R_C_I @ R_I_M
    J["q_I_M"] = R_C_I @ skew(p_I_fi)
    J["p_M_fi"] = R_C_I @ R_I_M
    return J


def Evaluate(parameters, Y, jacobians):
    g = {name: np.zeros_like(p) for name, p in parameters.items()}
    for k in range(SAMPLES):
        R_C_I, R_I_M, p_I_fi, p_C_fi = in_the_camera(parameters, k)
        reprojected_landmark, J_keypoint_wrt_p_C_fi = project3Functional(p_C_fi)
        residual = (reprojected_landmark - Y[k]) * PIXEL_SIGMA_INVERSE
        for name, J in jacobians(R_C_I, R_I_M, p_I_fi, p_C_fi).items():
            J = J_keypoint_wrt_p_C_fi @ J * PIXEL_SIGMA_INVERSE
            if name[0] == "q":
                J = J @ local_parameterization(parameters[name])
            if name == "p_M_fi":
                g[name][k] += J.T @ residual
            else:
                g[name] += J.T @ residual
    return g


def grad(parameters, X, Y):
    return Evaluate(parameters, Y, jacobians_of_the_point)


def repaired(parameters, X, Y):
    return Evaluate(parameters, Y, jacobians_of_the_point_repaired)
