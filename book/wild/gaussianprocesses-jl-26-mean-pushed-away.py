"""The derivative of the likelihood of a Gaussian process by its constant mean has the wrong sign."""

import numpy as np

SOURCE = "https://github.com/STOR-i/GaussianProcesses.jl/issues/26"
THREAD = "STOR-i/GaussianProcesses.jl #26"
DATE = "2016-07"
KIND = "gradient"
FORMULA = r"\partial \log L / \partial \mu = -\mathbf 1^\top \alpha,\; \alpha = K^{-1} (y - \mu)"
RIGHT = r"\partial \log L / \partial \mu = \mathbf 1^\top \alpha,\; \alpha = K^{-1} (y - \mu)"
READ = "code"
GROUP = "factor"
LAYER = [1]
NAMES = [{"sign"}]
NET = None  # a Gaussian process
BLOCKS = ["mean[1]", "kernel[1]", "noise[1]"]
SAMPLES = 8
LAM = 0.0


def start(rng):
    """The mean, and the logarithms of the length, of the deviation and of the noise."""
    return {"mean": rng.standard_normal(1), "kernel": 0.3 * rng.standard_normal(2), "noise": rng.uniform(-1, 0, 1)}


def data(rng):
    X = rng.uniform(0, 4, (SAMPLES, 1))
    return X, np.sin(X) + 0.3 * rng.standard_normal((SAMPLES, 1))


def forward(params, X, Y):
    squares = (X - X.T) ** 2
    kernel = np.exp(2 * params["kernel"][1] - 0.5 * squares * np.exp(-2 * params["kernel"][0]))
    matrix = kernel + np.exp(2 * params["noise"][0]) * np.eye(len(X))
    return squares, kernel, matrix, np.linalg.solve(matrix, Y - params["mean"])


def cost(params, X, Y):
    """The likelihood's negative logarithm."""
    matrix, alpha = forward(params, X, Y)[2:]
    fit = np.sum((Y - params["mean"]) * alpha)
    return 0.5 * (fit + np.linalg.slogdet(matrix)[1] + len(X) * np.log(2 * np.pi))


def backward(params, X, Y, right):
    squares, kernel, matrix, alpha = forward(params, X, Y)
    by_matrix = 0.5 * (alpha @ alpha.T - np.linalg.inv(matrix))
    by_length = np.sum(by_matrix * kernel * squares) * np.exp(-2 * params["kernel"][0])
    by_noise = 2 * np.exp(2 * params["noise"][0]) * np.trace(by_matrix)
    by_mean = alpha.sum() if right else -alpha.sum()
    return {
        "mean": np.array([-by_mean]),
        "kernel": -np.array([by_length, 2 * np.sum(by_matrix * kernel)]),
        "noise": np.array([-by_noise]),
    }


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
