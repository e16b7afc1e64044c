"""A quadratic prior for images halves the squares of pairs that it meets twice, where its gradient has a quarter."""

import numpy as np

SOURCE = "https://github.com/UCL/STIR/commit/1b5ce9bd5bcd74135f881fcfc83346cd04e598df"
THREAD = "UCL/STIR 1b5ce9bd5"
DATE = "2015-02"
KIND = "cost"
FORMULA = r"C = \beta \textstyle\sum_r \sum_{d} \tfrac12 w_d\, (\lambda_r - \lambda_{r+d})^2 \kappa_r \kappa_{r+d}"
RIGHT = r"C = \beta \textstyle\sum_r \sum_{d} \tfrac14 w_d\, (\lambda_r - \lambda_{r+d})^2 \kappa_r \kappa_{r+d}"
READ = "code"
LAYER = [1]
NAMES = [{"factor"}]
NET = None  # an image of emission tomography
BLOCKS = ["image[1]"]
SAMPLES = 2
LAM = 0.0
PENALISATION_FACTOR = 0.6
GRID_SPACING = dict(z=3.0, y=2.0, x=2.0)


def start(rng):
    """An image of two planes."""
    return rng.uniform(0.5, 3.0, (SAMPLES, 3, 4))


def data(rng):
    """The image kappa, and nothing to aim at."""
    return rng.uniform(0.5, 1.5, (SAMPLES, 3, 4)), np.zeros((SAMPLES, 1))


def square(x):
    return x * x


class QuadraticPrior:
    share = 2

    def __init__(self, kappa):
        self.kappa = kappa
        self.penalisation_factor = PENALISATION_FACTOR
        self.weights = self.compute_weights(GRID_SPACING, only_2D=False)

    def compute_weights(self, grid_spacing, only_2D):
        min_dz, max_dz = (0, 0) if only_2D else (-1, 1)
        weights = {}
        for z in range(min_dz, max_dz + 1):
            for y in range(-1, 2):
                for x in range(-1, 2):
                    if z == 0 and y == 0 and x == 0:
                        weights[0, 0, 0] = 0.0
                    else:
                        weights[z, y, x] = grid_spacing["x"] / np.sqrt(
                            square(x * grid_spacing["x"])
                            + square(y * grid_spacing["y"])
                            + square(z * grid_spacing["z"])
                        )
        return weights

    def neighbours(self, image, z, y, x):
        """The offsets that do not leave the image."""
        max_z, max_y, max_x = [n - 1 for n in image.shape]
        for dz in range(max(-1, -z), min(1, max_z - z) + 1):
            for dy in range(max(-1, -y), min(1, max_y - y) + 1):
                for dx in range(max(-1, -x), min(1, max_x - x) + 1):
                    yield dz, dy, dx

    def compute_value(self, current_image_estimate):
        result = 0.0
        for z, y, x in np.ndindex(current_image_estimate.shape):
            for dz, dy, dx in self.neighbours(current_image_estimate, z, y, x):
                current = (
                    self.weights[dz, dy, dx]
                    * square(current_image_estimate[z, y, x] - current_image_estimate[z + dz, y + dy, x + dx])
                    / self.share
                )
                current *= self.kappa[z, y, x] * self.kappa[z + dz, y + dy, x + dx]
                result += current
        return result * self.penalisation_factor

    def compute_gradient(self, current_image_estimate):
        prior_gradient = np.zeros_like(current_image_estimate)
        for z, y, x in np.ndindex(current_image_estimate.shape):
            gradient = 0.0
            for dz, dy, dx in self.neighbours(current_image_estimate, z, y, x):
                current = self.weights[dz, dy, dx] * (
                    current_image_estimate[z, y, x] - current_image_estimate[z + dz, y + dy, x + dx]
                )
                current *= self.kappa[z, y, x] * self.kappa[z + dz, y + dy, x + dx]
                gradient += current
            prior_gradient[z, y, x] = gradient * self.penalisation_factor
        return prior_gradient


class Later(QuadraticPrior):
    share = 4


def cost(image, X, Y):
    return QuadraticPrior(X).compute_value(image)


def meant(image, X, Y):
    return Later(X).compute_value(image)


def grad(image, X, Y):
    return QuadraticPrior(X).compute_gradient(image)


def repaired(image, X, Y):
    """The gradient of the value as it was."""
    return 2 * QuadraticPrior(X).compute_gradient(image)
