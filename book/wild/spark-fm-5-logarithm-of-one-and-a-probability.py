"""The loss of a factorisation machine is minus the logarithm of one and a probability, its gradient a log loss's."""

import numpy as np

SOURCE = "https://github.com/hibayesian/spark-fm/issues/5"
THREAD = "hibayesian/spark-fm #5"
DATE = "2020-06"
KIND = "cost"
FORMULA = r"\ell = -\log \Bigl(1 + \frac{1}{1 + e^{-p y}}\Bigr)"
RIGHT = r"\ell = \log (1 + e^{-p y}) = -\log \frac{1}{1 + e^{-p y}}"
READ = "code"
LAYER = [1]
NAMES = [{"another-cost"}]
FEATURES, FACTORS = 4, 2
NET = None  # a factorisation machine
BLOCKS = ["weights[1]"]
SAMPLES = 8
LAM = 0.0


def start(rng):
    """The factors of each feature, then the weights of all of them, then the bias."""
    return rng.standard_normal(FEATURES * FACTORS + FEATURES + 1)


def data(rng):
    return rng.standard_normal((SAMPLES, FEATURES)), rng.choice([-1.0, 1.0], SAMPLES)


def predict_and_sum(features, weights):
    result = weights[-1]
    w_pos = FEATURES * FACTORS
    for index, value in enumerate(features):
        result += weights[w_pos + index] * value
    sums = [0.0] * FACTORS
    for i in range(FACTORS):
        sum_sqr = 0.0
        for index, value in enumerate(features):
            d = weights[index * FACTORS + i] * value
            sums[i] += d
            sum_sqr += d * d
        result += 0.5 * (sums[i] * sums[i] - sum_sqr)
    return result, sums


def loss(p, label):
    return -np.log(1 + 1 / (1 + np.exp(-p * label)))


def meant_loss(p, label):
    return np.log(1 + np.exp(-p * label))


def cost(weights, X, Y):
    return sum(loss(predict_and_sum(features, weights)[0], label) for features, label in zip(X, Y))


def meant(weights, X, Y):
    return sum(meant_loss(predict_and_sum(features, weights)[0], label) for features, label in zip(X, Y))


def compute(weights, X, Y, slope):
    cum_gradient = np.zeros_like(weights)
    w_pos = FEATURES * FACTORS
    for features, label in zip(X, Y):
        p, sums = predict_and_sum(features, weights)
        mult = slope(p, label)
        cum_gradient[-1] += mult
        for index, value in enumerate(features):
            cum_gradient[w_pos + index] += value * mult
        for index, value in enumerate(features):
            v_pos = index * FACTORS
            for i in range(FACTORS):
                cum_gradient[v_pos + i] += (sums[i] * value - weights[v_pos + i] * value * value) * mult
    return cum_gradient


def grad(weights, X, Y):
    return compute(weights, X, Y, lambda p, label: label * (1.0 / (1.0 + np.exp(-p * label)) - 1.0))


def repaired(weights, X, Y):
    """The gradient of the cost as it is."""

    def slope(p, label):
        sigma = 1 / (1 + np.exp(-p * label))
        return -label * sigma * (1 - sigma) / (1 + sigma)

    return compute(weights, X, Y, slope)
