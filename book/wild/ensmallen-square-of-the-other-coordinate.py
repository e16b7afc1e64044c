"""In one derivative of a test function for optimisers the square is that of the other coordinate."""

import numpy as np

SOURCE = "https://github.com/mlpack/ensmallen/commit/a87fcd05"
THREAD = "mlpack/ensmallen a87fcd05"
DATE = "2017-12"
KIND = "gradient"
FORMULA = (
    r"\partial C / \partial x_1 = 0.01 \frac{x_1 + 10}{\vert x_1 + 10 \vert} - x_1 u / \vert u \vert^{3/2},\; "
    r"u = x_2 - 0.01 x_2^2"
)
RIGHT = (
    r"\partial C / \partial x_1 = 0.01 \frac{x_1 + 10}{\vert x_1 + 10 \vert} - x_1 u / \vert u \vert^{3/2},\; "
    r"u = x_2 - 0.01 x_1^2,\; C = 100 \sqrt{\vert u \vert} + 0.01 \vert x_1 + 10 \vert"
)
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = []
NET = None  # Bukin's function
BLOCKS = ["coordinates[1]"]
SAMPLES = 1
LAM = 0.0


def start(rng):
    return np.array([rng.uniform(-15, -11), rng.uniform(-3, 1)])


def data(rng):
    """There are none."""
    return np.zeros((SAMPLES, 1)), np.zeros((SAMPLES, 1))


def modulus(x):
    return x * np.sign(x.real)


def cost(coordinates, X, Y):
    x1, x2 = coordinates
    return 100 * np.sqrt(modulus(x2 - 0.01 * x1**2)) + 0.01 * modulus(x1 + 10)


def grad(coordinates, X, Y):
    x1, x2 = coordinates
    gradient = np.zeros(2)
    gradient[0] = (0.01 * (x1 + 10)) / abs(x1 + 10) - (x1 * (x2 - 0.01 * x2**2)) / abs(x2 - 0.01 * x2**2) ** 1.5
    gradient[1] = (50 * (x2 - 0.01 * x1**2)) / abs(x2 - 0.01 * x1**2) ** 1.5
    return gradient


def repaired(coordinates, X, Y):
    x1, x2 = coordinates
    gradient = np.zeros(2)
    gradient[0] = (0.01 * (x1 + 10)) / abs(x1 + 10) - (x1 * (x2 - 0.01 * x1**2)) / abs(x2 - 0.01 * x1**2) ** 1.5
    gradient[1] = (50 * (x2 - 0.01 * x1**2)) / abs(x2 - 0.01 * x1**2) ** 1.5
    return gradient
