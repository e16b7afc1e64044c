"""The derivative of a point as a camera sees it by that camera's rotation has the other sign."""

import numpy as np

SOURCE = "https://github.com/pangfumin/marginalization/issues/6"
THREAD = "pangfumin/marginalization #6, commit 63e09cc"
DATE = "2020-07"
KIND = "gradient"
FORMULA = r"\partial p_c / \partial \tau = -[R^\top (p_w - t)]_\times"
RIGHT = (
    r"\partial p_c / \partial \tau = [R^\top (p_w - t)]_\times,\; p_c = R^\top (p_w - t),\; "
    r"R \leftarrow R \exp [\tau]_\times,\; C = \tfrac12 \sum (p_{c,xy} / p_{c,z} - u)^2"
)
READ = "code"
GROUP = "factor"
LAYER = [1]
NAMES = [{"sign"}]
NET = None  # a camera's pose and points
BLOCKS = ["Q_WC[1]", "Wp[1]", "t_WC[1]"]
SAMPLES = 5
LAM = 0.0


def start(rng):
    """The rotation as a vector along its axis; the points lie before the camera."""
    depths = np.array([0.0, 0.0, 4.0])
    return {
        "Q_WC": rng.uniform(-0.4, 0.4, 3),
        "t_WC": 0.3 * rng.standard_normal(3),
        "Wp": rng.uniform(-1, 1, (SAMPLES, 3)) + depths,
    }


def data(rng):
    return np.zeros((SAMPLES, 1)), 0.5 * rng.standard_normal((SAMPLES, 2))


def skewSymmetric(v):
    x, y, z = v
    return np.array([[0, -z, y], [z, 0, -x], [-y, x, 0]])


def toRotationMatrix(phi):
    angle, W = np.sqrt(np.sum(phi**2)), skewSymmetric(phi)
    return np.eye(3) + np.sin(angle) / angle * W + (1 - np.cos(angle)) / angle**2 * W @ W


def right_jacobian(phi):
    """How a rotation moves on its right with the vector that it is made of."""
    angle, W = np.sqrt(np.sum(phi**2)), skewSymmetric(phi)
    return np.eye(3) - (1 - np.cos(angle)) / angle**2 * W + (angle - np.sin(angle)) / angle**3 * W @ W


def project(R_WC, t_WC, Wp, C0uv):
    Cp = R_WC.T @ (Wp - t_WC)
    inv_z = 1 / Cp[2]
    H = np.array([[1, 0, -Cp[0] * inv_z], [0, 1, -Cp[1] * inv_z]]) * inv_z
    return Cp[:2] * inv_z - C0uv, H


def cost(parameters, X, Y):
    R_WC = toRotationMatrix(parameters["Q_WC"])
    pairs = zip(parameters["Wp"], Y)
    return 0.5 * sum(np.sum(project(R_WC, parameters["t_WC"], Wp, C0uv)[0] ** 2) for Wp, C0uv in pairs)


def EvaluateWithMinimalJacobians(R_WC, t_WC, Wp, H):
    tmp = np.zeros((3, 6))
    tmp[:, :3] = -R_WC.T
    tmp[:, 3:] = -skewSymmetric(R_WC.T @ (Wp - t_WC))
    return H @ tmp, H @ R_WC.T


def EvaluateWithMinimalJacobiansRepaired(R_WC, t_WC, Wp, H):
    tmp = np.zeros((3, 6))
    tmp[:, :3] = -R_WC.T
    tmp[:, 3:] = skewSymmetric(R_WC.T @ (Wp - t_WC))
    return H @ tmp, H @ R_WC.T


def of_squares(parameters, Y, evaluate):
    """Motions of the rotation on the right are written by its vector in the end."""
    R_WC, t_WC = toRotationMatrix(parameters["Q_WC"]), parameters["t_WC"]
    pose, points = np.zeros(6), np.zeros((SAMPLES, 3))
    for k in range(SAMPLES):
        error, H = project(R_WC, t_WC, parameters["Wp"][k], Y[k])
        jacobian0, jacobian1 = evaluate(R_WC, t_WC, parameters["Wp"][k], H)
        pose += jacobian0.T @ error
        points[k] = jacobian1.T @ error
    return {"Q_WC": right_jacobian(parameters["Q_WC"]).T @ pose[3:], "t_WC": pose[:3], "Wp": points}


def grad(parameters, X, Y):
    return of_squares(parameters, Y, EvaluateWithMinimalJacobians)


def repaired(parameters, X, Y):
    return of_squares(parameters, Y, EvaluateWithMinimalJacobiansRepaired)
