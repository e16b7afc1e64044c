"""In the slope of a gamma loss the weight of a sample stands on one of the two terms."""

import numpy as np

SOURCE = "https://github.com/lightgbm-org/LightGBM/issues/4174"
THREAD = "lightgbm-org/LightGBM #4174"
DATE = "2021-04"
KIND = "gradient"
FORMULA = r"\partial \ell / \partial s = 1 - y e^{-s} w"
RIGHT = r"\partial \ell / \partial s = (1 - y e^{-s}) w,\; \ell = w (s + y e^{-s})"
READ = "code"
GROUP = "factor"
LAYER = [1]
NAMES = [{"another-cost"}]
NET = None  # a gamma loss with weights
BLOCKS = ["theta[1]"]
SAMPLES = 9
LAM = 0.0


def start(rng):
    return rng.standard_normal(4) / 2


def data(rng):
    """Features, and labels with the weights of the samples."""
    return rng.standard_normal((SAMPLES, 3)), rng.uniform(0.5, 3, (SAMPLES, 2))


def score_of(theta, X):
    """In the place of the trees' sums."""
    return X @ theta[:3] + theta[3]


def cost(theta, X, Y):
    score, (label, weights) = score_of(theta, X), Y.T
    return np.sum(weights * (score + label * np.exp(-score))) / len(X)


def get_gradients(score, label, weights):
    gradients = np.zeros(len(score))
    for i in range(len(score)):
        gradients[i] = 1.0 - label[i] / np.exp(score[i]) * weights[i]
    return gradients


def repaired_get_gradients(score, label, weights):
    gradients = np.zeros(len(score))
    for i in range(len(score)):
        gradients[i] = (1.0 - label[i] / np.exp(score[i])) * weights[i]
    return gradients


def backward(theta, X, Y, gradients_of):
    g = gradients_of(score_of(theta, X), *Y.T) / len(X)
    return np.append(X.T @ g, g.sum())


def grad(theta, X, Y):
    return backward(theta, X, Y, get_gradients)


def repaired(theta, X, Y):
    return backward(theta, X, Y, repaired_get_gradients)
