"""A reader wants one more inverse depth in a projection's derivative, where the projected point holds it already."""

import numpy as np

SOURCE = "https://github.com/baidu/ICE-BA/issues/38"
THREAD = "baidu/ICE-BA #38"
DATE = "2022-01"
KIND = "right"
FORMULA = r"\partial x_2 / \partial \rho = (t_x - x_2 t_z)\, d"
RIGHT = (
    r"x_2 = (r_x \cdot x_1 + t_x \rho)\, d,\; d = 1 / (r_z \cdot x_1 + t_z \rho),\; "
    r"C = \tfrac12 \sum \lVert x_2 - z \rVert^2"
)
READ = "code"
LAYER = []
NAMES = []
NET = None  # a camera
BLOCKS = ["u[1]"]
SAMPLES = 7
LAM = 0.0
T12 = np.array([[0.96, -0.28, 0.0, 0.5], [0.28, 0.96, 0.0, -0.3], [0.0, 0.0, 1.0, 0.4]])


def start(rng):
    """The points' inverse depths."""
    return rng.uniform(0.3, 1, SAMPLES)


def data(rng):
    return rng.uniform(-1, 1, (SAMPLES, 2)), rng.uniform(-1, 1, (SAMPLES, 2))


class InverseDepth:
    def __init__(self, u):
        self.u = u

    def Project(self, T12, x1):
        t = np.array([x1[0], x1[1], 1.0, self.u])
        d12 = 1.0 / np.sum(T12[2] * t)
        x2 = np.array([np.sum(T12[0] * t) * d12, np.sum(T12[1] * t) * d12])
        Jx2 = np.array([(T12[0, 3] - x2[0] * T12[2, 3]) * d12, (T12[1, 3] - x2[1] * T12[2, 3]) * d12])
        return x2, Jx2


def cost(u, X, Y):
    return 0.5 * sum(np.sum((InverseDepth(ui).Project(T12, x1)[0] - z) ** 2) for ui, x1, z in zip(u, X, Y))


def grad(u, X, Y):
    g = np.zeros_like(u)
    for i in range(len(u)):
        x2, Jx2 = InverseDepth(u[i]).Project(T12, X[i])
        g[i] = np.sum(Jx2 * (x2 - Y[i]))
    return g


repaired = grad
