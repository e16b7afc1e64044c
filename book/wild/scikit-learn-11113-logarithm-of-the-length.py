"""A reader misses a power of the length in a kernel's gradient, which is the one by the length's logarithm."""

import numpy as np

SOURCE = "https://github.com/scikit-learn/scikit-learn/issues/11113"
THREAD = "scikit-learn/scikit-learn #11113"
DATE = "2018-05"
KIND = "right"
FORMULA = r"\partial k / \partial \theta = k\, d^2 / \ell^2,\; k = e^{-d^2 / (2 \ell^2)},\; \theta = \log \ell"
RIGHT = r"\partial k / \partial \theta,\; k\, d^2 / \ell^3 = \partial k / \partial \ell\ \text{is none}"
READ = "code"
LAYER = []
NAMES = []
NET = None  # a Gaussian process
BLOCKS = ["theta[1]"]
SAMPLES = 8
LAM = 0.0

ALPHA = 0.1


def start(rng):
    return rng.uniform(-0.5, 0.5, 1)


def data(rng):
    return rng.standard_normal((SAMPLES, 2)), rng.standard_normal(SAMPLES)


def rbf(theta, X):
    """The kernel's matrix, and its derivative by the parameter."""
    length_scale = np.exp(theta[0])
    dists = np.sum((X[:, None, :] / length_scale - X[None, :, :] / length_scale) ** 2, axis=2)
    K = np.exp(-0.5 * dists)
    return K, K * dists


def cost(theta, X, y):
    K = rbf(theta, X)[0] + ALPHA * np.eye(len(X))
    return 0.5 * y @ np.linalg.solve(K, y) + 0.5 * np.log(np.linalg.det(K))


def grad(theta, X, y):
    K, K_gradient = rbf(theta, X)
    K = K + ALPHA * np.eye(len(X))
    alpha = np.linalg.solve(K, y)
    inner = np.outer(alpha, alpha) - np.linalg.inv(K)
    return np.array([-0.5 * np.sum(inner * K_gradient)])


repaired = grad
