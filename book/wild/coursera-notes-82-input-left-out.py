"""The regularised gradient of logistic regression is printed without the input by which the error is multiplied."""

import numpy as np

SOURCE = "https://github.com/fengdu78/Coursera-ML-AndrewNg-Notes/issues/82"
THREAD = "fengdu78/Coursera-ML-AndrewNg-Notes #82"
DATE = "2021-03"
KIND = "gradient"
FORMULA = r"\partial C / \partial \theta_j = \frac1m \sum_i (a_i - y_i) + \frac{\lambda}{m} \theta_j"
RIGHT = (
    r"\partial C / \partial \theta_j = \frac1m \sum_i (a_i - y_i)\, x_{i,j} + \frac{\lambda}{m} "
    r"\theta_j"
)
READ = "discussion"
GROUP = "blocks"
LAYER = [1]
NAMES = []
NET = dict(sizes=(4, 1))
SAMPLES = 7
LAM = 0.7


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def start(rng):
    """theta_0 is the bias."""
    return rng.standard_normal(1 + NET["sizes"][0])


def data(rng):
    sizes = NET["sizes"]
    X = rng.standard_normal((SAMPLES, sizes[0]))
    Y = rng.integers(0, 2, (SAMPLES, sizes[-1])).astype(float)
    return X, Y


def forward(theta, X):
    return sigmoid(theta[0] + X @ theta[1:])


def cost(theta, X, Y):
    p = forward(theta, X)
    y = Y[:, 0]
    return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p)) + LAM / (2 * len(X)) * np.sum(theta[1:] ** 2)


def backward(theta, X, Y, right):
    error = forward(theta, X) - Y[:, 0]
    inputs = X if right else np.ones_like(X)
    return np.r_[error.mean(), inputs.T @ error / len(X) + LAM / len(X) * theta[1:]]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
