"""The error has the sigmoid's slope, which the loss has cancelled, and the gradient of the weights no mean."""

import numpy as np

SOURCE = "https://github.com/hunkim/DeepLearningZeroToAll/issues/20"
THREAD = "hunkim/DeepLearningZeroToAll #20"
DATE = "2017-03"
KIND = "gradient"
FORMULA = r"\delta = (a - y) \odot a \odot (1 - a),\; \partial C / \partial W = X^\top \delta"
RIGHT = r"\delta = a - y,\; \partial C / \partial W = \tfrac1m X^\top \delta"
READ = "code"
GROUP = "factor"
LAYER = [1]
NAMES = [{"output-slope-twice", "mean-missing"}, {"output-slope-twice", "factor"}]
SIZES = (4, 3)
NET = dict(sizes=SIZES, output="sigmoid", loss="binary_cross_entropy")
SAMPLES = 8
LAM = 0.0


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def start(rng):
    return {"W": rng.standard_normal(SIZES), "b": rng.standard_normal(SIZES[-1])}


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), np.eye(SIZES[-1])[rng.integers(0, SIZES[-1], SAMPLES)]


def sigma_prime(z):
    return sigmoid(z) * (1 - sigmoid(z))


def cost(params, X, Y):
    a = sigmoid(X @ params["W"] + params["b"])
    return -np.sum(Y * np.log(a) + (1 - Y) * np.log(1 - a)) / len(X)


def backward(params, X, Y, right):
    layer1 = X @ params["W"] + params["b"]
    d_layer1 = sigmoid(layer1) - Y
    if not right:
        d_layer1 = d_layer1 * sigma_prime(layer1)
    d_w = X.T @ d_layer1
    return {"W": d_w / len(X) if right else d_w, "b": d_layer1.mean(0)}


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
