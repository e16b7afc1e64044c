"""A boosted classifier takes the sigmoid minus the label for its gradient, and the labels are minus one and one."""

import numpy as np

SOURCE = "https://github.com/apache/spark/pull/3439"
THREAD = "apache/spark #3439"
DATE = "2014-11"
KIND = "gradient"
FORMULA = r"\partial \ell / \partial F = \frac{1}{1 + e^{-F}} - y,\; y = \pm 1"
RIGHT = r"\partial \ell / \partial F = \frac{-4 y}{1 + e^{2 y F}},\; \ell = 2 \log (1 + e^{-2 y F})"
READ = "code"
GROUP = "softmax"
LAYER = [1]
NAMES = [{"another-cost"}]
NET = None  # a loss of labels minus one and one
BLOCKS = ["theta[1]"]
SAMPLES = 9
LAM = 0.0


def start(rng):
    return rng.standard_normal(4)


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.choice([-1.0, 1.0], SAMPLES)


def predict(theta, features):
    """In the place of the ensemble's sum."""
    return features @ theta[:3] + theta[3]


def compute_error(theta, X, Y):
    margin = 2.0 * Y * predict(theta, X)
    return np.sum(2.0 * np.log(1 + np.exp(-margin))) / len(X)


cost = compute_error


def gradient(prediction, label):
    return 1.0 / (1.0 + np.exp(-prediction)) - label


def repaired_gradient(prediction, label):
    return -4.0 * label / (1.0 + np.exp(2.0 * label * prediction))


def over_all(theta, X, Y, slope):
    total = np.zeros_like(theta)
    for features, label in zip(X, Y):
        total += slope(predict(theta, features), label) * np.append(features, 1.0)
    return total / len(X)


def grad(theta, X, Y):
    return over_all(theta, X, Y, gradient)


def repaired(theta, X, Y):
    return over_all(theta, X, Y, repaired_gradient)
