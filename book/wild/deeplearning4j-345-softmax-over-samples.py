"""The output's error is taken with a softmax over the samples, and the cost with one over the classes."""

import numpy as np

SOURCE = "https://github.com/deeplearning4j/deeplearning4j/issues/345"
THREAD = "deeplearning4j/deeplearning4j #345"
DATE = "2015-06"
KIND = "gradient"
FORMULA = r"\delta^2_{ik} = \exp z^2_{ik} / \textstyle\sum_{i'} \exp z^2_{i'k} - y_{ik}"
RIGHT = r"\delta^2 = a^2 - y"
READ = "code"
GROUP = "softmax"
LAYER = [2]
NAMES = [{"softmax-wrong-axis"}]
SIZES = (4, 5, 3)
NET = dict(sizes=SIZES, hidden="sigmoid", output="softmax", loss="cross_entropy")
SAMPLES = 7
LAM = 0.0


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def softmax(z, axis=1):
    e = np.exp(z)
    return e / e.sum(axis, keepdims=True)


def start(rng):
    return [(rng.standard_normal((n, k)), rng.standard_normal(k)) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), np.eye(SIZES[-1])[rng.integers(0, SIZES[-1], SAMPLES)]


def forward(params, X):
    (W1, b1), (W2, b2) = params
    z1 = X @ W1 + b1
    a1 = sigmoid(z1)
    z2 = a1 @ W2 + b2
    return z1, a1, softmax(z2)


def cost(params, X, Y):
    return -np.sum(Y * np.log(forward(params, X)[-1])) / len(X)


def backward(params, X, Y, right):
    z1, a1, p = forward(params, X)
    W2 = params[1][0]
    d2 = (p if right else softmax(a1 @ W2 + params[1][1], axis=0)) / len(X) - Y / len(X)
    d1 = d2 @ W2.T * a1 * (1 - a1)
    return [(X.T @ d1, d1.sum(0)), (a1.T @ d2, d2.sum(0))]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
