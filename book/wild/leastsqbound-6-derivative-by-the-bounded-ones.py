"""A fit within bounds moves unbounded numbers, and its Jacobian is that by the bounded ones made of them."""

import numpy as np

SOURCE = "https://github.com/jjhelmus/leastsqbound-scipy/issues/6"
THREAD = "jjhelmus/leastsqbound-scipy #6"
DATE = "2015-06"
KIND = "gradient"
FORMULA = r"\partial f_i / \partial u_k = \partial f_i / \partial x_k"
RIGHT = (
    r"\partial f_i / \partial u_k = \frac{\partial f_i}{\partial x_k} \frac{\partial x_k}{\partial u_k},\; "
    r"x_1 = l_1 + \tfrac12 (h_1 - l_1) (1 + \sin u_1),\; x_2 = l_2 - 1 + \sqrt{u_2^2 + 1},\; "
    r"x_3 = h_3 + 1 - \sqrt{u_3^2 + 1}"
)
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = [{"slope-missing"}]
BOUNDS = [(0.5, 3.0), (0.0, None), (None, 1.0)]
NET = None  # a fit of a curve within bounds
BLOCKS = ["u[1]"]
SAMPLES = 10
LAM = 0.0


def start(rng):
    return rng.uniform(0.3, 1.2, 3)


def data(rng):
    return np.linspace(0, 2, SAMPLES), rng.standard_normal(SAMPLES)


def internal2external(xi):
    xe = np.empty(len(xi), xi.dtype)
    for i, (v, (a, b)) in enumerate(zip(xi, BOUNDS)):
        if b is None:
            xe[i] = a - 1.0 + np.sqrt(v**2.0 + 1.0)
        elif a is None:
            xe[i] = b + 1.0 - np.sqrt(v**2.0 + 1.0)
        else:
            xe[i] = a + ((b - a) / 2.0) * (np.sin(v) + 1.0)
    return xe


def internal2external_grad(xi):
    ge = np.empty(len(xi))
    for i, (v, (a, b)) in enumerate(zip(xi, BOUNDS)):
        if b is None:
            ge[i] = v / np.sqrt(v**2 + 1.0)
        elif a is None:
            ge[i] = -v / np.sqrt(v**2 + 1.0)
        else:
            ge[i] = (b - a) * np.cos(v) / 2.0
    return ge


def func(x, t, y):
    return x[0] * np.exp(-x[1] * t) + x[2] - y


def Dfun(x, t, y):
    return np.stack([np.exp(-x[1] * t), -x[0] * t * np.exp(-x[1] * t), np.ones(len(t))], axis=1)


def wfunc(u, t, y):
    return func(internal2external(u), t, y)


def wDfun(u, t, y):
    return Dfun(internal2external(u), t, y)


def wDfun_later(u, t, y):
    return Dfun(internal2external(u), t, y) * internal2external_grad(u)


def cost(u, X, Y):
    return 0.5 * np.sum(wfunc(u, X, Y) ** 2)


def grad(u, X, Y):
    return wfunc(u, X, Y) @ wDfun(u, X, Y)


def repaired(u, X, Y):
    return wfunc(u, X, Y) @ wDfun_later(u, X, Y)
