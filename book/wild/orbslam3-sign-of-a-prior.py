"""Two priors are their means minus the estimates, and their derivatives have the sign of the estimates."""

import numpy as np

SOURCE = "https://github.com/UZ-SLAMLab/ORB_SLAM3/issues/330"
THREAD = "UZ-SLAMLab/ORB_SLAM3 #330"
DATE = "2021-06"
KIND = "gradient"
FORMULA = r"\partial C / \partial b = \sum J^\top e + \omega\, (\bar b - b)"
RIGHT = (
    r"\partial C / \partial b = \sum J^\top e - \omega\, (\bar b - b),\; C = \tfrac12 \sum e^2 + "
    r"\tfrac12 \omega \lVert \bar b - b \rVert^2"
)
READ = "code"
GROUP = "penalty"
LAYER = [1]
NAMES = [{"penalty"}]
INFORMATION = {"VA": 1.5, "VG": 0.7}
NET = None  # biases of two sensors and a velocity
BLOCKS = ["VA[1]", "VG[1]", "VV[1]"]
SAMPLES = 4
LAM = 0.0
JVg = np.array([[0.4, -0.3, 0.1], [0.2, 0.5, -0.6], [-0.1, 0.3, 0.2]])
JVa = np.array([[-0.9, 0.2, 0.3], [0.1, -0.8, 0.2], [-0.2, 0.1, -0.7]])
bprior = {"VA": np.array([0.3, -0.2, 0.5]), "VG": np.array([-0.4, 0.1, 0.2])}


def start(rng):
    return {name: rng.standard_normal(3) for name in ("VA", "VG", "VV")}


def data(rng):
    return np.zeros((SAMPLES, 1)), rng.standard_normal((SAMPLES, 3))


def inertial(vertices, dV):
    """Of a velocity as measured, at the biases."""
    return vertices["VV"] - (dV + JVg @ vertices["VG"] + JVa @ vertices["VA"])


def computeError(vertices, name):
    return bprior[name] - vertices[name]


def cost(vertices, X, Y):
    total = sum(np.sum(inertial(vertices, dV) ** 2) for dV in Y)
    for name, information in INFORMATION.items():
        total += information * np.sum(computeError(vertices, name) ** 2)
    return 0.5 * total


def linearizeOplus():
    return np.eye(3)


def linearizeOplus_repaired():
    return -np.eye(3)


def optimizer(vertices, Y, prior_jacobian):
    b = {name: np.zeros(3) for name in vertices}
    for dV in Y:
        error = inertial(vertices, dV)
        b["VV"] += error
        b["VG"] += -JVg.T @ error
        b["VA"] += -JVa.T @ error
    for name, information in INFORMATION.items():
        b[name] += prior_jacobian().T @ (information * computeError(vertices, name))
    return b


def grad(vertices, X, Y):
    return optimizer(vertices, Y, linearizeOplus)


def repaired(vertices, X, Y):
    return optimizer(vertices, Y, linearizeOplus_repaired)
