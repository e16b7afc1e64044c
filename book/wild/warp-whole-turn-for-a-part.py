"""The adjoint of a spherical interpolation turns by the whole rotation where it should turn by a part of it."""

import numpy as np

SOURCE = "https://github.com/NVIDIA/warp/commit/6b809fe32"
THREAD = "NVIDIA/warp 6b809fe32"
DATE = "2023-01"
KIND = "gradient"
FORMULA = r"\partial s / \partial q_0 = \mathbf 1\, r + q_0\, \partial r^t / \partial q_0,\; s = q_0\, r^t"
RIGHT = r"\partial s / \partial q_0 = \mathbf 1\, r^t + q_0\, \partial r^t / \partial q_0,\; r = q_0^{-1} q_1"
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = []
NET = None  # an interpolation between two rotations
BLOCKS = ["from[1]", "to[1]"]
SAMPLES = 6
LAM = 0.0


def start(rng):
    q0, q1 = rng.standard_normal((2, 4))
    q0, q1 = q0 / np.linalg.norm(q0), q1 / np.linalg.norm(q1)
    return {"q0": q0, "q1": q1 * np.sign(q0 @ q1)}


def data(rng):
    """Times, and the rotations that should be met then."""
    return rng.uniform(0.1, 0.9, SAMPLES), rng.standard_normal((SAMPLES, 4))


def mul(a, b):
    """Quaternions as x, y, z, w."""
    return np.array(
        [
            a[3] * b[0] + b[3] * a[0] + a[1] * b[2] - b[1] * a[2],
            a[3] * b[1] + b[3] * a[1] + a[2] * b[0] - b[2] * a[0],
            a[3] * b[2] + b[3] * a[2] + a[0] * b[1] - b[0] * a[1],
            a[3] * b[3] - a[0] * b[0] - a[1] * b[1] - a[2] * b[2],
        ]
    )


def quat_inverse(q):
    return np.array([-q[0], -q[1], -q[2], q[3]])


def quat_to_axis_angle(q):
    v = q[:3]
    axis = (-1 if q[3] < 0 else 1) * v / np.linalg.norm(v)
    return axis, 2 * np.arctan2(np.linalg.norm(v), abs(q[3]))


def quat_from_axis_angle(axis, angle):
    half = angle * 0.5
    return np.append(axis * np.sin(half), np.cos(half))


def quat_slerp(q0, q1, t):
    axis, angle = quat_to_axis_angle(mul(quat_inverse(q0), q1))
    return mul(q0, quat_from_axis_angle(axis, t * angle))


def adj_mul(a, b, r):
    adj_a = np.array(
        [
            b[3] * r[0] - b[0] * r[3] + b[1] * r[2] - b[2] * r[1],
            b[3] * r[1] - b[1] * r[3] - b[0] * r[2] + b[2] * r[0],
            b[3] * r[2] + b[0] * r[1] - b[1] * r[0] - b[2] * r[3],
            b[3] * r[3] + b[0] * r[0] + b[1] * r[1] + b[2] * r[2],
        ]
    )
    adj_b = np.array(
        [
            a[3] * r[0] - a[0] * r[3] - a[1] * r[2] + a[2] * r[1],
            a[3] * r[1] - a[1] * r[3] + a[0] * r[2] - a[2] * r[0],
            a[3] * r[2] - a[0] * r[1] + a[1] * r[0] - a[2] * r[3],
            a[3] * r[3] + a[0] * r[0] + a[1] * r[1] + a[2] * r[2],
        ]
    )
    return adj_a, adj_b


def adj_quat_to_axis_angle(q, adj_axis, adj_angle):
    length = np.linalg.norm(q[:3])
    flip = -1.0 if q[3] < 0 else 1.0
    C = flip / length**3
    D = 2 * flip / (length**2 + q[3] * q[3])
    adj_q = np.zeros(4)
    adj_q[:3] = C * (length**2 * adj_axis - q[:3] * (q[:3] @ adj_axis)) + D / length * q[:3] * q[3] * adj_angle
    adj_q[3] = -D * length * adj_angle
    return adj_q


def turned(q0, axis, angle, t, a_q, t_q):
    """How the part of the turn changes with one entry of a rotation, put behind the first rotation."""
    cs, sn = np.cos(angle * t), np.sin(angle * t)
    return mul(q0, np.append(0.5 * t * axis * t_q * cs + a_q * sn, -0.5 * t * t_q * sn))


def adj_quat_slerp(q0, q1, t, adj_ret, of_first):
    q0_inv = quat_inverse(q0)
    q_inc = mul(q0_inv, q1)
    axis, angle = quat_to_axis_angle(q_inc)
    qt = quat_from_axis_angle(axis, angle * t)
    angle = angle * 0.5
    rows = [adj_mul(q0_inv, q1, e) for e in np.eye(4)]
    q_inc_q0 = np.array([quat_inverse(row) for row, _ in rows])
    q_inc_q1 = np.array([row for _, row in rows])
    a_q_inc = np.array([adj_quat_to_axis_angle(q_inc, e, 0.0) for e in np.eye(3)])
    t_q_inc = adj_quat_to_axis_angle(q_inc, np.zeros(3), 1.0)
    adj_q0, adj_q1 = np.zeros(4), np.zeros(4)
    for k, e in enumerate(np.eye(4)):
        q_s_q0 = of_first(e, q_inc, qt)
        q_s_q0 = q_s_q0 + turned(q0, axis, angle, t, a_q_inc @ q_inc_q0[:, k], t_q_inc @ q_inc_q0[:, k])
        adj_q0[k] += q_s_q0 @ adj_ret
        q_s_q1 = turned(q0, axis, angle, t, a_q_inc @ q_inc_q1[:, k], t_q_inc @ q_inc_q1[:, k])
        adj_q1[k] += q_s_q1 @ adj_ret
    return adj_q0, adj_q1


def by_the_increment(e, q_inc, qt):
    return mul(e, q_inc)


def by_its_part(e, q_inc, qt):
    return mul(e, qt)


def cost(params, X, Y):
    return 0.5 * sum(np.sum((quat_slerp(params["q0"], params["q1"], t) - y) ** 2) for t, y in zip(X, Y)) / len(X)


def reverse(params, X, Y, of_first):
    q0, q1 = params["q0"], params["q1"]
    grads = {"q0": np.zeros(4), "q1": np.zeros(4)}
    for t, y in zip(X, Y):
        adj_q0, adj_q1 = adj_quat_slerp(q0, q1, t, (quat_slerp(q0, q1, t) - y) / len(X), of_first)
        grads["q0"] += adj_q0
        grads["q1"] += adj_q1
    return grads


def grad(params, X, Y):
    return reverse(params, X, Y, by_the_increment)


def repaired(params, X, Y):
    return reverse(params, X, Y, by_its_part)
