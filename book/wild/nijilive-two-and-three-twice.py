"""The tangent of a spline takes the two and the three of its powers twice."""

import numpy as np

SOURCE = "https://github.com/nijigenerate/nijilive/pull/14"
THREAD = "nijigenerate/nijilive PR #14, commit 1567846"
DATE = "2025-02"
KIND = "gradient"
FORMULA = r"p'(u) = \tfrac12 (b + 4 c u + 9 d u^2)"
RIGHT = r"p'(u) = \tfrac12 (b + 2 c u + 3 d u^2),\; p(u) = \tfrac12 (a + b u + c u^2 + d u^3)"
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = []
NET = None  # the points of a curve next to given ones
BLOCKS = ["segment[1]"]
SAMPLES = 6
LAM = 0.0
CONTROL_POINTS = np.array([[0.0, 0.0], [1.0, 0.8], [2.1, -0.3], [2.9, 0.5], [4.2, 0.1]])


def start(rng):
    """Places on the curve, counted in segments, as the tangent is."""
    return rng.uniform(0.1, 3.9, SAMPLES)


def data(rng):
    """The points that should be met."""
    return np.zeros((SAMPLES, 1)), np.column_stack([rng.uniform(0, 4, SAMPLES), rng.standard_normal(SAMPLES)])


class SplineCurve:
    """Catmull and Rom's."""

    def __init__(self, controlPoints):
        self.controlPoints = controlPoints

    def neighbours(self, segment):
        controlPoints = self.controlPoints
        segmentIndex = int(np.real(segment))
        p1 = min(max(segmentIndex, 0), len(controlPoints) - 2)
        p0 = max(0, p1 - 1)
        p2 = min(len(controlPoints) - 1, p1 + 1)
        p3 = min(len(controlPoints) - 1, p2 + 1)
        lt = segment - segmentIndex
        return [controlPoints[p] for p in (p0, p1, p2, p3)], lt

    def point(self, t):
        segment = t * (len(self.controlPoints) - 1)
        (P0, P1, P2, P3), lt = self.neighbours(segment)
        a = 2.0 * P1
        b = P2 - P0
        c = 2.0 * P0 - 5.0 * P1 + 4.0 * P2 - P3
        d = -P0 + 3.0 * P1 - 3.0 * P2 + P3
        return 0.5 * (a + (b * lt) + (c * lt * lt) + (d * lt * lt * lt))

    def derivative(self, t):
        segment = t * (len(self.controlPoints) - 1)
        (P0, P1, P2, P3), lt = self.neighbours(segment)
        b = P2 - P0
        c = 2.0 * (2.0 * P0 - 5.0 * P1 + 4.0 * P2 - P3)
        d = 3.0 * (-P0 + 3.0 * P1 - 3.0 * P2 + P3)
        return 0.5 * (b + (2.0 * c * lt) + (3.0 * d * lt * lt))


class SplineCurveLater(SplineCurve):
    def derivative(self, t):
        segment = t * (len(self.controlPoints) - 1)
        (P0, P1, P2, P3), lt = self.neighbours(segment)
        b = P2 - P0
        c = 2.0 * P0 - 5.0 * P1 + 4.0 * P2 - P3
        d = -P0 + 3.0 * P1 - 3.0 * P2 + P3
        return 0.5 * (b + 2.0 * c * lt + 3.0 * d * lt * lt)


def places(params):
    return params / (len(CONTROL_POINTS) - 1)


def cost(params, X, Y):
    curve = SplineCurve(CONTROL_POINTS)
    return 0.5 * sum(np.sum((curve.point(t) - y) ** 2) for t, y in zip(places(params), Y))


def tangents(params, Y, curve):
    return np.array([(curve.point(t) - y) @ curve.derivative(t) for t, y in zip(places(params), Y)])


def grad(params, X, Y):
    return tangents(params, Y, SplineCurve(CONTROL_POINTS))


def repaired(params, X, Y):
    return tangents(params, Y, SplineCurveLater(CONTROL_POINTS))
