"""The derivative of a corrected rotation is taken with the correction, which the derivative's own factor replaces."""

import numpy as np

SOURCE = "https://github.com/HKUST-Aerial-Robotics/VINS-Mono/commit/9ff5dfc"
THREAD = "HKUST-Aerial-Robotics/VINS-Mono 9ff5dfc"
DATE = "2018-07"
KIND = "gradient"
FORMULA = r"\partial r / \partial b = -\mathrm{L}\bigl(q_j^{-1} q_i\, \gamma\, \delta(b)\bigr)\, J"
RIGHT = (
    r"\partial r / \partial b = -\mathrm{L}\bigl(q_j^{-1} q_i\, \gamma\bigr)\, J,\; "
    r"r = 2\, \mathrm{vec} \bigl((\gamma\, \delta(b))^{-1} q_i^{-1} q_j\bigr),\; "
    r"\delta(b) = (1, \tfrac12 J (b - \bar b)),\; \mathrm{L}(q) = w I + [v]_\times"
)
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = []
NET = None  # a sensor's bias
BLOCKS = ["Bgi[1]"]
SAMPLES = 4
LAM = 0.0
linearized_bg = np.array([0.1, -0.2, 0.15])


def start(rng):
    return linearized_bg + rng.uniform(0.4, 0.8, 3)


def data(rng):
    """Measured turns and their derivatives by the bias; and two rotations each."""
    unit = lambda q: q / np.sqrt(np.sum(q**2, axis=1, keepdims=True))
    turns = unit(np.array([1.0, 0, 0, 0]) + 0.3 * rng.standard_normal((SAMPLES, 4)))
    dq_dbg = -0.8 * np.eye(3).ravel() + 0.1 * rng.standard_normal((SAMPLES, 9))
    Qi = unit(rng.standard_normal((SAMPLES, 4)))
    Qj = unit(np.array([multiply(q, t) for q, t in zip(Qi, turns)]) + 0.1 * rng.standard_normal((SAMPLES, 4)))
    return np.hstack([turns, dq_dbg]), np.hstack([Qi, Qj])


def multiply(p, q):
    w = p[0] * q[0] - p[1:] @ q[1:]
    return np.append(w, p[0] * q[1:] + q[0] * p[1:] + np.cross(p[1:], q[1:]))


def inverse(q):
    """Without a division by the squared length, which is not quite one after a correction."""
    return q * np.array([1, -1, -1, -1])


def deltaQ(theta):
    return np.append(1.0, theta / 2)


def Qleft(q):
    x, y, z = q[1:]
    return q[0] * np.eye(3) + np.array([[0, -z, y], [z, 0, -x], [-y, x, 0]])


def parts(X, Y):
    for x, y in zip(X, Y):
        yield x[:4], x[4:].reshape(3, 3), y[:4], y[4:]


def evaluate(Bgi, delta_q, dq_dbg, Qi, Qj):
    dbg = Bgi - linearized_bg
    corrected_delta_q = multiply(delta_q, deltaQ(dq_dbg @ dbg))
    return 2 * multiply(inverse(corrected_delta_q), multiply(inverse(Qi), Qj))[1:]


def cost(Bgi, X, Y):
    return 0.5 * sum(np.sum(evaluate(Bgi, *part) ** 2) for part in parts(X, Y))


def jacobian_speedbias_i(Bgi, delta_q, dq_dbg, Qi, Qj):
    corrected_delta_q = multiply(delta_q, deltaQ(dq_dbg @ (Bgi - linearized_bg)))
    return -Qleft(multiply(multiply(inverse(Qj), Qi), corrected_delta_q)) @ dq_dbg


def jacobian_speedbias_i_repaired(Bgi, delta_q, dq_dbg, Qi, Qj):
    return -Qleft(multiply(multiply(inverse(Qj), Qi), delta_q)) @ dq_dbg


def grad(Bgi, X, Y):
    return sum(jacobian_speedbias_i(Bgi, *part).T @ evaluate(Bgi, *part) for part in parts(X, Y))


def repaired(Bgi, X, Y):
    return sum(jacobian_speedbias_i_repaired(Bgi, *part).T @ evaluate(Bgi, *part) for part in parts(X, Y))
