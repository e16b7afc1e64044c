"""The scale of a test function multiplies both of its squares instead of the first one only."""

import numpy as np

SOURCE = "https://github.com/odlgroup/odl/commit/78a534983c718d7193be78ead5dad145b80d3fee"
THREAD = "odlgroup/odl 78a534983"
DATE = "2016-10"
KIND = "cost"
FORMULA = r"f(x) = \textstyle\sum_i c \bigl((x_{i+1} - x_i^2)^2 + (x_i - 1)^2\bigr)"
RIGHT = r"f(x) = \textstyle\sum_i \bigl(c\, (x_{i+1} - x_i^2)^2 + (x_i - 1)^2\bigr)"
READ = "code"
LAYER = [1]
NAMES = [{"another-cost"}]
NET = None  # the function of Rosenbrock
BLOCKS = ["x[1]"]
SAMPLES = 1
LAM = 0.0
SIZE = 6


def start(rng):
    return rng.standard_normal(SIZE)


def data(rng):
    """The scale, and nothing to aim at."""
    return rng.uniform(3.0, 6.0, (SAMPLES, 1)), np.zeros((SAMPLES, 1))


class RosenbrockFunctional:
    def __init__(self, size, scale=100.0, right=False):
        self.scale = float(scale)
        self.size = size
        self.right = right

    def __call__(self, x):
        """Return ``self(x)``."""
        result = 0
        for i in range(0, self.size - 1):
            if self.right:
                result += self.scale * (x[i + 1] - x[i] ** 2) ** 2 + (x[i] - 1) ** 2
            else:
                result += self.scale * ((x[i + 1] - x[i] ** 2) ** 2 + (x[i] - 1) ** 2)
        return result

    @property
    def gradient(self):
        """Gradient operator of the Rosenbrock functional."""
        functional = self
        c = self.scale

        class RosenbrockGradient:
            def __call__(self, x, out):
                """Apply the gradient operator to the given point."""
                for i in range(1, functional.size - 1):
                    out[i] = 2 * c * (x[i] - x[i - 1] ** 2) - 4 * c * (x[i + 1] - x[i] ** 2) * x[i] - 2 * (1 - x[i])
                out[0] = -4 * c * (x[1] - x[0] ** 2) * x[0] + 2 * (x[0] - 1)
                out[-1] = 2 * c * (x[-1] - x[-2] ** 2)
                return out

        return RosenbrockGradient()


def cost(x, X, Y):
    return RosenbrockFunctional(SIZE, X[0, 0])(x)


def meant(x, X, Y):
    return RosenbrockFunctional(SIZE, X[0, 0], right=True)(x)


def grad(x, X, Y):
    return RosenbrockFunctional(SIZE, X[0, 0]).gradient(x, np.empty_like(x))


def repaired(x, X, Y):
    """The gradient of the function as it was."""
    c = X[0, 0]
    out = grad(x, X, Y)
    out[:-1] += 2 * (c - 1) * (x[:-1] - 1)
    return out
