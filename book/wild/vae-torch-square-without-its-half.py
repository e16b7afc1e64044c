"""In the derivative of a Gaussian likelihood by the logarithm of its variance the square has lost its half."""

import numpy as np

SOURCE = "https://github.com/y0ast/VAE-Torch/commit/aca244a"
THREAD = "y0ast/VAE-Torch aca244a"
DATE = "2016-08"
KIND = "gradient"
FORMULA = (
    r"\partial C / \partial s = \tfrac12 - (x - \mu)^2 e^{-s},\; C = \tfrac12 \textstyle\sum [s + (x - \mu)^2 "
    r"e^{-s}]"
)
RIGHT = r"\partial C / \partial s = \tfrac12 - \tfrac12 (x - \mu)^2 e^{-s},\; s = \log \sigma^2"
READ = "code"
GROUP = "factor"
LAYER = [1, 2]
NAMES = []
SIZES = (3, 4, 2)
NET = None  # a likelihood with its own variance
BLOCKS = ["hidden[1]", "hidden_bias[1]", "mean[2]", "mean_bias[2]", "log_variance[2]", "log_variance_bias[2]"]
SAMPLES = 7
LAM = 0.0


def start(rng):
    """The mean and the logarithm of the variance have a layer each, above the same hidden units."""
    return {
        "hidden": rng.standard_normal((SIZES[1], SIZES[0])),
        "hidden_bias": rng.standard_normal(SIZES[1]),
        "mean": rng.standard_normal((SIZES[2], SIZES[1])),
        "mean_bias": rng.standard_normal(SIZES[2]),
        "log_variance": 0.5 * rng.standard_normal((SIZES[2], SIZES[1])),
        "log_variance_bias": 0.5 * rng.standard_normal(SIZES[2]),
    }


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.standard_normal((SAMPLES, SIZES[-1]))


def forward(params, X):
    hidden = np.tanh(X @ params["hidden"].T + params["hidden_bias"])
    return hidden, *(hidden @ params[head].T + params[f"{head}_bias"] for head in ("mean", "log_variance"))


def cost(params, X, Y):
    _, mean, s = forward(params, X)
    return np.sum(0.5 * s + 0.5 * np.log(2 * np.pi) + 0.5 * (Y - mean) ** 2 / np.exp(s))


def backward(params, X, Y, right):
    hidden, mean, s = forward(params, X)
    by_mean = -(Y - mean) * np.exp(-s)
    by_s = 0.5 - (0.5 if right else 1) * (Y - mean) ** 2 * np.exp(-s)
    delta = (by_mean @ params["mean"] + by_s @ params["log_variance"]) * (1 - hidden**2)
    return {
        "hidden": delta.T @ X,
        "hidden_bias": delta.sum(0),
        "mean": by_mean.T @ hidden,
        "mean_bias": by_mean.sum(0),
        "log_variance": by_s.T @ hidden,
        "log_variance_bias": by_s.sum(0),
    }


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
