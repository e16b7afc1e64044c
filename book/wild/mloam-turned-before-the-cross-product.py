"""A cross product is taken of vectors before they are turned, and of others after it, where it is the other way."""

import numpy as np

SOURCE = "https://github.com/gogojjh/M-LOAM/issues/8"
THREAD = "gogojjh/M-LOAM #8"
DATE = "2021-01"
KIND = "gradient"
FORMULA = (
    r"\partial r / \partial \tau_p = w^\top R_p^\top [v]_\times,\; "
    r"\partial r / \partial \tau_e = -w^\top R_p^\top R_i [R_e x]_\times,\; v = R_i (R_e x + t_e) + t_i - t_p"
)
RIGHT = (
    r"\partial r / \partial \tau_p = w^\top [R_p^\top v]_\times,\; "
    r"\partial r / \partial \tau_e = -w^\top R_p^\top R_i R_e [x]_\times,\; "
    r"R_p \leftarrow R_p \exp [\tau_p]_\times,\; r = w^\top R_p^\top v + d,\; C = \tfrac12 \sum r^2"
)
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = []
NET = None  # three poses
BLOCKS = ["Q_ext[1]", "Q_i[1]", "Q_pivot[1]", "t_ext[1]", "t_i[1]", "t_pivot[1]"]
SAMPLES = 8
LAM = 0.0


def start(rng):
    """Rotations as vectors along their axes."""
    names = ("Q_ext", "Q_i", "Q_pivot", "t_ext", "t_i", "t_pivot")
    return {name: rng.uniform(-1, 1, 3) for name in names}


def data(rng):
    """Points, and the planes that they should lie in."""
    return rng.standard_normal((SAMPLES, 3)), rng.standard_normal((SAMPLES, 4))


def skewSymmetric(v):
    x, y, z = v
    return np.array([[0, -z, y], [z, 0, -x], [-y, x, 0]])


def rotation(phi):
    angle, W = np.sqrt(np.sum(phi**2)), skewSymmetric(phi)
    return np.eye(3) + np.sin(angle) / angle * W + (1 - np.cos(angle)) / angle**2 * W @ W


def right_jacobian(phi):
    """How a rotation moves on its right with the vector that it is made of."""
    angle, W = np.sqrt(np.sum(phi**2)), skewSymmetric(phi)
    return np.eye(3) - (1 - np.cos(angle)) / angle**2 * W + (angle - np.sin(angle)) / angle**3 * W @ W


def residual(param, point, coeff):
    Rp, Ri, Rext = (rotation(param[name]) for name in ("Q_pivot", "Q_i", "Q_ext"))
    w, d = coeff[:3], coeff[3]
    R_ext_pi = Rp.T @ Ri @ Rext
    t_ext_pi = Rp.T @ Ri @ param["t_ext"] + Rp.T @ (param["t_i"] - param["t_pivot"])
    return w @ (R_ext_pi @ point + t_ext_pi) + d


def cost(param, X, Y):
    return 0.5 * sum(residual(param, point, coeff) ** 2 for point, coeff in zip(X, Y))


def jacobians(param, point, w):
    Rp, Ri, Rext = (rotation(param[name]) for name in ("Q_pivot", "Q_i", "Q_ext"))
    return {
        "t_pivot": -w @ Rp.T,
        "Q_pivot": w
        @ (Rp.T @ skewSymmetric(Ri @ Rext @ point + Ri @ param["t_ext"] + param["t_i"] - param["t_pivot"])),
        "t_i": w @ Rp.T,
        "Q_i": -w @ Rp.T @ Ri @ skewSymmetric(Rext @ point + param["t_ext"]),
        "t_ext": w @ Rp.T @ Ri,
        "Q_ext": -w @ Rp.T @ Ri @ skewSymmetric(Rext @ point),
    }


def jacobians_repaired(param, point, w):
    Rp, Ri, Rext = (rotation(param[name]) for name in ("Q_pivot", "Q_i", "Q_ext"))
    return {
        "t_pivot": -w @ Rp.T,
        "Q_pivot": w
        @ skewSymmetric(Rp.T @ (Ri @ Rext @ point + Ri @ param["t_ext"] + param["t_i"] - param["t_pivot"])),
        "t_i": w @ Rp.T,
        "Q_i": -w @ Rp.T @ Ri @ skewSymmetric(Rext @ point + param["t_ext"]),
        "t_ext": w @ Rp.T @ Ri,
        "Q_ext": -w @ Rp.T @ Ri @ Rext @ skewSymmetric(point),
    }


def Evaluate(param, X, Y, jacobians):
    """Motions of the rotations on the right are written by the vectors in the end."""
    g = {name: np.zeros(3) for name in param}
    for point, coeff in zip(X, Y):
        r = residual(param, point, coeff)
        jaco = jacobians(param, point, coeff[:3])
        for name in g:
            g[name] += jaco[name] * r
    return {name: right_jacobian(param[name]).T @ v if name[0] == "Q" else v for name, v in g.items()}


def grad(param, X, Y):
    return Evaluate(param, X, Y, jacobians)


def repaired(param, X, Y):
    return Evaluate(param, X, Y, jacobians_repaired)
