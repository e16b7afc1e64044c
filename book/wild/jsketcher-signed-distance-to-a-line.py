"""A commit replaces the derivatives of a point's distance to a line as mistaken, and they were right."""

import numpy as np

SOURCE = "https://github.com/xibyte/jsketcher/commit/050c0ad1"
THREAD = "xibyte/jsketcher 050c0ad1, 83161846"
DATE = "2016-08"
KIND = "right"
FORMULA = (
    r"\partial e / \partial x_1 = \operatorname{sgn}(A) \bigl( (y_2 - y_0)\, d + (\Delta x / d) A \bigr) / d^2,\; "
    r"\text{and so on}"
)
RIGHT = r"C = \tfrac12 \textstyle\sum e^2,\; e = \lvert A \rvert / d - D"
READ = "reconstruction"  # the sum of the squared errors: the program's solvers have constraints of other kinds as well
LAYER = []
NAMES = []
NET = None  # points and lines of a sketch
BLOCKS = ["params[1]"]
SAMPLES = 4
LAM = 0.0
TX, TY, LP1X, LP1Y, LP2X, LP2Y, D = range(7)


def start(rng):
    """A point, a line's two ends and a distance for each constraint, with points on both sides."""
    params = rng.standard_normal((SAMPLES, 7))
    params[:, TY] += [3.0, -3.0, 3.0, -3.0]
    params[:, LP2X] += 4.0
    params[:, D] = rng.uniform(0.5, 2.0, SAMPLES)
    return params


def data(rng):
    """A weight for each constraint."""
    return rng.uniform(0.5, 1.5, (SAMPLES, 1)), np.zeros((SAMPLES, 1))


class P2LDistanceV:
    def __init__(self, params):
        self.params = params

    def error(self):
        params = self.params
        x0, x1, x2 = params[TX], params[LP1X], params[LP2X]
        y0, y1, y2 = params[TY], params[LP1Y], params[LP2Y]
        dist = self.params[D]
        dx = x2 - x1
        dy = y2 - y1
        d = np.sqrt(dx * dx + dy * dy)
        area = -x0 * dy + y0 * dx + x1 * y2 - x2 * y1
        area = area if area.real > 0 else -area
        if d == 0:
            return 0
        return area / d - dist

    def gradient(self, out):
        params = self.params
        x0, x1, x2 = params[TX], params[LP1X], params[LP2X]
        y0, y1, y2 = params[TY], params[LP1Y], params[LP2Y]
        dx = x2 - x1
        dy = y2 - y1
        d2 = dx * dx + dy * dy
        d = np.sqrt(d2)
        area = -x0 * dy + y0 * dx + x1 * y2 - x2 * y1
        out[TX] = (y1 - y2) / d
        out[TY] = (x2 - x1) / d
        out[LP1X] = ((y2 - y0) * d + (dx / d) * area) / d2
        out[LP1Y] = ((x0 - x2) * d + (dy / d) * area) / d2
        out[LP2X] = ((y0 - y1) * d - (dx / d) * area) / d2
        out[LP2Y] = ((x1 - x0) * d - (dy / d) * area) / d2
        out[D] = -1

        for i in range(6):
            if np.isnan(out[i]):
                out[i] = 0
            if area.real < 0:
                out[i] *= -1


def cost(params, X, Y):
    return 0.5 * sum(w * P2LDistanceV(row).error() ** 2 for row, w in zip(params, X[:, 0]))


def grad(params, X, Y):
    g = np.zeros_like(params)
    for row, w, out in zip(params, X[:, 0], g):
        constraint = P2LDistanceV(row)
        constraint.gradient(out)
        out *= w * constraint.error()
    return g


repaired = grad
