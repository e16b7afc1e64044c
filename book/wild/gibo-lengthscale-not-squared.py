"""In a Gaussian process the kernel's derivative with respect to its input divides by the length and not its square."""

import numpy as np

SOURCE = "https://github.com/sarmueller/gibo/issues/3"
THREAD = "sarmueller/gibo #3, commit 33fcb04"
DATE = "2022-04"
KIND = "gradient"
FORMULA = r"\partial k(x, X_j) / \partial x_d = -\frac{x_d - X_{jd}}{\ell_d}\, k(x, X_j)"
RIGHT = (
    r"\partial k(x, X_j) / \partial x_d = -\frac{x_d - X_{jd}}{\ell_d^2}\, k(x, X_j),\; "
    r"k(x, X_j) = s\, e^{-\frac12 \sum_d (x_d - X_{jd})^2 / \ell_d^2}"
)
READ = "code"
GROUP = "factor"
LAYER = [1]
NAMES = []
NET = None  # the mean of a Gaussian process at points that move
BLOCKS = ["thetas[1]"]
SAMPLES = 5
LAM = 0.0
D, N = 3, 6
OUTPUTSCALE = 1.4
LENGTHSCALE = np.array([[0.7, 1.6, 2.3]])
TRAIN = np.random.default_rng(5).standard_normal((N, D))
ALPHA = np.random.default_rng(6).standard_normal(N)


def start(rng):
    return rng.standard_normal((SAMPLES, D))


def data(rng):
    return np.zeros((SAMPLES, 1)), rng.standard_normal(SAMPLES)


def covar_module(x, X):
    difference = (x[:, None, :] - X[None, :, :]) / LENGTHSCALE
    return OUTPUTSCALE * np.exp(-0.5 * np.sum(difference**2, axis=2))


class GradientInformation:
    def _get_KxX_dx(self, x, X):
        N = X.shape[0]
        n = x.shape[0]
        K_xX = covar_module(x, X)
        lengthscale = LENGTHSCALE
        return (
            -np.eye(D)
            / lengthscale
            @ ((x.reshape(n, 1, D) - X.reshape(1, N, D)) * K_xX.reshape(n, N, 1)).transpose(0, 2, 1)
        )


class GradientInformationLater(GradientInformation):
    def _get_KxX_dx(self, x, X):
        N = X.shape[0]
        n = x.shape[0]
        K_xX = covar_module(x, X)
        lengthscale = LENGTHSCALE
        return (
            -np.eye(D)
            / lengthscale**2
            @ ((x.reshape(n, 1, D) - X.reshape(1, N, D)) * K_xX.reshape(n, N, 1)).transpose(0, 2, 1)
        )


def cost(thetas, X, Y):
    return 0.5 * np.sum((covar_module(thetas, TRAIN) @ ALPHA - Y) ** 2)


def of_squares(thetas, Y, information):
    residuals = covar_module(thetas, TRAIN) @ ALPHA - Y
    return residuals[:, None] * (information._get_KxX_dx(thetas, TRAIN) @ ALPHA)


def grad(thetas, X, Y):
    return of_squares(thetas, Y, GradientInformation())


def repaired(thetas, X, Y):
    return of_squares(thetas, Y, GradientInformationLater())
