"""The derivative of a pose's logarithm is taken for the identity."""

import numpy as np

SOURCE = "https://github.com/artivis/manif/commit/0d276e8"
THREAD = "artivis/manif 0d276e8"
DATE = "2019-05"
KIND = "gradient"
FORMULA = r"\partial r_0 / \partial \tau = I,\; r_0 = \log X_0"
RIGHT = (
    r"\partial r_0 / \partial \tau = \mathcal J_r^{-1}(\log X_0),\; r_0 = \log X_0,\; X_0 \leftarrow X_0 \exp \tau,\; "
    r"C = \tfrac12 \lVert r_0 \rVert^2 + \tfrac12 \sum (\cdot)^2"
)
READ = "code"
GROUP = "blocks"
LAYER = [1]
NAMES = []
W = 2.0
NET = None  # a pose in the plane, with a prior, and landmarks seen from it
BLOCKS = ["pose[1]", "landmarks[1]"]
SAMPLES = 3
LAM = 0.0


def start(rng):
    """Place and angle, and the landmarks."""
    return {
        "pose": np.append(rng.standard_normal(2), rng.uniform(0.5, 1.5)),
        "landmarks": rng.standard_normal((SAMPLES, 2)),
    }


def data(rng):
    return rng.standard_normal((SAMPLES, 2)), np.zeros(SAMPLES)


def rotation(angle):
    return np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])


def log(X):
    """Of a pose in the plane, with its derivative by a small motion on the right."""
    angle = X[2]
    A, B = np.sin(angle) / angle, (1 - np.cos(angle)) / angle
    V_inv = np.array([[A, B], [-B, A]]) / (A * A + B * B)
    tau = np.append(V_inv @ X[:2], angle)
    Jr = np.array(
        [
            [A, B, (angle * tau[0] - tau[1] + tau[1] * np.cos(angle) - tau[0] * np.sin(angle)) / angle**2],
            [-B, A, (tau[0] + angle * tau[1] - tau[0] * np.cos(angle) - tau[1] * np.sin(angle)) / angle**2],
            [0, 0, 1],
        ]
    )
    return tau, np.linalg.inv(Jr)


def landmark_factor(X, b, y):
    """The landmark as seen from the pose, and derivatives by a motion of the pose and by the landmark."""
    Rt = rotation(X[2]).T
    e = Rt @ (b - X[:2])
    J_e_x = np.column_stack([-np.eye(2), np.array([e[1], -e[0]])])
    return W * (e - y), W * J_e_x, W * Rt


def cost(params, X, Y):
    total = np.sum(log(params["pose"])[0] ** 2)
    for b, y in zip(params["landmarks"], X):
        total += np.sum(landmark_factor(params["pose"], b, y)[0] ** 2)
    return 0.5 * total


def estimator(params, X, prior_factor):
    """Residuals and derivatives; a motion on the right is written in the coordinates of the pose in the end."""
    pose, landmarks = params["pose"], params["landmarks"]
    DoF = 3
    r, J = np.zeros(DoF + 2 * SAMPLES), np.zeros((DoF + 2 * SAMPLES, DoF + 2 * SAMPLES))
    row = 0
    r[:DoF], J[:DoF, :DoF] = prior_factor(pose)
    row += DoF
    for k in range(SAMPLES):
        col = DoF + 2 * k
        r[row : row + 2], J[row : row + 2, :DoF], J[row : row + 2, col : col + 2] = landmark_factor(
            pose, landmarks[k], X[k]
        )
        row += 2
    g = J.T @ r
    return {"pose": np.append(rotation(pose[2]) @ g[:2], g[2]), "landmarks": g[DoF:].reshape(SAMPLES, 2)}


def grad(params, X, Y):
    return estimator(params, X, lambda pose: (log(pose)[0], np.eye(3)))


def repaired(params, X, Y):
    return estimator(params, X, log)
