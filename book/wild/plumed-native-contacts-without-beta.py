"""The slope of the switching function for native contacts lacks its steepness and is divided by a length instead."""

import numpy as np

SOURCE = "https://github.com/plumed/plumed2/commit/b14d42a54"
THREAD = "plumed/plumed2 b14d42a54, PR #951"
DATE = "2023-06"
KIND = "gradient"
GROUP = "slope"
FORMULA = r"s'(r) = -\dfrac{1}{r_0}\, \dfrac{1}{(1 + e^{-t})(1 + e^{t})},\; t = \beta (r - \lambda\, r_\text{ref})"
RIGHT = r"s'(r) = -\beta\, \dfrac{1}{(1 + e^{-t})(1 + e^{t})},\; t = \beta (r - \lambda\, r_\text{ref})"
READ = "code"
LAYER = [1]
NAMES = [{"factor"}]
NET = None  # contacts between atoms
BLOCKS = ["positions[1]"]
SAMPLES = 6
LAM = 0.0
R_0, D_0, BETA, LAMBDA = 0.35, 0.0, 5.0, 1.8
PAIRS = [(0, 2), (0, 3), (1, 3), (1, 4), (2, 4), (0, 4)]


def start(rng):
    """The atoms' positions."""
    return np.array([[0.0, 0, 0], [0.6, 0, 0], [0.8, 0.6, 0], [0.3, 0.8, 0.5], [0.0, 0.4, 0.9]]) + rng.uniform(
        -0.1, 0.1, (5, 3)
    )


def data(rng):
    """Two atoms and a reference distance for each contact."""
    return np.column_stack([PAIRS, rng.uniform(0.35, 0.6, SAMPLES)]), np.zeros((SAMPLES, 1))


class SwitchingFunction:
    def __init__(self, ref):
        self.type = "nativeq"
        self.invr0 = 1.0 / R_0
        self.d0 = D_0
        self.beta = BETA
        self.lambda_ = LAMBDA
        self.ref = ref

    def nativeq_slope(self, exprdist, exprmdist):
        return -1.0 / (exprmdist + 1.0) / (1.0 + exprdist)

    def calculate(self, distance):
        """The value, and its derivative divided by the distance."""
        rdist = (distance - self.d0) * self.invr0
        if rdist.real <= 0.0:
            result = 1.0
            dfunc = 0.0
        else:
            if self.type == "exponential":
                result = np.exp(-rdist)
                dfunc = -result
            elif self.type == "nativeq":
                rdist2 = self.beta * (distance - self.lambda_ * self.ref)
                exprdist = np.exp(rdist2)
                exprmdist = 1.0 / exprdist
                result = 1.0 / (1.0 + exprdist)
                dfunc = self.nativeq_slope(exprdist, exprmdist)
            elif self.type == "gaussian":
                result = np.exp(-0.5 * rdist * rdist)
                dfunc = -rdist * result
            # this is for the chain rule:
            dfunc *= self.invr0
            # this is because calculate() sets dfunc to the derivative divided by the distance
            dfunc /= distance
        return result, dfunc


class SwitchingFunctionNew(SwitchingFunction):
    def nativeq_slope(self, exprdist, exprmdist):
        return -self.beta / (exprmdist + 1.0) / (1.0 + exprdist) / self.invr0


def contactmap(kind, positions, X, deriv=None):
    ncv = 0.0
    for row in X:
        i0, i1 = int(row[0]), int(row[1])
        distance = positions[i1] - positions[i0]
        value, dfunc = kind(row[2]).calculate(np.sqrt(distance @ distance))
        ncv = ncv + value
        if deriv is not None:
            deriv[i0] -= dfunc * distance
            deriv[i1] += dfunc * distance
    return ncv


def cost(positions, X, Y):
    return contactmap(SwitchingFunction, positions, X)


def grad(positions, X, Y):
    deriv = np.zeros_like(positions)
    contactmap(SwitchingFunction, positions, X, deriv)
    return deriv


def repaired(positions, X, Y):
    deriv = np.zeros_like(positions)
    contactmap(SwitchingFunctionNew, positions, X, deriv)
    return deriv
