"""How a robot's place depends on the heading is asked after the motion has been made, at the new heading."""

import math

import numpy as np

SOURCE = "https://github.com/AtsushiSakai/PythonRobotics/pull/305"
THREAD = "AtsushiSakai/PythonRobotics PR #305"
DATE = "2020-03"
KIND = "gradient"
FORMULA = r"\partial x' / \partial \psi = -v \sin(\psi')\, \Delta t,\; \psi' = \psi + \omega\, \Delta t"
RIGHT = r"\partial x' / \partial \psi = -v \sin(\psi)\, \Delta t"
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = []
DT = 0.5
NET = None  # a step of a robot
BLOCKS = ["xEst[1]"]
SAMPLES = 5
LAM = 0.0


def start(rng):
    """Two coordinates and a heading."""
    return rng.uniform(-1, 1, (3, 1))


def data(rng):
    """Speeds with their rates of turning, and the places that were seen afterwards."""
    return rng.uniform(0.5, 2, (SAMPLES, 2)), rng.standard_normal((SAMPLES, 3))


def motion_model(x, u):
    yaw = x[2, 0]
    B = np.array([[DT * np.cos(yaw), 0], [DT * np.sin(yaw), 0], [0, DT]])
    return x + B @ u


def jacob_motion(x, u):
    yaw = float(x[2, 0])
    j_f = np.array([[0, 0, -DT * u[0, 0] * math.sin(yaw)], [0, 0, DT * u[0, 0] * math.cos(yaw)], [0, 0, 0]])
    return np.eye(3) + j_f


def cost(x, X, Y):
    return 0.5 * sum(np.sum((motion_model(x, u[:, None]) - z[:, None]) ** 2) for u, z in zip(X, Y))


def gradient(x, X, Y, before):
    total = np.zeros((3, 1))
    for u, z in zip(X, Y):
        estimate, u = x.copy(), u[:, None]
        if before:
            G = jacob_motion(estimate, u)
            estimate = motion_model(estimate, u)
        else:
            estimate = motion_model(estimate, u)
            G = jacob_motion(estimate, u)
        total += G.T @ (estimate - z[:, None])
    return total


def grad(x, X, Y):
    return gradient(x, X, Y, before=False)


def repaired(x, X, Y):
    return gradient(x, X, Y, before=True)
