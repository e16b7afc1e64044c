"""Of a turn between two rotations the derivative by the first one has the whole turn where a part of it is made."""

import numpy as np

SOURCE = "https://github.com/NVIDIA/warp/commit/6b809fe32"
THREAD = "NVIDIA/warp 6b809fe32"
DATE = "2023-01"
KIND = "gradient"
FORMULA = r"\partial s / \partial q_k = e_k\, h(1) + q\, \partial h(t) / \partial q_k"
RIGHT = (
    r"\partial s / \partial q_k = e_k\, h(t) + q\, \partial h(t) / \partial q_k,\; s = q\, h(t),\; "
    r"h(t) = (a \sin \tfrac{t \varphi}{2}, \cos \tfrac{t \varphi}{2}),\; "
    r"h(1) = q^{-1} p,\; C = \tfrac12 \sum (s - y)^2"
)
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = []
NET = None  # a path between rotations
BLOCKS = ["q[1]"]
SAMPLES = 5
LAM = 0.0
q1 = np.array([0.36, -0.48, 0.48, 0.64])
UNITS = np.eye(4)


def start(rng):
    """A quaternion with its real part at the end."""
    q0 = q1 + 0.5 * rng.standard_normal(4)
    return q0 / np.sqrt(np.sum(q0**2))


def data(rng):
    """Times, and the rotations that should be there by then."""
    Y = q1 + 0.3 * rng.standard_normal((SAMPLES, 4))
    return rng.uniform(0.2, 0.8, (SAMPLES, 1)), Y / np.sqrt(np.sum(Y**2, axis=1, keepdims=True))


def mul(a, b):
    v = a[3] * b[:3] + b[3] * a[:3] + np.cross(a[:3], b[:3])
    return np.append(v, a[3] * b[3] - a[:3] @ b[:3])


def quat_inverse(q):
    return q * np.array([-1, -1, -1, 1])


def quat_to_axis_angle(q):
    v, flip = q[:3], -1 if q[3].real < 0 else 1
    length = np.sqrt(v @ v)
    return flip * v / length, 2 * np.arctan(length / (flip * q[3]))


def quat_from_axis_angle(axis, angle):
    return np.append(axis * np.sin(angle * 0.5), np.cos(angle * 0.5))


def quat_slerp(q0, q1, t):
    axis, angle = quat_to_axis_angle(mul(quat_inverse(q0), q1))
    return mul(q0, quat_from_axis_angle(axis, t * angle))


def cost(q0, X, Y):
    return 0.5 * sum(np.sum((quat_slerp(q0, q1, t) - y) ** 2) for (t,), y in zip(X, Y))


def adj_quat_to_axis_angle(q):
    """The derivatives of the axis, and those of the angle."""
    v, w, flip = q[:3], q[3], -1 if q[3] < 0 else 1
    length = np.sqrt(v @ v)
    a_q_inc = np.zeros((3, 4))
    a_q_inc[:, :3] = flip / length**3 * (length**2 * np.eye(3) - np.outer(v, v))
    t_q_inc = 2 / (length**2 + w**2) * np.append(flip * w * v / length, -flip * length)
    return a_q_inc, t_q_inc


def adj_quat_slerp(q0, q1, t, adj_ret):
    q0_inv = quat_inverse(q0)
    q_inc = mul(q0_inv, q1)
    axis, angle = quat_to_axis_angle(q_inc)
    angle = angle * 0.5
    a_q_inc, t_q_inc = adj_quat_to_axis_angle(q_inc)
    cs = np.cos(angle * t)
    sn = np.sin(angle * t)
    adj_q0 = np.zeros(4)
    for k in range(4):
        q_inc_q0 = mul(quat_inverse(UNITS[k]), q1)
        a_q0, t_q0 = a_q_inc @ q_inc_q0, t_q_inc @ q_inc_q0
        moved = np.append(0.5 * t * axis * t_q0 * cs + a_q0 * sn, -0.5 * t * t_q0 * sn)
        q_s_q0 = mul(UNITS[k], q_inc) + mul(q0, moved)
        adj_q0[k] += q_s_q0 @ adj_ret
    return adj_q0


def adj_quat_slerp_repaired(q0, q1, t, adj_ret):
    q0_inv = quat_inverse(q0)
    q_inc = mul(q0_inv, q1)
    axis, angle = quat_to_axis_angle(q_inc)
    qt = quat_from_axis_angle(axis, angle * t)
    angle = angle * 0.5
    a_q_inc, t_q_inc = adj_quat_to_axis_angle(q_inc)
    cs = np.cos(angle * t)
    sn = np.sin(angle * t)
    adj_q0 = np.zeros(4)
    for k in range(4):
        q_inc_q0 = mul(quat_inverse(UNITS[k]), q1)
        a_q0, t_q0 = a_q_inc @ q_inc_q0, t_q_inc @ q_inc_q0
        moved = np.append(0.5 * t * axis * t_q0 * cs + a_q0 * sn, -0.5 * t * t_q0 * sn)
        q_s_q0 = mul(UNITS[k], qt) + mul(q0, moved)
        adj_q0[k] += q_s_q0 @ adj_ret
    return adj_q0


def grad(q0, X, Y):
    return sum(adj_quat_slerp(q0, q1, t, quat_slerp(q0, q1, t) - y) for (t,), y in zip(X, Y))


def repaired(q0, X, Y):
    return sum(adj_quat_slerp_repaired(q0, q1, t, quat_slerp(q0, q1, t) - y) for (t,), y in zip(X, Y))
