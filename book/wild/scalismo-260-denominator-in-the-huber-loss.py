"""A Huber loss of images is divided by one and the square of the difference, and its derivative is not."""

import numpy as np

SOURCE = "https://github.com/unibas-gravis/scalismo/issues/260"
THREAD = "unibas-gravis/scalismo #260"
DATE = "2019-02"
KIND = "cost"
FORMULA = r"C = \tfrac1m \textstyle\sum \frac{v^2}{2 (1 + v^2)}\ \text{where}\ v < \delta"
RIGHT = r"C = \tfrac1m \textstyle\sum \tfrac12 v^2\ \text{where}\ v < \delta"
READ = "code"
LAYER = [1]
NAMES = [{"another-cost"}]
DELTA = 1.345
NET = None  # an image that is moved
BLOCKS = ["parameters[1]"]
SAMPLES = 9
LAM = 0.0


def start(rng):
    """A shift, and a scale."""
    return np.array([0.0, 1.0]) + 0.3 * rng.standard_normal(2)


def data(rng):
    """Points of the fixed image, and what it shows there; the differences stay below the threshold."""
    return rng.uniform(-2, 2, SAMPLES), rng.uniform(-0.6, 0.6, SAMPLES)


def moving_image(x):
    return 0.6 * np.sin(2 * x)


def differentiate_moving_image(x):
    return 1.2 * np.cos(2 * x)


def transform(parameters, x):
    return parameters[1] * x + parameters[0]


def loss_function(v):
    linear = DELTA * (v * np.sign(v.real) - DELTA / 2)
    return np.where(v.real < DELTA, (v * v / 2) / (1 + v * v), linear)


def meant_loss_function(v):
    linear = DELTA * (v * np.sign(v.real) - DELTA / 2)
    return np.where(v.real < DELTA, v * v / 2, linear)


def loss_function_derivative(v):
    return np.where(v < DELTA, v, DELTA * np.sign(v))


def cost(parameters, X, Y):
    warped_image = moving_image(transform(parameters, X))
    return np.sum(loss_function(Y - warped_image)) / len(X)


def meant(parameters, X, Y):
    warped_image = moving_image(transform(parameters, X))
    return np.sum(meant_loss_function(Y - warped_image)) / len(X)


def compute_derivative(parameters, X, Y, derivative):
    total = np.zeros_like(parameters)
    for x, fixed in zip(X, Y):
        place = transform(parameters, x)
        d_moving_image = derivative(moving_image(place) - fixed)
        d_transform = np.array([1.0, x])
        total += d_transform * differentiate_moving_image(place) * d_moving_image
    return total / len(X)


def grad(parameters, X, Y):
    return compute_derivative(parameters, X, Y, loss_function_derivative)


def repaired(parameters, X, Y):
    """The gradient of the cost as it is."""
    return compute_derivative(parameters, X, Y, lambda v: v / (1 + v * v) ** 2)
