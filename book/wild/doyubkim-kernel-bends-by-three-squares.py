"""The slope of a smoothing kernel's own slope has three times the squared distance where there are five."""

import numpy as np

SOURCE = "https://github.com/doyubkim/fluid-engine-dev/issues/254"
THREAD = "doyubkim/fluid-engine-dev #254, PR #255, 90ea19e6"
DATE = "2019-08"
KIND = "gradient"
GROUP = "slope"
FORMULA = r"W''(r) = \dfrac{945}{32 \pi h^5} \bigl(1 - \tfrac{r^2}{h^2}\bigr) \bigl(3 \tfrac{r^2}{h^2} - 1\bigr)"
RIGHT = (
    r"W''(r) = \dfrac{945}{32 \pi h^5} \bigl(1 - \tfrac{r^2}{h^2}\bigr) \bigl(5 \tfrac{r^2}{h^2} - 1\bigr),\; "
    r"W'(r) = -\dfrac{945}{32 \pi h^5}\, r \bigl(1 - \tfrac{r^2}{h^2}\bigr)^2"
)
READ = "reconstruction"  # the kernel is the author's, the weighted sum of its slopes is made up
LAYER = [1]
NAMES = []
NET = None  # smoothed particles of a fluid
BLOCKS = ["distances[1]"]
SAMPLES = 8
LAM = 0.0
H = 1.3


def start(rng):
    """Distances between particles, most of them within the kernel's radius."""
    return rng.uniform(0.2, 1.1, SAMPLES)


def data(rng):
    """For each pair its mass over its density, and the difference of its values."""
    return rng.uniform(0.5, 1.5, (SAMPLES, 1)), rng.standard_normal((SAMPLES, 1))


class SphStdKernel3:
    def __init__(self, h_):
        self.h = h_
        self.h2 = self.h * self.h
        self.h3 = self.h2 * self.h
        self.h5 = self.h2 * self.h3

    def __call__(self, distance):
        if (distance * distance).real >= self.h2:
            return 0.0
        else:
            x = 1.0 - distance * distance / self.h2
            return 315.0 / (64.0 * np.pi * self.h3) * x * x * x

    def firstDerivative(self, distance):
        if distance.real >= self.h:
            return 0.0
        else:
            x = 1.0 - distance * distance / self.h2
            return -945.0 / (32.0 * np.pi * self.h5) * distance * x * x

    def secondDerivative(self, distance):
        if distance * distance >= self.h2:
            return 0.0
        else:
            x = distance * distance / self.h2
            return 945.0 / (32.0 * np.pi * self.h5) * (1 - x) * (3 * x - 1)


class SphStdKernel3Later(SphStdKernel3):
    def secondDerivative(self, distance):
        if distance * distance >= self.h2:
            return 0.0
        else:
            x = distance * distance / self.h2
            return 945.0 / (32.0 * np.pi * self.h5) * (1 - x) * (5 * x - 1)


def cost(params, X, Y):
    """How fast the smoothed values change with the distances."""
    kernel = SphStdKernel3(H)
    total = 0.0
    for (weight,), (difference,), dist in zip(X, Y, params):
        total = total + weight * difference * kernel.firstDerivative(dist)
    return total


def gradients(params, X, Y, kernel):
    rows = []
    for (weight,), (difference,), dist in zip(X, Y, params):
        rows.append(weight * difference * kernel.secondDerivative(dist))
    return np.array(rows)


def grad(params, X, Y):
    return gradients(params, X, Y, SphStdKernel3(H))


def repaired(params, X, Y):
    return gradients(params, X, Y, SphStdKernel3Later(H))
