"""The derivative of a periodic kernel by its period is put at zero."""

import numpy as np

SOURCE = "https://github.com/mblum/libgp/commit/88ca966"
THREAD = "mblum/libgp 88ca966"
DATE = "2013-04"
KIND = "gradient"
FORMULA = (
    r"\partial k / \partial T = 0,\; k = \sigma^2 (1 + s)\, e^{-s},\; s = \tfrac{\sqrt3}{\ell} \sin "
    r"\tfrac{\pi |x - x'|}{T}"
)
RIGHT = (
    r"\partial k / \partial T = \sigma^2 s\, e^{-s}\, \tfrac{\sqrt3}{\ell} \cos\bigl(\tfrac{\pi |x - "
    r"x'|}{T}\bigr)\, \tfrac{\pi |x - x'|}{T^2}"
)
READ = "code"
GROUP = "blocks"
LAYER = [1]
NAMES = [{"no-gradient"}]
NET = None  # a Gaussian process
BLOCKS = ["hyper[1]"]
SAMPLES = 8
LAM = 0.0


def start(rng):
    """The logarithms of the length and the deviation, the period, and the logarithm of the noise."""
    return np.array([*(0.3 * rng.standard_normal(2)), rng.uniform(2.5, 3.5), rng.uniform(-1.5, -0.5)])


def data(rng):
    X = rng.uniform(0, 2, (SAMPLES, 1))
    return X, np.sin(3 * X) + 0.3 * rng.standard_normal((SAMPLES, 1))


def forward(params, X, Y):
    turn = np.pi * abs(X - X.T) / params[2]
    s = np.sqrt(3) * np.sin(turn) / np.exp(params[0])
    matrix = np.exp(2 * params[1]) * (1 + s) * np.exp(-s) + np.exp(2 * params[3]) * np.eye(len(X))
    return turn, s, matrix, np.linalg.solve(matrix, Y)


def cost(params, X, Y):
    """The likelihood's negative logarithm."""
    matrix, alpha = forward(params, X, Y)[2:]
    return 0.5 * (np.sum(Y * alpha) + np.linalg.slogdet(matrix)[1] + len(X) * np.log(2 * np.pi))


def backward(params, X, Y, right):
    turn, s, matrix, alpha = forward(params, X, Y)
    variance = np.exp(2 * params[1])
    by_period = variance * s * np.exp(-s) * np.sqrt(3) / np.exp(params[0]) * np.cos(turn) * turn / params[2]
    slopes = [
        variance * s**2 * np.exp(-s),
        2 * variance * (1 + s) * np.exp(-s),
        by_period if right else np.zeros_like(s),
        2 * np.exp(2 * params[3]) * np.eye(len(X)),
    ]
    by_matrix = 0.5 * (np.linalg.inv(matrix) - alpha @ alpha.T)
    return np.array([np.sum(by_matrix * slope) for slope in slopes])


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
