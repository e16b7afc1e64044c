"""In the matrix of a vehicle that turns a bracket is closed too early, and the heading stands beside a cosine."""

import numpy as np

SOURCE = "https://github.com/karanchawla/GPS_IMU_Kalman_Filter/issues/10"
THREAD = "karanchawla/GPS_IMU_Kalman_Filter #10"
DATE = "2019-06"
KIND = "gradient"
FORMULA = r"\partial x' / \partial \psi = \frac{v}{\omega} \bigl(-\cos(\omega\, \Delta t) + \psi\bigr)"
RIGHT = r"\partial x' / \partial \psi = \frac{v}{\omega} \bigl(\cos(\omega\, \Delta t + \psi) - \cos\psi\bigr)"
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = []
NET = None  # a vehicle that turns
BLOCKS = ["state[1]"]
SAMPLES = 5
LAM = 0.0


def start(rng):
    """Two coordinates, heading, speed, rate of turning and acceleration."""
    return np.concatenate([rng.uniform(-1, 1, 3), rng.uniform(0.5, 1.5, 2), rng.uniform(-1, 1, 1)])


def data(rng):
    """Lengths of time, and the states that were seen after them."""
    return rng.uniform(0.2, 1, (SAMPLES, 1)), rng.standard_normal((SAMPLES, 6))


def update_state(state, dt):
    x, y, psi, velocity, psi_dot, acceleration = state
    turn_radius = velocity / psi_dot
    return np.array(
        [
            x + turn_radius * (np.sin(psi_dot * dt + psi) - np.sin(psi)),
            y + turn_radius * (-np.cos(psi_dot * dt + psi) + np.cos(psi)),
            psi + psi_dot * dt,
            velocity + acceleration * dt,
            psi_dot,
            acceleration,
        ]
    )


def calculate_jacobian(state, dt, right):
    psi, velocity, psi_dot = state[2:5]
    turn_radius, psi_dot_inverse, pdotp = velocity / psi_dot, 1 / psi_dot, dt * psi_dot + psi
    if right:
        r13 = turn_radius * (np.cos(dt * psi_dot + psi) - np.cos(psi))
    else:
        r13 = turn_radius * (-np.cos(dt * psi_dot) + psi)
    r14 = psi_dot_inverse * (-np.sin(psi) + np.sin(pdotp))
    r15 = dt * turn_radius * np.cos(pdotp) - turn_radius / psi_dot * (-np.sin(psi) + np.sin(pdotp))
    r23 = turn_radius * (-np.sin(psi) + np.sin(pdotp))
    r24 = psi_dot_inverse * (np.cos(psi) - np.cos(pdotp))
    r25 = dt * turn_radius * np.sin(pdotp) - turn_radius / psi_dot * (np.cos(psi) - np.cos(pdotp))
    JA = np.eye(6)
    JA[0, 2:5] = r13, r14, r15
    JA[1, 2:5] = r23, r24, r25
    JA[2, 4] = JA[3, 5] = dt
    return JA


def cost(state, X, Y):
    return 0.5 * sum(np.sum((update_state(state, dt) - z) ** 2) for (dt,), z in zip(X, Y))


def gradient(state, X, Y, right):
    total = np.zeros(6)
    for (dt,), z in zip(X, Y):
        total += calculate_jacobian(state, dt, right).T @ (update_state(state, dt) - z)
    return total


def grad(state, X, Y):
    return gradient(state, X, Y, right=False)


def repaired(state, X, Y):
    return gradient(state, X, Y, right=True)
