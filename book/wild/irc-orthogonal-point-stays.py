"""The middle atom's slope of a linear angle forgets that the point beside it moves along."""

import numpy as np

SOURCE = "https://github.com/RMeli/irc/pull/37"
THREAD = "RMeli/irc PR #37, commit f6804f7"
DATE = "2019-04"
KIND = "gradient"
FORMULA = r"g_2 = g_{2a} + g_{2b} = -(g_1 + g_{oa}) - (g_{ob} + g_3)"
RIGHT = (
    r"g_2 = -(g_1 + g_3),\; q = \angle(p_1, p_2, o) + \angle(o, p_2, p_3),\; o = p_2 + d,\; "
    r"C = \tfrac12 \sum (q - q_0)^2"
)
READ = "code"
GROUP = "down"
LAYER = [1]
NAMES = []
NET = None  # atoms nearly on a line
BLOCKS = ["x[1]"]
SAMPLES = 4
LAM = 0.0
LINEAR_ANGLES = [
    (0, 1, 2, np.array([0.0, 1.0, 0.0])),
    (0, 1, 2, np.array([0.0, 0.0, 1.0])),
    (1, 2, 3, np.array([0.0, 0.8, 0.6])),
]


def start(rng):
    """Cartesian coordinates, in one vector."""
    places = np.array([[0, 0, 0], [1.2, 0, 0], [2.4, 0, 0], [3.5, 0, 0]])
    return (places + 0.25 * rng.standard_normal(places.shape)).ravel()


def data(rng):
    """The values wanted."""
    return np.zeros((len(LINEAR_ANGLES), 1)), np.pi + 0.3 * rng.standard_normal(len(LINEAR_ANGLES))


def norm(v):
    return np.sqrt(v @ v)


def angle(v1, v2, v3):
    r1 = v1 - v2
    r2 = v3 - v2
    N = norm(r1) * norm(r2)
    return np.arccos((r1 @ r2) / N)


def linear_angle(p1, p2, p3, orthogonal_direction):
    aOrth = p2 + orthogonal_direction
    return angle(p1, p2, aOrth) + angle(aOrth, p2, p3)


def angle_gradient(p1, p2, p3):
    u = p1 - p2
    v = p3 - p2
    bond21 = norm(u)
    bond23 = norm(v)
    u = u / bond21
    v = v / bond23
    w = np.cross(u, v)
    w = w / norm(w)
    v1 = np.cross(u, w) / bond21
    v3 = np.cross(w, v) / bond23
    v2 = -v1 - v3
    return v1, v2, v3


def linear_angle_gradient(p1, p2, p3, orthogonal_direction):
    p0 = p2 + orthogonal_direction
    v1, v2, vOrth = angle_gradient(p1, p2, p0)
    vOrth, v2add, v3 = angle_gradient(p0, p2, p3)
    return v1, v2 + v2add, v3


def linear_angle_gradient_later(p1, p2, p3, orthogonal_direction):
    pOrth = p2 + orthogonal_direction
    v1, v2, vOrth = angle_gradient(p1, p2, pOrth)
    vOrth, v2, v3 = angle_gradient(pOrth, p2, p3)
    return v1, -(v1 + v3), v3


def internal(x):
    p = x.reshape(-1, 3)
    return np.array([linear_angle(p[i], p[j], p[k], d) for i, j, k, d in LINEAR_ANGLES])


def wilson_matrix(x, gradient):
    p = x.reshape(-1, 3)
    B = np.zeros((len(LINEAR_ANGLES), x.size))
    for row, (i, j, k, d) in enumerate(LINEAR_ANGLES):
        for idx, v in zip((i, j, k), gradient(p[i], p[j], p[k], d)):
            B[row, 3 * idx : 3 * idx + 3] = v
    return B


def cost(params, X, Y):
    return 0.5 * np.sum((internal(params) - Y) ** 2)


def grad(params, X, Y):
    return wilson_matrix(params, linear_angle_gradient).T @ (internal(params) - Y)


def repaired(params, X, Y):
    return wilson_matrix(params, linear_angle_gradient_later).T @ (internal(params) - Y)
