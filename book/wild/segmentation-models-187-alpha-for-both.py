"""The focal loss weighs the negatives with the same alpha as the positives."""

import numpy as np

SOURCE = "https://github.com/qubvel/segmentation_models/issues/187"
THREAD = "qubvel/segmentation_models #187, d71189c"
DATE = "2019-08"
KIND = "cost"
FORMULA = r"C = -\text{mean} \bigl(y\, \alpha (1 - p)^\gamma \ln p + (1 - y)\, \alpha\, p^\gamma \ln (1 - p)\bigr)"
RIGHT = r"C = -\text{mean} \bigl(y\, \alpha (1 - p)^\gamma \ln p + (1 - y) (1 - \alpha)\, p^\gamma \ln (1 - p)\bigr)"
READ = "code"  # a small network stands for those of the package
LAYER = [1, 2]
NAMES = []
NET = None  # a focal loss
BLOCKS = ["kernel1[1]", "bias1[1]", "kernel2[2]", "bias2[2]"]
SAMPLES = 7
LAM = 0.0
GAMMA, ALPHA = 2.0, 0.25
EPSILON = 1e-7


def start(rng):
    return [rng.standard_normal((3, 4)), rng.standard_normal(4), rng.standard_normal((4, 2)), rng.standard_normal(2)]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.integers(0, 2, (SAMPLES, 2)).astype(float)


def clip(x, low, high):
    return np.where(x.real < low, low, np.where(x.real > high, high, x))


def forward(params, X):
    kernel1, bias1, kernel2, bias2 = params
    h = np.tanh(X @ kernel1 + bias1)
    return h, 1 / (1 + np.exp(-(h @ kernel2 + bias2)))


def binary_focal_loss(gt, pr, gamma=2.0, alpha=0.25, of_negatives=None):
    of_negatives = alpha if of_negatives is None else of_negatives
    pr = clip(pr, EPSILON, 1.0 - EPSILON)
    loss_1 = -gt * (alpha * np.power(1 - pr, gamma) * np.log(pr))
    loss_0 = -(1 - gt) * (of_negatives * np.power(pr, gamma) * np.log(1 - pr))
    return np.mean(loss_0 + loss_1)


def slope_of_the_loss(gt, pr, gamma=2.0, alpha=0.25):
    by_1 = -gt * alpha * (np.power(1 - pr, gamma) / pr - gamma * np.power(1 - pr, gamma - 1) * np.log(pr))
    by_0 = -(1 - gt) * alpha * (gamma * np.power(pr, gamma - 1) * np.log(1 - pr) - np.power(pr, gamma) / (1 - pr))
    return (by_0 + by_1) / gt.size


def cost(params, X, Y):
    return binary_focal_loss(Y, forward(params, X)[1], GAMMA, ALPHA)


def meant(params, X, Y):
    return binary_focal_loss(Y, forward(params, X)[1], GAMMA, ALPHA, of_negatives=1 - ALPHA)


def grad(params, X, Y):
    """What automatic differentiation gives for the program."""
    h, pr = forward(params, X)
    d2 = slope_of_the_loss(Y, pr, GAMMA, ALPHA) * pr * (1 - pr)
    d1 = d2 @ params[2].T * (1 - h**2)
    return [X.T @ d1, d1.sum(0), h.T @ d2, d2.sum(0)]


repaired = grad
