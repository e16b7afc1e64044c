"""The equations of the chapter on networks that do not learn, each evaluated on both sides."""
import numpy as np

from .registry import equation

STEP = 1e-30


@equation("eq-step-factor", mutants={
    "sign": ("(1 - eta * curvature)", "(1 + eta * curvature)"),
    "rate dropped": ("(1 - eta * curvature)", "(1 - curvature)"),
    "half of the curvature": ("(1 - eta * curvature)", "(1 - eta * curvature / 2)"),
    "distance from zero": ("* (theta - minimum))", "* theta)"),
})
def step_factor(rng, sizes):
    """The distance from the minimum of a parabola after a step along its derivative, by the complex step, against the factor."""
    left, right = [], []
    for _ in range(sizes[0]):
        curvature, eta = rng.uniform(0.5, 3, 2)
        minimum, theta, height = rng.standard_normal(3)

        def cost(place):
            return curvature / 2 * (place - minimum) ** 2 + height

        derivative = cost(theta + 1j * STEP).imag / STEP
        left.append(theta - eta * derivative - minimum)
        right.append((1 - eta * curvature) * (theta - minimum))
    return np.array(left), np.array(right)
