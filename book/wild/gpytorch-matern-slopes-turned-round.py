"""In a Matern kernel with slopes, the covariances between values and slopes have the other one's sign."""

import numpy as np

SOURCE = "https://github.com/cornellius-gp/gpytorch/issues/2563"
THREAD = "cornellius-gp/gpytorch #2563, commit 7061ce2d"
DATE = "2024-08"
KIND = "gradient"
FORMULA = r"\partial k(x, z) / \partial x_d = \frac53 (1 + \sqrt5 r)\, e^{-\sqrt5 r}\, \frac{x_d - z_d}{\ell_d^2}"
RIGHT = (
    r"\partial k(x, z) / \partial x_d = -\frac53 (1 + \sqrt5 r)\, e^{-\sqrt5 r}\, \frac{x_d - z_d}{\ell_d^2},\; "
    r"k = \bigl(1 + \sqrt5 r + \tfrac53 r^2\bigr) e^{-\sqrt5 r},\; r^2 = \sum_d (x_d - z_d)^2 / \ell_d^2"
)
READ = "code"
GROUP = "factor"
LAYER = [1]
NAMES = [{"sign"}]
NET = None  # the mean of a Gaussian process at points that move
BLOCKS = ["x[1]"]
SAMPLES = 5
LAM = 0.0
D, N = 2, 6
LENGTHSCALE = np.array([0.8, 1.5])
X2 = np.random.default_rng(3).standard_normal((N, D))
ALPHA = np.random.default_rng(4).standard_normal(N)
sqrt5, five_thirds = np.sqrt(5), 5.0 / 3.0


def start(rng):
    return rng.standard_normal((SAMPLES, D))


def data(rng):
    return np.zeros((SAMPLES, 1)), rng.standard_normal(SAMPLES)


class Matern52KernelGrad:
    def covar_dist(self, x1, x2):
        return np.sqrt(np.sum((x1[:, None, :] - x2[None, :, :]) ** 2, axis=2))

    def forward(self, x1, x2):
        """Values and slopes by values; the blocks with the second points' slopes are left out."""
        lengthscale = LENGTHSCALE
        n1, d = x1.shape
        n2 = x2.shape[0]
        K = np.zeros((n1 * (d + 1), n2), dtype=x1.dtype)
        distance_matrix = self.covar_dist(x1 / lengthscale, x2 / lengthscale)
        exp_neg_sqrt5r = np.exp(-sqrt5 * distance_matrix)
        outer = x1.reshape(n1, 1, d) - x2.reshape(1, n2, d)
        outer = outer / lengthscale**2
        outer = np.swapaxes(outer, -1, -2)
        constant_component = sqrt5 * distance_matrix + 1 + five_thirds * distance_matrix**2
        K[:n1] = constant_component * exp_neg_sqrt5r
        outer2 = np.swapaxes(outer, -1, -3).reshape(n2, n1 * d)
        outer2 = np.swapaxes(outer2, -1, -2)
        K[n1:] = self.second(outer2, np.tile(five_thirds * (1 + sqrt5 * distance_matrix) * exp_neg_sqrt5r, (d, 1)))
        return K

    def second(self, outer2, factor):
        return outer2 * factor


class Matern52KernelGradLater(Matern52KernelGrad):
    def second(self, outer2, factor):
        return -outer2 * factor


def cost(x, X, Y):
    mean = Matern52KernelGrad().forward(x, X2)[: len(x)] @ ALPHA
    return 0.5 * np.sum((mean - Y) ** 2)


def of_squares(x, Y, kernel):
    K = kernel.forward(x, X2) @ ALPHA
    mean, slopes = K[: len(x)], K[len(x) :].reshape(D, len(x)).T
    return (mean - Y)[:, None] * slopes


def grad(x, X, Y):
    return of_squares(x, Y, Matern52KernelGrad())


def repaired(x, X, Y):
    return of_squares(x, Y, Matern52KernelGradLater())
