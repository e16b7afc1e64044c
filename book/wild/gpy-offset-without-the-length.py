"""The distance of two inputs is differentiated by a shift of one of them without the length that divides it."""

import numpy as np

SOURCE = "https://github.com/SheffieldML/GPy/commit/ebe4a496"
THREAD = "SheffieldML/GPy ebe4a49"
DATE = "2016-08"
KIND = "gradient"
FORMULA = (
    r"\partial r_{ij} / \partial \omega = -\mathrm{sign}(x_i - x_j)\, (s_i - s_j),\; r_{ij} = |x_i - x_j| / "
    r"\ell,\; x_i = u_i - s_i \omega"
)
RIGHT = r"\partial r_{ij} / \partial \omega = -\tfrac1\ell\, \mathrm{sign}(x_i - x_j)\, (s_i - s_j)"
READ = "code"
GROUP = "factor"
LAYER = [1]
NAMES = [{"factor"}]
NET = None  # a Gaussian process
BLOCKS = ["shift[1]", "variance[1]", "length[1]", "noise[1]"]
SAMPLES = 8
LAM = 0.0


def start(rng):
    """The shift of the second group, and what the kernel and the noise are made of, as they are."""
    return [rng.standard_normal(1), rng.uniform(0.5, 2, 1), rng.uniform(0.5, 1.5, 1), rng.uniform(0.1, 0.5, 1)]


def data(rng):
    """The last column says to which of two groups a sample belongs."""
    X = np.column_stack([rng.uniform(0, 4, SAMPLES), np.arange(SAMPLES) % 2])
    return X, np.sin(X[:, :1]) + 0.3 * rng.standard_normal((SAMPLES, 1))


def forward(params, X, Y):
    shift, variance, length, noise = params
    shifted = X[:, :1] - shift * X[:, 1:]
    apart = shifted - shifted.T
    kernel = variance * np.exp(-0.5 * (apart / length) ** 2)
    matrix = kernel + noise * np.eye(len(X))
    return apart, kernel, matrix, np.linalg.solve(matrix, Y)


def cost(params, X, Y):
    """The likelihood's negative logarithm."""
    matrix, alpha = forward(params, X, Y)[2:]
    return 0.5 * (np.sum(Y * alpha) + np.linalg.slogdet(matrix)[1] + len(X) * np.log(2 * np.pi))


def backward(params, X, Y, right):
    apart, kernel, matrix, alpha = forward(params, X, Y)
    variance, length = params[1:3]
    by_matrix = 0.5 * (np.linalg.inv(matrix) - alpha @ alpha.T)
    r = abs(apart) / length
    by_r = -by_matrix * kernel * r
    of_shift = -np.sign(apart) * (X[:, 1:] - X[:, 1:].T) / (length if right else 1)
    return [
        np.array([np.sum(by_r * of_shift)]),
        np.array([np.sum(by_matrix * kernel)]) / variance,
        np.array([np.sum(-by_r * r)]) / length,
        np.array([np.trace(by_matrix)]),
    ]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
