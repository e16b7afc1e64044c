"""The derivative of a tabulated potential is divided by a thousand, which its author found to give the right result."""

import numpy as np

SOURCE = "https://github.com/mlund/faunus/commit/7b036db"
THREAD = "mlund/faunus #99, 7b036db9"
DATE = "2019-07"
KIND = "gradient"
FORMULA = r"u'(x) = \tfrac1{1000} (c_1 + z (2 c_2 + z (3 c_3 + z (4 c_4 + 5 z c_5)))),\; z = x - x_k"
RIGHT = r"u'(x) = c_1 + z (2 c_2 + z (3 c_3 + z (4 c_4 + 5 z c_5))),\; u(x) = \textstyle\sum_m c_m z^m"
READ = "code"
GROUP = "factor"
LAYER = [1]
NAMES = [{"factor"}]
NET = None  # a spline of the fifth degree
BLOCKS = ["x[1]"]
SAMPLES = 8
LAM = 0.0
RMIN, RMAX, INTERVALS, NUMDR = 0.1, 10.0, 12, 1e-4


def start(rng):
    """The places at which the table is read."""
    return rng.uniform(0.5, 9.5, SAMPLES)


def data(rng):
    """Products of charges, and nothing to aim at."""
    return rng.uniform(0.5, 1.5, (SAMPLES, 1)), np.zeros((SAMPLES, 1))


def f(x):
    """What the author's test tabulates."""
    return 0.5 * x * np.sin(x) + 2


class TabulatorBase:
    numdr = NUMDR

    def f1(self, f, x):
        return (f(x + self.numdr * 0.5) - f(x - self.numdr * 0.5)) / self.numdr

    def f2(self, f, x):
        return (self.f1(f, x + self.numdr * 0.5) - self.f1(f, x - self.numdr * 0.5)) / self.numdr


class Andrea(TabulatorBase):
    def SetUBuffer(self, zlow, zupp, u0low, u1low, u2low, u0upp, u1upp, u2upp):
        dz1 = zupp - zlow
        dz2 = dz1 * dz1
        dz3 = dz2 * dz1
        c0 = u0low
        c1 = u1low
        c2 = u2low * 0.5
        a = 6 * (u0upp - c0 - c1 * dz1 - c2 * dz2) / dz3
        b = 2 * (u1upp - c1 - 2 * c2 * dz1) / dz2
        c = (u2upp - 2 * c2) / dz1
        c3 = (10 * a - 12 * b + 3 * c) / 6
        c4 = (-15 * a + 21 * b - 6 * c) / (6 * dz1)
        c5 = (2 * a - 3 * b + c) / (2 * dz2)
        return [c0, c1, c2, c3, c4, c5]

    def generate(self, f, rmin, rmax):
        """The author shortens his intervals until a tolerance is met; here they are of equal lengths."""
        d = {"r2": list(np.linspace(rmin, rmax, INTERVALS + 1)), "c": []}
        for zlow, zupp in zip(d["r2"][:-1], d["r2"][1:]):
            low = f(zlow), self.f1(f, zlow), self.f2(f, zlow)
            upp = f(zupp), self.f1(f, zupp), self.f2(f, zupp)
            d["c"] += self.SetUBuffer(zlow, zupp, *low, *upp)
        return d

    def find(self, d, r2):
        pos = int(np.searchsorted(d["r2"], r2.real)) - 1
        return r2 - d["r2"][pos], d["c"][6 * pos : 6 * pos + 6]

    def eval(self, d, r2):
        dz, c = self.find(d, r2)
        return c[0] + dz * (c[1] + dz * (c[2] + dz * (c[3] + dz * (c[4] + dz * (c[5])))))

    def evalDer(self, d, r2, right=False):
        dz, c = self.find(d, r2)
        fsum = c[1] + dz * (2.0 * c[2] + dz * (3.0 * c[3] + dz * (4.0 * c[4] + dz * (5.0 * c[5]))))
        if right:
            return fsum
        return fsum / 1000.0  # Gives correct result, though not certain why /1000.0


SPLINE = Andrea()
TABLE = SPLINE.generate(f, RMIN, RMAX)


def cost(x, X, Y):
    """The energy, charge by charge."""
    return sum(q * SPLINE.eval(TABLE, x_i) for x_i, q in zip(x, X[:, 0]))


def grad(x, X, Y):
    return np.array([q * SPLINE.evalDer(TABLE, x_i) for x_i, q in zip(x, X[:, 0])])


def repaired(x, X, Y):
    return np.array([q * SPLINE.evalDer(TABLE, x_i, right=True) for x_i, q in zip(x, X[:, 0])])
