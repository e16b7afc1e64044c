"""The slope of a cubic spline lacks the factors two and three of its powers."""

import numpy as np

SOURCE = "https://github.com/OpenMS/OpenMS/pull/817"
THREAD = "OpenMS/OpenMS PR #817"
DATE = "2014-05"
KIND = "gradient"
FORMULA = r"s'(x) = d_i (x - x_i)^2 + c_i (x - x_i) + b_i"
RIGHT = (
    r"s'(x) = 3 d_i (x - x_i)^2 + 2 c_i (x - x_i) + b_i,\; "
    r"s(x) = d_i (x - x_i)^3 + c_i (x - x_i)^2 + b_i (x - x_i) + a_i"
)
READ = "discussion"
GROUP = "slope"
LAYER = [1]
NAMES = []
NET = None  # a cubic spline at points that move
BLOCKS = ["x[1]"]
SAMPLES = 6
LAM = 0.0
KNOTS = np.array([0.0, 1.0, 1.8, 3.0, 4.1, 5.0])
VALUES = np.array([0.2, 1.4, -0.6, 0.9, 2.0, -0.3])


def start(rng):
    return rng.uniform(0.1, 4.9, SAMPLES)


def data(rng):
    return np.zeros((SAMPLES, 1)), rng.standard_normal(SAMPLES)


class CubicSpline2d:
    def __init__(self, x, y):
        n = len(x) - 1
        h = np.diff(x)
        mu, z = np.zeros(n), np.zeros(n)
        for i in range(1, n):
            l = 2 * (x[i + 1] - x[i - 1]) - h[i - 1] * mu[i - 1]
            mu[i] = h[i] / l
            z[i] = (
                3 * (y[i + 1] * h[i - 1] - y[i] * (x[i + 1] - x[i - 1]) + y[i - 1] * h[i]) / (h[i - 1] * h[i])
                - h[i - 1] * z[i - 1]
            ) / l
        self.x_, self.a_ = x, y
        self.b_, self.c_, self.d_ = np.zeros(n), np.zeros(n + 1), np.zeros(n)
        for j in range(n - 1, -1, -1):
            self.c_[j] = z[j] - mu[j] * self.c_[j + 1]
            self.b_[j] = (y[j + 1] - y[j]) / h[j] - h[j] * (self.c_[j + 1] + 2 * self.c_[j]) / 3
            self.d_[j] = (self.c_[j + 1] - self.c_[j]) / (3 * h[j])

    def segment(self, x):
        return int(np.searchsorted(self.x_, np.real(x), side="right")) - 1

    def eval(self, x):
        i = self.segment(x)
        xx = x - self.x_[i]
        return ((self.d_[i] * xx + self.c_[i]) * xx + self.b_[i]) * xx + self.a_[i]

    def derivatives(self, x):
        i = self.segment(x)
        xx = x - self.x_[i]
        return self.b_[i] + self.c_[i] * xx + self.d_[i] * xx * xx


class CubicSpline2dLater(CubicSpline2d):
    def derivatives(self, x):
        i = self.segment(x)
        xx = x - self.x_[i]
        return self.b_[i] + 2 * self.c_[i] * xx + 3 * self.d_[i] * xx * xx


def cost(x, X, Y):
    spline = CubicSpline2d(KNOTS, VALUES)
    return 0.5 * sum((spline.eval(p) - y) ** 2 for p, y in zip(x, Y))


def of_squares(x, Y, spline):
    return np.array([(spline.eval(p) - y) * spline.derivatives(p) for p, y in zip(x, Y)])


def grad(x, X, Y):
    return of_squares(x, Y, CubicSpline2d(KNOTS, VALUES))


def repaired(x, X, Y):
    return of_squares(x, Y, CubicSpline2dLater(KNOTS, VALUES))
