"""The reverse sweep of expm1 multiplies with its value and adds a bare one, a parenthesis is missing."""

import numpy as np

SOURCE = "https://github.com/kaskr/adcomp/commit/7c1b99eccb7df022e837420f6963c99e6e5a912e"
THREAD = "kaskr/adcomp 7c1b99ec"
DATE = "2025-12"
KIND = "gradient"
GROUP = "slope"
FORMULA = r"\bar x \mathrel{+}= \bar y\, y + 1,\; y = e^x - 1"
RIGHT = r"\bar x \mathrel{+}= \bar y\, (y + 1)"
READ = "code"
LAYER = [2]
NAMES = []
NET = None  # a growth curve's likelihood on a tape
BLOCKS = ["logLinf[1]", "logK[2]", "logSigma[3]"]
SAMPLES = 9
LAM = 0.0


def start(rng):
    """The log of the length at infinity, of the growth rate and of the noise."""
    return [0.3 * rng.standard_normal(1) + 0.5, 0.3 * rng.standard_normal(1) - 0.8, 0.2 * rng.standard_normal(1)]


def data(rng):
    """Ages and lengths."""
    age = rng.uniform(0.5, 5, (SAMPLES, 1))
    return age, 2 * (1 - np.exp(-0.5 * age)) + 0.2 * rng.standard_normal((SAMPLES, 1))


class Var:
    def __init__(self, y, operands=(), reverse=None):
        self.y, self.dy, self.operands, self.reverse = y, np.zeros_like(y), operands, reverse


class Glob:
    """A tape of operators."""

    def __init__(self, expm1_reverse):
        self.opstack, self.expm1_reverse = [], expm1_reverse

    def add_to_stack(self, y, operands=(), reverse=None):
        v = Var(y, operands, reverse)
        self.opstack.append(v)
        return v

    def exp(self, x):
        return self.add_to_stack(np.exp(x.y), (x,), lambda dy, y: [dy * y])

    def expm1(self, x):
        return self.add_to_stack(np.expm1(x.y), (x,), lambda dy, y: [self.expm1_reverse(dy, y)])

    def scale(self, x, c):
        return self.add_to_stack(x.y * c, (x,), lambda dy, y: [np.sum(dy * c, keepdims=True)])

    def shift(self, x, c):
        return self.add_to_stack(x.y + c, (x,), lambda dy, y: [dy])

    def mul(self, a, b):
        """A number times a vector."""
        return self.add_to_stack(a.y * b.y, (a, b), lambda dy, y: [np.sum(dy * b.y, keepdims=True), dy * a.y])

    def norm2(self, x):
        return self.add_to_stack(np.sum(x.y**2, keepdims=True), (x,), lambda dy, y: [2 * dy * x.y])

    def add(self, a, b):
        return self.add_to_stack(a.y + b.y, (a, b), lambda dy, y: [dy, dy])

    def sweep(self):
        self.opstack[-1].dy = np.ones_like(self.opstack[-1].y)
        for v in self.opstack[::-1]:
            if v.reverse is not None:
                for x, dx in zip(v.operands, v.reverse(v.dy, v.y)):
                    x.dy = x.dy + dx


def objective_function(glob, params, age, length):
    """A normal likelihood about von Bertalanffy's curve; its negative logarithm."""
    logLinf, logK, logSigma = inputs = [glob.add_to_stack(p) for p in params]
    age, length = age.ravel(), length.ravel()
    growth = glob.expm1(glob.scale(glob.exp(logK), -age))
    mu = glob.mul(glob.scale(glob.exp(logLinf), np.array([-1.0])), growth)
    ssq = glob.norm2(glob.shift(mu, -length))
    precision = glob.exp(glob.scale(logSigma, np.array([-2.0])))
    glob.add(glob.mul(glob.scale(precision, np.array([0.5])), ssq), glob.scale(logSigma, np.array([float(age.size)])))
    return inputs


def wrong_reverse(dy, y):
    return dy * y + 1.0


def right_reverse(dy, y):
    return dy * (y + 1.0)


def tape(expm1_reverse, params, X, Y):
    glob = Glob(expm1_reverse)
    inputs = objective_function(glob, params, X, Y)
    glob.sweep()
    return glob.opstack[-1].y[0], [v.dy for v in inputs]


def cost(params, X, Y):
    return tape(right_reverse, params, X, Y)[0]


def grad(params, X, Y):
    return tape(wrong_reverse, params, X, Y)[1]


def repaired(params, X, Y):
    return tape(right_reverse, params, X, Y)[1]
