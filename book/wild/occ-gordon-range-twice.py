"""The slope of two curves' distance has each range twice, and for the second curve the inner slope of the first."""

import numpy as np

SOURCE = "https://github.com/rainman110/occ_gordon/pull/7"
THREAD = "rainman110/occ_gordon PR #7, commit 445241e"
DATE = "2025-10"
KIND = "gradient"
FORMULA = (
    r"g_1 = 2\, \delta \cdot c_1'(u)\, (u_1 - u_0)\, u'(x_1),\; "
    r"g_2 = -2\, \delta \cdot c_2'(v)\, (v_1 - v_0)\, u'(x_2)"
)
RIGHT = (
    r"g_1 = 2\, \delta \cdot c_1'(u)\, u'(x_1),\; g_2 = -2\, \delta \cdot c_2'(v)\, v'(x_2),\; "
    r"u(x) = u_0 + \tfrac12 (1 + \sin x)(u_1 - u_0),\; \delta = c_1(u) - c_2(v)"
)
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = []
NET = None  # the intersection of two curves
BLOCKS = ["x[1]"]
SAMPLES = 3
LAM = 0.0


def start(rng):
    """Two unbounded places for each pair of curves."""
    return rng.uniform(-1, 1, (SAMPLES, 2))


def data(rng):
    """The coefficients of two cubic curves in space for each pair."""
    return np.zeros((SAMPLES, 1)), rng.standard_normal((SAMPLES, 2, 4, 3))


class Curve:
    def __init__(self, coefficients, first, last):
        self.coefficients, self.first, self.last = coefficients, first, last

    def FirstParameter(self):
        return self.first

    def LastParameter(self):
        return self.last

    def D1(self, u):
        a, b, c, d = self.coefficients
        return a + u * (b + u * (c + u * d)), b + u * (2 * c + u * 3 * d)


class CurveCurveDistanceObjective:
    def __init__(self, c1, c2):
        self.m_c1, self.m_c2 = c1, c2

    @staticmethod
    def activate(z):
        return 0.5 * (np.sin(z) + 1.0)

    @staticmethod
    def d_activate(z):
        return 0.5 * np.cos(z)

    def getUParam(self, x0):
        umin, umax = self.m_c1.FirstParameter(), self.m_c1.LastParameter()
        return self.activate(x0) * (umax - umin) + umin

    def getVParam(self, x1):
        vmin, vmax = self.m_c2.FirstParameter(), self.m_c2.LastParameter()
        return self.activate(x1) * (vmax - vmin) + vmin

    def d_getUParam(self, x0):
        umin, umax = self.m_c1.FirstParameter(), self.m_c1.LastParameter()
        return self.d_activate(x0) * (umax - umin)

    def d_getVParam(self, x1):
        vmin, vmax = self.m_c2.FirstParameter(), self.m_c2.LastParameter()
        return self.d_activate(x1) * (vmax - vmin)

    def Values(self, X, right=False):
        m_c1, m_c2 = self.m_c1, self.m_c2
        u = self.getUParam(X[0])
        v = self.getVParam(X[1])
        p1, d1 = m_c1.D1(u)
        p2, d2 = m_c2.D1(v)
        diff = p1 - p2
        F = np.sum(diff * diff)
        G = np.zeros_like(X)
        if right:
            G[0] = 2.0 * (diff @ d1) * self.d_getUParam(X[0])
            G[1] = -2.0 * (diff @ d2) * self.d_getVParam(X[1])
        else:
            G[0] = 2.0 * (diff @ d1) * (m_c1.LastParameter() - m_c1.FirstParameter()) * self.d_getUParam(X[0])
            G[1] = -2.0 * (diff @ d2) * (m_c2.LastParameter() - m_c2.FirstParameter()) * self.d_getUParam(X[1])
        return F, G


def objective(y):
    return CurveCurveDistanceObjective(Curve(y[0], 0.0, 1.5), Curve(y[1], 0.2, 1.0))


def cost(params, X, Y):
    return sum(objective(y).Values(x)[0] for x, y in zip(params, Y))


def grad(params, X, Y):
    return np.array([objective(y).Values(x)[1] for x, y in zip(params, Y)])


def repaired(params, X, Y):
    return np.array([objective(y).Values(x, right=True)[1] for x, y in zip(params, Y)])
