"""The derivative of a d-norm of restraints is multiplied by the norm instead of its power of 1 − d."""

import numpy as np

SOURCE = "https://github.com/salilab/imp/commit/cd0972641853b6a04847290852f8e802a2106bbb"
THREAD = "salilab/imp cd09726418"
DATE = "2011-03"
KIND = "gradient"
GROUP = "slope"
FORMULA = r"\nabla E = \textstyle\sum_i e_i^{d-1}\, E\; \nabla e_i,\; E = (\sum_i e_i^d)^{1/d}"
RIGHT = r"\nabla E = \textstyle\sum_i e_i^{d-1}\, E^{1-d}\; \nabla e_i"
READ = "code"
LAYER = [1]
NAMES = [{"factor"}]
NET = None  # one of several distances between particles has to be right
BLOCKS = ["xyz[1]"]
SAMPLES = 3
LAM = 0.0
D = -2


def start(rng):
    """A particle in the middle, and three around it."""
    return np.array([[0.0, 0, 0], [2.0, 0.3, 0], [-0.4, 2.5, 0.6], [0.5, -1.0, 2.2]]) + rng.uniform(-0.2, 0.2, (4, 3))


def data(rng):
    """The mean of the distance, and the strength, of each restraint."""
    return np.column_stack([rng.uniform(0.3, 1.0, SAMPLES), rng.uniform(0.7, 1.6, SAMPLES)]), np.zeros((SAMPLES, 1))


class DerivativeAccumulator:
    def __init__(self, derivatives, weight=1.0):
        self.derivatives, self.weight = derivatives, weight

    def weighted(self, weight):
        return DerivativeAccumulator(self.derivatives, self.weight * weight)

    def add(self, particle, value):
        self.derivatives[particle] += self.weight * value


class DistanceRestraint:
    """A harmonic on the distance of two particles."""

    def __init__(self, xyz, a, b, mean, k):
        self.xyz, self.a, self.b, self.mean, self.k = xyz, a, b, mean, k

    def unprotected_evaluate(self, accum):
        delta = self.xyz[self.a] - self.xyz[self.b]
        distance = np.sqrt(delta @ delta)
        e = distance - self.mean
        if accum is not None:
            derivative = self.k * e * delta / distance
            accum.add(self.a, derivative)
            accum.add(self.b, -derivative)
        return 0.5 * self.k * e * e


class AmbiguousRestraint:
    """For d > 0 an "and" of the restraints, for d < 0 an "or"."""

    def __init__(self, d, rs):
        self.d, self.rs = d, rs

    def weight(self, ene_i, ene):
        return ene_i ** (self.d - 1) * ene

    def unprotected_evaluate(self, accum):
        enes = []
        ene = 0
        for i in range(len(self.rs)):
            enes.append(self.rs[i].unprotected_evaluate(None))
            ene += enes[i] ** self.d
        ene = ene ** (1.0 / self.d)
        if accum is not None:
            for i in range(len(self.rs)):
                a0 = accum.weighted(self.weight(enes[i], ene))
                self.rs[i].unprotected_evaluate(a0)
        return ene


class AmbiguousRestraintLater(AmbiguousRestraint):
    def weight(self, ene_i, ene):
        return ene_i ** (self.d - 1) * ene ** (1 - self.d)


def model(kind, xyz, X):
    return kind(D, [DistanceRestraint(xyz, 0, 1 + i, mean, k) for i, (mean, k) in enumerate(X)])


def cost(xyz, X, Y):
    return model(AmbiguousRestraint, xyz, X).unprotected_evaluate(None)


def grad(xyz, X, Y):
    derivatives = np.zeros_like(xyz)
    model(AmbiguousRestraint, xyz, X).unprotected_evaluate(DerivativeAccumulator(derivatives))
    return derivatives


def repaired(xyz, X, Y):
    derivatives = np.zeros_like(xyz)
    model(AmbiguousRestraintLater, xyz, X).unprotected_evaluate(DerivativeAccumulator(derivatives))
    return derivatives
