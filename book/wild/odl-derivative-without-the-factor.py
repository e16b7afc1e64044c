"""The derivative of an operator after a product with a vector is taken where the product has not been formed."""

import numpy as np

SOURCE = "https://github.com/odlgroup/odl/commit/95bf7c23c"
THREAD = "odlgroup/odl 95bf7c23c, #1330"
DATE = "2018-04"
KIND = "gradient"
FORMULA = r"A'(x) = \operatorname{Op}'(x)\, v"
RIGHT = r"A'(x) = \operatorname{Op}'(v x)\, v,\; A(x) = \operatorname{Op}(v x)"
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = []
NET = None  # a power of a product with a vector
BLOCKS = ["x[1]"]
SAMPLES = 5
LAM = 0.0


def start(rng):
    return rng.uniform(0.5, 1.5, SAMPLES)


def data(rng):
    """The vector, and what is to come out."""
    return rng.uniform(0.5, 2, (SAMPLES, 1)), rng.standard_normal(SAMPLES)


class MultiplyOperator:
    is_linear = True

    def __init__(self, multiplicand):
        self.multiplicand = multiplicand

    def __call__(self, x):
        return self.multiplicand * x

    @property
    def adjoint(self):
        return self

    def __mul__(self, vector):
        return OperatorRightVectorMult(self, vector)


class PowerOperator:
    is_linear = False

    def __init__(self, exponent):
        self.exponent = exponent

    def __call__(self, x):
        return x**self.exponent

    def derivative(self, point):
        return MultiplyOperator(self.exponent * point ** (self.exponent - 1))


class OperatorRightVectorMult:
    def __init__(self, operator, vector):
        self.operator, self.vector = operator, vector
        self.is_linear = operator.is_linear

    def __call__(self, x):
        return self.operator(x * self.vector)

    def derivative(self, x):
        if self.is_linear:
            return self
        return self.operator.derivative(x) * self.vector

    @property
    def adjoint(self):
        return lambda y: self.vector * self.operator.adjoint(y)


class OperatorRightVectorMultRepaired(OperatorRightVectorMult):
    def derivative(self, x):
        if self.is_linear:
            return self
        return self.operator.derivative(self.vector * x) * self.vector


def cost(x, X, Y):
    return 0.5 * np.sum((OperatorRightVectorMult(PowerOperator(3), X[:, 0])(x) - Y) ** 2)


def gradient(x, X, Y, mult):
    op = mult(PowerOperator(3), X[:, 0])
    return op.derivative(x).adjoint(op(x) - Y)


def grad(x, X, Y):
    return gradient(x, X, Y, OperatorRightVectorMult)


def repaired(x, X, Y):
    return gradient(x, X, Y, OperatorRightVectorMultRepaired)
