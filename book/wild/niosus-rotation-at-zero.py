"""In a fit of two scans the rotation's derivative is taken at zero and not at the present angle."""

from math import cos, sin

import numpy as np

SOURCE = "https://github.com/niosus/notebooks/issues/8"
THREAD = "niosus/notebooks #8"
DATE = "2021-05"
KIND = "gradient"
FORMULA = r"\partial e / \partial \theta = R'(0)\, p"
RIGHT = r"\partial e / \partial \theta = R'(\theta)\, p,\; e = R(\theta)\, p + t - q,\; C = \tfrac12 \sum e^2"
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = []
NET = None  # a motion in the plane
BLOCKS = ["x[1]"]
SAMPLES = 6
LAM = 0.0


def start(rng):
    return np.append(rng.standard_normal(2), rng.uniform(0.4, 1.2))


def data(rng):
    """Points, and where they are in the other scan."""
    return rng.standard_normal((SAMPLES, 2)), rng.standard_normal((SAMPLES, 2))


def dR(theta):
    return np.array([[-sin(theta), -cos(theta)], [cos(theta), -sin(theta)]])


def R(theta):
    return np.array([[np.cos(theta), -np.sin(theta)], [np.sin(theta), np.cos(theta)]])


def jacobian(x, p_point):
    J = np.zeros((2, 3))
    J[0:2, 0:2] = np.identity(2)
    J[0:2, [2]] = dR(0).dot(p_point)
    return J


def jacobian_repaired(x, p_point):
    theta = x[2]
    J = np.zeros((2, 3))
    J[0:2, 0:2] = np.identity(2)
    J[0:2, [2]] = dR(theta).dot(p_point)
    return J


def error(x, p_point, q_point):
    rotation = R(x[2])
    translation = x[0:2].reshape(2, 1)
    prediction = rotation.dot(p_point) + translation
    return prediction - q_point


def cost(x, X, Y):
    """Half of the author's chi."""
    return 0.5 * sum(np.sum(error(x, X[[i]].T, Y[[i]].T) ** 2) for i in range(SAMPLES))


def prepare_system(x, P, Q, jacobian):
    g = np.zeros((3, 1))
    for i in range(P.shape[1]):
        p_point = P[:, [i]]
        q_point = Q[:, [i]]
        e = error(x, p_point, q_point)
        J = jacobian(x, p_point)
        g += J.T.dot(e)
    return g


def grad(x, X, Y):
    return prepare_system(x, X.T, Y.T, jacobian).ravel()


def repaired(x, X, Y):
    return prepare_system(x, X.T, Y.T, jacobian_repaired).ravel()
