"""A reader wants a derivative by a shift in the body's frame, and the program adds its steps in the world's."""

import numpy as np

SOURCE = "https://github.com/jingpang/LearnVIORB/issues/80"
THREAD = "jingpang/LearnVIORB #80"
DATE = "2021-08"
KIND = "right"
FORMULA = r"\partial e / \partial p = J_\pi R_{cb} R_{wb}^\top"
RIGHT = (
    r"\partial e / \partial p = J_\pi R_{cb} R_{wb}^\top,\; "
    r"e = u - \pi \bigl(R_{cb} R_{wb}^\top (x - p) - R_{cb} t\bigr),\; p \leftarrow p + \delta"
)
READ = "code"
LAYER = []
NAMES = []
NET = None  # a camera on a moving body
BLOCKS = ["Pw[1]", "Pwb[1]", "Rwb[1]"]
SAMPLES = 5
LAM = 0.0
fx, fy, cx, cy = 1.4, 1.2, 0.3, 0.2
Rbc = np.array([[0.96, -0.28, 0.0], [0.28, 0.96, 0.0], [0.0, 0.0, 1.0]])
Pbc = np.array([0.2, -0.1, 0.3])


def start(rng):
    """The rotation as a vector along its axis; the points lie before the camera."""
    return {
        "Rwb": rng.uniform(-0.4, 0.4, 3),
        "Pwb": 0.3 * rng.standard_normal(3),
        "Pw": rng.uniform(-1, 1, (SAMPLES, 3)) + np.array([0.0, 0.0, 4.0]),
    }


def data(rng):
    return np.zeros((SAMPLES, 1)), 0.5 * rng.standard_normal((SAMPLES, 2))


def hat(v):
    x, y, z = v
    return np.array([[0, -z, y], [z, 0, -x], [-y, x, 0]])


def Get_RotMatrix(phi):
    angle, W = np.sqrt(np.sum(phi**2)), hat(phi)
    return np.eye(3) + np.sin(angle) / angle * W + (1 - np.cos(angle)) / angle**2 * W @ W


def right_jacobian(phi):
    """How a rotation moves on its right with the vector that it is made of."""
    angle, W = np.sqrt(np.sum(phi**2)), hat(phi)
    return np.eye(3) - (1 - np.cos(angle)) / angle**2 * W + (angle - np.sin(angle)) / angle**3 * W @ W


def computeError(ns, Pw, obs):
    Rcb = Rbc.T
    x, y, z = Rcb @ Get_RotMatrix(ns["Rwb"]).T @ (Pw - ns["Pwb"]) - Rcb @ Pbc
    return obs - np.array([fx * x / z + cx, fy * y / z + cy])


def cost(ns, X, Y):
    return 0.5 * sum(np.sum(computeError(ns, Pw, obs) ** 2) for Pw, obs in zip(ns["Pw"], Y))


def linearizeOplus(ns, Pw):
    Rwb, Pwb = Get_RotMatrix(ns["Rwb"]), ns["Pwb"]
    Rcb = Rbc.T
    x, y, z = Rcb @ Rwb.T @ (Pw - Pwb) - Rcb @ Pbc
    Maux = np.zeros((2, 3))
    Maux[0, 0] = fx
    Maux[0, 2] = -x / z * fx
    Maux[1, 1] = fy
    Maux[1, 2] = -y / z * fy
    Jpi = Maux / z
    JPw = -Jpi @ Rcb @ Rwb.T
    JdPwb = -Jpi @ (-Rcb @ Rwb.T)
    Paux = Rcb @ Rwb.T @ (Pw - Pwb)
    JdRwb = -Jpi @ (hat(Paux) @ Rcb)
    return JPw, JdPwb, JdRwb


def grad(ns, X, Y):
    """Motions of the rotation on the right are written by its vector in the end."""
    g = {name: np.zeros_like(p) for name, p in ns.items()}
    for k in range(SAMPLES):
        error = computeError(ns, ns["Pw"][k], Y[k])
        JPw, JdPwb, JdRwb = linearizeOplus(ns, ns["Pw"][k])
        g["Pw"][k] = JPw.T @ error
        g["Pwb"] += JdPwb.T @ error
        g["Rwb"] += right_jacobian(ns["Rwb"]).T @ JdRwb.T @ error
    return g


repaired = grad
