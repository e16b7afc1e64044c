"""The output of a word model gets the slope that the log-likelihood has cancelled, and the code for the label."""

import numpy as np

SOURCE = "https://github.com/NLPchina/Word2VEC_java/issues/1"
THREAD = "NLPchina/Word2VEC_java #1"
DATE = "2013-12"
KIND = "gradient"
FORMULA = r"\delta^2 = (a^2 - (1 - y)) \odot a^2 \odot (1 - a^2)"
RIGHT = r"\delta^2 = a^2 - y"
READ = "code"
GROUP = "softmax"
LAYER = [2]
NAMES = []
SIZES = (6, 3, 4)
NET = dict(sizes=SIZES, hidden="identity", output="sigmoid", loss="binary_cross_entropy")  # no biases
SAMPLES = 9
LAM = 0.0


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def start(rng):
    """The vectors of the words, and those of the nodes of the tree."""
    return {"syn0": rng.standard_normal((6, 3)), "syn1": rng.standard_normal((4, 3))}


def data(rng):
    """The words of each window, as a mean; the label of a node is one minus its code."""
    words = rng.integers(0, 2, (SAMPLES, 6)) + np.eye(6)[rng.integers(0, 6, SAMPLES)]
    return words / words.sum(axis=1, keepdims=True), rng.integers(0, 2, (SAMPLES, 4)).astype(float)


def forward(params, X):
    neu1 = X @ params["syn0"]
    return neu1, sigmoid(neu1 @ params["syn1"].T)


def cost(params, X, Y):
    f = forward(params, X)[-1]
    return -np.sum(Y * np.log(f) + (1 - Y) * np.log(1 - f)) / len(X)


def backward(params, X, Y, right):
    neu1, f = forward(params, X)
    code = 1 - Y
    g = 1 - code - f if right else f * (1 - f) * (code - f)
    g = g / len(X)
    return {"syn0": -X.T @ (g @ params["syn1"]), "syn1": -g.T @ neu1}


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
