"""A kernel of categories is differentiated by its lengths, and the parameters are their logarithms."""

import numpy as np

SOURCE = "https://github.com/scikit-optimize/scikit-optimize/issues/330"
THREAD = "scikit-optimize/scikit-optimize #330"
DATE = "2017-03"
KIND = "gradient"
FORMULA = (
    r"\partial k / \partial \theta_d = -k\, [x_d \ne x'_d],\; k = e^{-\sum_d \ell_d [x_d \ne x'_d]},\; "
    r"\theta = \log \ell"
)
RIGHT = r"\partial k / \partial \theta_d = -k\, \ell_d\, [x_d \ne x'_d],\; \theta = \log \ell"
READ = "code"
GROUP = "factor"
LAYER = [1]
NAMES = [{"factor"}]
DIMENSIONS, CATEGORIES = 3, 4
NET = None  # a Gaussian process
BLOCKS = ["theta[1]"]
SAMPLES = 9
LAM = 0.0

NOISE = 0.1


def start(rng):
    return rng.uniform(-1, 1, DIMENSIONS)


def data(rng):
    return rng.integers(0, CATEGORIES, (SAMPLES, DIMENSIONS)), rng.standard_normal(SAMPLES)


def hamming_kernel(theta, X):
    """The kernel's matrix, and where two points differ."""
    length_scale = np.exp(theta)
    indicator = (X[:, None, :] != X[None, :, :]).astype(float)
    return np.exp(-np.sum(length_scale * indicator, axis=2)), indicator


def cost(theta, X, y):
    K = hamming_kernel(theta, X)[0] + NOISE * np.eye(len(X))
    return 0.5 * (y @ np.linalg.solve(K, y) + np.log(np.linalg.det(K)))


def kernel_gradient(theta, X):
    kernel, indicator = hamming_kernel(theta, X)
    return -kernel[:, :, None] * indicator


def repaired_kernel_gradient(theta, X):
    kernel, indicator = hamming_kernel(theta, X)
    return -kernel[:, :, None] * indicator * np.exp(theta)


def of_likelihood(theta, X, y, K_gradient):
    K = hamming_kernel(theta, X)[0] + NOISE * np.eye(len(X))
    alpha = np.linalg.solve(K, y)
    inner = np.outer(alpha, alpha) - np.linalg.inv(K)
    return -0.5 * np.einsum("ij,ijd->d", inner, K_gradient)


def grad(theta, X, y):
    return of_likelihood(theta, X, y, kernel_gradient(theta, X))


def repaired(theta, X, y):
    return of_likelihood(theta, X, y, repaired_kernel_gradient(theta, X))
