"""The gradient of a test function for optimisers lacks the sine of the derivative of its cosine."""

import numpy as np

SOURCE = "https://github.com/mlpack/ensmallen/commit/caf89e2e"
THREAD = "mlpack/ensmallen caf89e2e"
DATE = "2019-05"
KIND = "gradient"
FORMULA = r"\partial C / \partial x_k = 2 x_k e^{-t / 5} / t + \pi e^{(\cos 2 \pi x_1 + \cos 2 \pi x_2) / 2}"
RIGHT = (
    r"\partial C / \partial x_k = 2 x_k e^{-t / 5} / t + \pi \sin (2 \pi x_k)\, "
    r"e^{(\cos 2 \pi x_1 + \cos 2 \pi x_2) / 2},\; t = \sqrt{(x_1^2 + x_2^2) / 2}"
)
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = []
NET = None  # Ackley's function
BLOCKS = ["coordinates[1]"]
SAMPLES = 1
LAM = 0.0


def start(rng):
    return rng.uniform(-2, 2, 2)


def data(rng):
    """There are none."""
    return np.zeros((SAMPLES, 1)), np.zeros((SAMPLES, 1))


def cost(coordinates, X, Y):
    x1, x2 = coordinates
    return (
        -20 * np.exp(-0.2 * np.sqrt(0.5 * (x1**2 + x2**2)))
        - np.exp(0.5 * (np.cos(2 * np.pi * x1) + np.cos(2 * np.pi * x2)))
        + np.exp(1)
        + 20
    )


def terms(x1, x2):
    """The tiny number in the author's denominator is left out."""
    t0 = np.sqrt(0.5 * (x1**2 + x2**2))
    t1 = 2.0 * np.exp(-0.2 * t0) / t0
    t2 = np.pi * np.exp(0.5 * (np.cos(2 * np.pi * x1) + np.cos(2 * np.pi * x2)))
    return t1, t2


def grad(coordinates, X, Y):
    x1, x2 = coordinates
    t1, t2 = terms(x1, x2)
    gradient = np.zeros(2)
    gradient[0] = (x1 * t1) + t2
    gradient[1] = (x2 * t1) + t2
    return gradient


def repaired(coordinates, X, Y):
    x1, x2 = coordinates
    t1, t2 = terms(x1, x2)
    gradient = np.zeros(2)
    gradient[0] = (x1 * t1) + (t2 * np.sin(2 * np.pi * x1))
    gradient[1] = (x2 * t1) + (t2 * np.sin(2 * np.pi * x2))
    return gradient
