"""The gradient of a function of a function is that of the inner one, with the outer one's derivative commented out."""

import numpy as np

SOURCE = "https://github.com/Mr-Leshiy/nnoops-neural-net-lib/commit/57543fe"
THREAD = "Mr-Leshiy/nnoops-neural-net-lib 57543fe"
DATE = "2020-07"
KIND = "gradient"
GROUP = "slope"
FORMULA = r"\nabla f_1(f_2(w, b)) = \nabla f_2(w, b),\; f_1 = \sigma,\; f_2(w, b) = x \cdot w + b"
RIGHT = r"\nabla f_1(f_2(w, b)) = f_1'(f_2(w, b))\, \nabla f_2(w, b)"
READ = "code"
LAYER = [1]
NAMES = [{"output-slope-forgotten"}, {"slope-missing"}]
NET = None  # a neuron's output is what is differentiated, without a loss
BLOCKS = ["w[1]", "b[1]"]
SAMPLES = 1
LAM = 0.0


def start(rng):
    """A point and a number, the arguments of the linear function."""
    return [rng.standard_normal(4), rng.standard_normal(1)]


def data(rng):
    """The point that the linear function is made with, and nothing to aim at."""
    return rng.standard_normal((SAMPLES, 4)), np.zeros((SAMPLES, 1))


class Argument:
    def __init__(self, *args):
        self.args = args

    def __mul__(self, val):
        return Argument(*[arg * val for arg in self.args])


def get_arg(k, argument):
    return argument.args[k]


class LinearFunction2:
    def __init__(self, x):
        self.x = x

    def function(self, argument):
        return self.x @ get_arg(0, argument) + get_arg(1, argument)

    def gradient(self, argument):
        return Argument(self.x, 1.0)


class SigmoidFunction:
    def function(self, argument):
        return 1 / (1 + np.exp(-get_arg(0, argument)))

    def gradient(self, argument):
        val = np.exp(-get_arg(0, argument))
        return Argument(val / ((1 + val) * (1 + val)))


class ComplexFunction:
    """
    Complex function realisation
    funct_t1 f1
    funct_t2 f2
    f1(f2())
    """

    def __init__(self, f1, f2):
        self.f1, self.f2 = f1, f2

    def function(self, argument):
        return self.f1.function(Argument(self.f2.function(argument)))

    def gradient(self, argument):
        # return f2->gradient(argument) * f1->gradient(f2->function(argument));
        return self.f2.gradient(argument)


class ComplexFunctionLater(ComplexFunction):
    def gradient(self, argument):
        return self.f2.gradient(argument) * get_arg(0, self.f1.gradient(Argument(self.f2.function(argument))))


def cost(params, X, Y):
    w, b = params
    return ComplexFunction(SigmoidFunction(), LinearFunction2(X[0])).function(Argument(w, b[0]))


def gradients(kind, params, X):
    w, b = params
    g = kind(SigmoidFunction(), LinearFunction2(X[0])).gradient(Argument(w, b[0]))
    return [get_arg(0, g), np.array([get_arg(1, g)])]


def grad(params, X, Y):
    return gradients(ComplexFunction, params, X)


def repaired(params, X, Y):
    return gradients(ComplexFunctionLater, params, X)
