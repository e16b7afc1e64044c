"""How a heading depends on the pitch has a minus before the part of the yaw's rate, in a Kalman filter."""

import numpy as np

SOURCE = "https://github.com/cra-ros-pkg/robot_localization/issues/591"
THREAD = "cra-ros-pkg/robot_localization #591"
DATE = "2020-09"
KIND = "gradient"
FORMULA = (
    r"\partial \psi' / \partial \theta = \frac{\tan\theta}{\cos\theta} (\omega_\theta \sin\phi - "
    r"\omega_\psi \cos\phi)\, \Delta t"
)
RIGHT = (
    r"\partial \psi' / \partial \theta = \frac{\tan\theta}{\cos\theta} (\omega_\theta \sin\phi + "
    r"\omega_\psi \cos\phi)\, \Delta t"
)
READ = "code"
GROUP = "factor"
LAYER = [1]
NAMES = []
DELTA = 0.4
NET = None  # a step of a Kalman filter
BLOCKS = ["angles[1]"]
SAMPLES = 6
LAM = 0.0


def start(rng):
    """Roll, pitch and yaw."""
    return rng.uniform(-0.8, 0.8, 3)


def data(rng):
    """The rates of the three, and what was measured after a step."""
    return rng.standard_normal((SAMPLES, 3)), rng.standard_normal((SAMPLES, 3))


def transfer(state, rates):
    roll, pitch, yaw = state
    sr, cr, tp, cpi = np.sin(roll), np.cos(roll), np.tan(pitch), 1 / np.cos(pitch)
    roll_vel, pitch_vel, yaw_vel = rates
    return np.array(
        [
            roll + (roll_vel + sr * tp * pitch_vel + cr * tp * yaw_vel) * DELTA,
            pitch + (cr * pitch_vel - sr * yaw_vel) * DELTA,
            yaw + (sr * cpi * pitch_vel + cr * cpi * yaw_vel) * DELTA,
        ]
    )


def transfer_function_jacobian(state, rates, right):
    roll, pitch, _ = state
    sr, cr, tp, cpi = np.sin(roll), np.cos(roll), np.tan(pitch), 1 / np.cos(pitch)
    _, pitch_vel, yaw_vel = rates
    jacobian = np.eye(3)
    jacobian[0, 0] = 1 + (cr * tp * pitch_vel - sr * tp * yaw_vel) * DELTA
    jacobian[0, 1] = (cpi * cpi * sr * pitch_vel + cpi * cpi * cr * yaw_vel) * DELTA
    jacobian[1, 0] = (-sr * pitch_vel - cr * yaw_vel) * DELTA
    jacobian[2, 0] = (cr * cpi * pitch_vel - sr * cpi * yaw_vel) * DELTA
    if right:
        jacobian[2, 1] = (sr * tp * cpi * pitch_vel + cr * tp * cpi * yaw_vel) * DELTA
    else:
        jacobian[2, 1] = (sr * tp * cpi * pitch_vel - cr * tp * cpi * yaw_vel) * DELTA
    return jacobian


def cost(state, X, Y):
    return 0.5 * sum(np.sum((transfer(state, rates) - y) ** 2) for rates, y in zip(X, Y))


def gradient(state, X, Y, right):
    total = np.zeros(3)
    for rates, y in zip(X, Y):
        total += transfer_function_jacobian(state, rates, right).T @ (transfer(state, rates) - y)
    return total


def grad(state, X, Y):
    return gradient(state, X, Y, right=False)


def repaired(state, X, Y):
    return gradient(state, X, Y, right=True)
