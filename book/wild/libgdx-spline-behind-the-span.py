"""In a cubic B-spline's derivative the weight of the point before the span has the wrong sign."""

import numpy as np

SOURCE = "https://github.com/libgdx/libgdx/pull/3984"
THREAD = "libgdx/libgdx PR #3984, #3971"
DATE = "2016-04"
KIND = "gradient"
GROUP = "factor"
FORMULA = (
    r"S'(u) = \tfrac12 (1 - u)^2 p_{i-1} + (\tfrac32 u^2 - 2u)\, p_i "
    r"+ (-\tfrac32 u^2 + u + \tfrac12)\, p_{i+1} + \tfrac12 u^2 p_{i+2}"
)
RIGHT = (
    r"S'(u) = -\tfrac12 (1 - u)^2 p_{i-1} + (\tfrac32 u^2 - 2u)\, p_i "
    r"+ (-\tfrac32 u^2 + u + \tfrac12)\, p_{i+1} + \tfrac12 u^2 p_{i+2}"
)
READ = "reconstruction"  # the distance of points of the curve to given ones; the curve is the author's
LAYER = [1]
NAMES = []
NET = None  # a curve through the plane
BLOCKS = ["t[1]"]
SAMPLES = 5
LAM = 0.0
POINTS = 7


def start(rng):
    """Where on the curve each point is, not at the border of two spans."""
    span = np.array([0, 2, 3, 5, 6])
    return (span + rng.uniform(0.15, 0.85, SAMPLES)) / POINTS


def data(rng):
    """The control points, and the points to reach."""
    return 3 * rng.standard_normal((POINTS, 2)), 2 * rng.standard_normal((SAMPLES, 2))


class BSpline:
    degree = 3
    d6 = 1.0 / 6.0

    def __init__(self, controlPoints, continuous):
        self.controlPoints = controlPoints
        self.continuous = continuous
        self.spanCount = len(controlPoints) if continuous else len(controlPoints) - self.degree

    def cubic(self, i, u, points, continuous):
        n = len(points)
        dt = 1.0 - u
        t2 = u * u
        t3 = t2 * u
        out = points[i] * ((3.0 * t3 - 6.0 * t2 + 4.0) * self.d6)
        if continuous or i > 0:
            out = out + points[(n + i - 1) % n] * (dt * dt * dt * self.d6)
        if continuous or i < (n - 1):
            out = out + points[(i + 1) % n] * ((-3.0 * t3 + 3.0 * t2 + 3.0 * u + 1.0) * self.d6)
        if continuous or i < (n - 2):
            out = out + points[(i + 2) % n] * (t3 * self.d6)
        return out

    def before(self, u):
        return 0.5 * (1 - u) * (1 - u)

    def cubic_derivative(self, i, u, points, continuous):
        n = len(points)
        t2 = u * u
        out = points[i] * (1.5 * t2 - 2 * u)
        if continuous or i > 0:
            out = out + points[(n + i - 1) % n] * self.before(u)
        if continuous or i < (n - 1):
            out = out + points[(i + 1) % n] * (-1.5 * t2 + u + 0.5)
        if continuous or i < (n - 2):
            out = out + points[(i + 2) % n] * (0.5 * t2)
        return out

    def span(self, t):
        n = self.spanCount
        u = t * n
        i = n - 1 if t.real >= 1 else int(u.real)
        return i, u - i

    def valueAt(self, t):
        i, u = self.span(t)
        return self.cubic(i if self.continuous else i + int(self.degree * 0.5), u, self.controlPoints, self.continuous)

    def derivativeAt(self, t):
        """By the place within the span."""
        i, u = self.span(t)
        return self.cubic_derivative(
            i if self.continuous else i + int(self.degree * 0.5), u, self.controlPoints, self.continuous
        )


class BSplineLater(BSpline):
    def before(self, u):
        dt = 1.0 - u
        return -0.5 * dt * dt


def cost(t, X, Y):
    path = BSpline(X, True)
    total = 0.0
    for i in range(len(t)):
        off = path.valueAt(t[i]) - Y[i]
        total = total + off @ off
    return total


def derivative(path, t, Y):
    g = np.zeros(len(t))
    for i in range(len(t)):
        off = path.valueAt(t[i]) - Y[i]
        g[i] = 2 * off @ path.derivativeAt(t[i]) * path.spanCount
    return g


def grad(t, X, Y):
    return derivative(BSpline(X, True), t, Y)


def repaired(t, X, Y):
    return derivative(BSplineLater(X, True), t, Y)
