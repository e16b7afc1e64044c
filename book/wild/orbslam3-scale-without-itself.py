"""A scale is moved by a factor, the exponential of its step, and its derivative is that by the scale itself."""

import numpy as np

SOURCE = "https://github.com/UZ-SLAMLab/ORB_SLAM3/issues/191"
THREAD = "UZ-SLAMLab/ORB_SLAM3 #191"
DATE = "2020-11"
KIND = "gradient"
FORMULA = (
    r"\partial e / \partial \log s = R^\top (v_2 - v_1),\; \partial e' / \partial \log s = R^\top (p_2 - p_1 - v_1 t)"
)
RIGHT = (
    r"\partial e / \partial \log s = s R^\top (v_2 - v_1),\; "
    r"\partial e' / \partial \log s = s R^\top (p_2 - p_1 - v_1 t),\; e = R^\top (s (v_2 - v_1) - g t) - \Delta v,\; "
    r"e' = R^\top (s (p_2 - p_1 - v_1 t) - \tfrac12 g t^2) - \Delta p"
)
READ = "code"
GROUP = "factor"
LAYER = [1]
NAMES = []
NET = None  # velocities and a scale from what a sensor has measured
BLOCKS = ["VVi[1]", "VVj[1]", "VS[1]"]
SAMPLES = 4
LAM = 0.0
dt = 0.8
g = np.array([0.0, 0.0, -2.0])
Rwb1 = np.array([[0.36, 0.48, -0.8], [-0.8, 0.6, 0.0], [0.48, 0.64, 0.6]])
twb = np.array([[0.2, -0.4, 0.3], [1.1, 0.2, -0.5]])


def start(rng):
    """Two velocities, and the logarithm of the scale, which its steps are added to."""
    return {"VVi": rng.standard_normal(3), "VVj": rng.standard_normal(3), "VS": rng.uniform(0.4, 0.9, 1)}


def data(rng):
    """Changes of velocity and of place."""
    return rng.standard_normal((SAMPLES, 3)), rng.standard_normal((SAMPLES, 3))


def computeError(vertices, dV, dP):
    s = np.exp(vertices["VS"][0])
    ev = Rwb1.T @ (s * (vertices["VVj"] - vertices["VVi"]) - g * dt) - dV
    ep = Rwb1.T @ (s * (twb[1] - twb[0] - vertices["VVi"] * dt) - g * dt * dt / 2) - dP
    return np.concatenate([ev, ep])


def cost(vertices, X, Y):
    return 0.5 * sum(np.sum(computeError(vertices, dV, dP) ** 2) for dV, dP in zip(X, Y))


def wrt_velocities(vertices):
    s = np.exp(vertices["VS"][0])
    Rbw1 = Rwb1.T
    return {"VVi": np.vstack([-s * Rbw1, -s * Rbw1 * dt]), "VVj": np.vstack([s * Rbw1, np.zeros((3, 3))])}


def linearizeOplus(vertices):
    jacobianOplus = wrt_velocities(vertices)
    Rbw1 = Rwb1.T
    jacobianOplus["VS"] = np.concatenate(
        [Rbw1 @ (vertices["VVj"] - vertices["VVi"]), Rbw1 @ (twb[1] - twb[0] - vertices["VVi"] * dt)]
    )[:, None]
    return jacobianOplus


def linearizeOplus_repaired(vertices):
    jacobianOplus = wrt_velocities(vertices)
    Rbw1, s = Rwb1.T, np.exp(vertices["VS"][0])
    jacobianOplus["VS"] = np.concatenate(
        [Rbw1 @ (vertices["VVj"] - vertices["VVi"]) * s, Rbw1 @ (twb[1] - twb[0] - vertices["VVi"] * dt) * s]
    )[:, None]
    return jacobianOplus


def of_squares(vertices, X, Y, linearize):
    error = sum(computeError(vertices, dV, dP) for dV, dP in zip(X, Y))
    return {name: J.T @ error for name, J in linearize(vertices).items()}


def grad(vertices, X, Y):
    return of_squares(vertices, X, Y, linearizeOplus)


def repaired(vertices, X, Y):
    return of_squares(vertices, X, Y, linearizeOplus_repaired)
