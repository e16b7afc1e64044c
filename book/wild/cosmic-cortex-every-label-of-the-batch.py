"""A cross entropy takes from each row of probabilities those of the labels of all samples, and their mean."""

import numpy as np

SOURCE = "https://github.com/cosmic-cortex/neural-networks-from-scratch/commit/9ec614e"
THREAD = "cosmic-cortex/neural-networks-from-scratch 9ec614e"
DATE = "2019-03"
KIND = "cost"
FORMULA = r"C = -\tfrac{1}{m^2} \textstyle\sum_i \sum_k \ln a^1_{i, y_k}"
RIGHT = r"C = -\tfrac1m \textstyle\sum_i \ln a^1_{i, y_i}"
READ = "code"
LAYER = [1]
NAMES = [{"another-cost"}]
SIZES = (4, 3)
NET = dict(sizes=SIZES, output="softmax", loss="cross_entropy")
SAMPLES = 7
LAM = 0.0


def start(rng):
    return {"W": rng.standard_normal((SIZES[0], SIZES[1])), "b": rng.standard_normal((1, SIZES[1]))}


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), np.eye(SIZES[-1])[rng.integers(0, SIZES[-1], SAMPLES)]


def probabilities(params, X):
    exp_x = np.exp(X @ params["W"] + params["b"])
    return exp_x / np.sum(exp_x, axis=1, keepdims=True)


def cost(params, X, Y):
    probs, y = probabilities(params, X), np.argmax(Y, axis=1)
    log_probs = -np.log(probs[:, y])
    return np.mean(log_probs)


def meant(params, X, Y):
    probs, y = probabilities(params, X), np.argmax(Y, axis=1)
    log_probs = -np.log([probs[i, y[i]] for i in range(len(probs))])
    return np.mean(log_probs)


def backward(X, grad_x):
    return {"W": X.T @ grad_x, "b": np.sum(grad_x, axis=0, keepdims=True)}


def grad(params, X, Y):
    probs, ones = probabilities(params, X), np.zeros((len(X), SIZES[1]))
    for row_idx, col_idx in enumerate(np.argmax(Y, axis=1)):
        ones[row_idx, col_idx] = 1.0
    return backward(X, (probs - ones) / len(X))


def repaired(params, X, Y):
    """That of the cost as it is: each sample has the shares of the labels in the batch for its labels."""
    return backward(X, (probabilities(params, X) - Y.mean(0)) / len(X))
