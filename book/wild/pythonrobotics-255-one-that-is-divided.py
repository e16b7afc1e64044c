"""The slope of a bearing by the heading is minus one, and is then divided by the squared distance with all the rest."""

import numpy as np

SOURCE = "https://github.com/AtsushiSakai/PythonRobotics/pull/255"
THREAD = "AtsushiSakai/PythonRobotics PR #255"
DATE = "2019-11"
KIND = "gradient"
FORMULA = r"\partial \beta / \partial \psi = -\tfrac1q,\; \beta = \mathrm{atan2}(\delta_2, \delta_1) - \psi"
RIGHT = r"\partial \beta / \partial \psi = -1,\; q = \delta_1^2 + \delta_2^2"
READ = "code"
GROUP = "factor"
LAYER = [1]
NAMES = []
LANDMARKS = 4
NET = None  # ranges and bearings
BLOCKS = ["pose[1]", "landmarks[1]"]
SAMPLES = LANDMARKS
LAM = 0.0


def start(rng):
    """A place and a heading, and landmarks a little way off."""
    return [rng.uniform(-0.5, 0.5, 3), rng.uniform(1, 3, (LANDMARKS, 2))]


def data(rng):
    """The number of a landmark, and the distance and the bearing that were measured."""
    z = np.column_stack([rng.uniform(1, 4, SAMPLES), rng.uniform(-0.5, 1, SAMPLES)])
    return np.arange(SAMPLES, dtype=float)[:, None], z


def innovation(pose, landmark, z):
    delta = landmark - pose[:2]
    q = delta @ delta
    angle = 2 * np.arctan(delta[1] / (np.sqrt(q) + delta[0]))  # of the half angle, and the whole of it
    return delta, q, np.array([np.sqrt(q), angle - pose[2]]) - z


def jacob_h(q, delta, right):
    """By the pose and by the landmark."""
    sq = np.sqrt(q)
    turned = q if right else 1.0
    G = np.array(
        [
            [-sq * delta[0], -sq * delta[1], 0, sq * delta[0], sq * delta[1]],
            [delta[1], -delta[0], -turned, -delta[1], delta[0]],
        ]
    )
    return G / q


def cost(params, X, Y):
    pose, landmarks = params
    return 0.5 * sum(np.sum(innovation(pose, landmarks[int(i)], z)[-1] ** 2) for (i,), z in zip(X, Y))


def gradient(params, X, Y, right):
    pose, landmarks = params
    to_pose, to_landmarks = np.zeros_like(pose), np.zeros_like(landmarks)
    for (i,), z in zip(X, Y):
        delta, q, y = innovation(pose, landmarks[int(i)], z)
        by_state = jacob_h(q, delta, right).T @ y
        to_pose += by_state[:3]
        to_landmarks[int(i)] += by_state[3:]
    return [to_pose, to_landmarks]


def grad(params, X, Y):
    return gradient(params, X, Y, right=False)


def repaired(params, X, Y):
    return gradient(params, X, Y, right=True)
