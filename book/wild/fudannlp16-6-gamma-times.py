"""The focal loss multiplies by gamma for a positive sample, where gamma is the power for a negative one."""

import numpy as np

SOURCE = "https://github.com/fudannlp16/focal-loss/issues/6"
THREAD = "fudannlp16/focal-loss #6"
DATE = "2018-12"
KIND = "cost"
FORMULA = r"\ell = -y (1 - \alpha)\, \gamma (1 - p) \ln p - (1 - y)\, \alpha\, p^\gamma \ln (1 - p)"
RIGHT = r"\ell = -y (1 - \alpha) (1 - p)^\gamma \ln p - (1 - y)\, \alpha\, p^\gamma \ln (1 - p)"
READ = "code"  # the network below is made up, and the mean over the samples
LAYER = [1, 2]
NAMES = []
NET = None  # a focal loss
BLOCKS = ["W1[1]", "b1[1]", "w2[2]", "b2[2]"]
SAMPLES = 9
LAM = 0.0


def start(rng):
    return {
        "W1": rng.standard_normal((3, 4)),
        "b1": rng.standard_normal(4),
        "w2": rng.standard_normal(4),
        "b2": rng.standard_normal(1),
    }


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), np.arange(SAMPLES) % 2


def forward(params, X):
    h = np.tanh(X @ params["W1"] + params["b1"])
    return h, h @ params["w2"] + params["b2"]


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def focal_loss_sigmoid(labels, logits, alpha=0.25, gamma=2):
    y_pred = sigmoid(logits)
    labels = labels.astype(float)
    L = -labels * (1 - alpha) * ((1 - y_pred) * gamma) * np.log(y_pred)
    L = L - (1 - labels) * alpha * (y_pred**gamma) * np.log(1 - y_pred)
    return L


def focal_loss_sigmoid_as_in_the_paper(labels, logits, alpha=0.25, gamma=2):
    y_pred = sigmoid(logits)
    labels = labels.astype(float)
    L = -labels * (1 - alpha) * ((1 - y_pred) ** gamma) * np.log(y_pred)
    L = L - (1 - labels) * alpha * (y_pred**gamma) * np.log(1 - y_pred)
    return L


def slope(labels, logits, alpha=0.25, gamma=2):
    """Of focal_loss_sigmoid, by the logits."""
    p = sigmoid(logits)
    by_p = -labels * (1 - alpha) * gamma * ((1 - p) / p - np.log(p))
    by_p = by_p - (1 - labels) * alpha * (gamma * p ** (gamma - 1) * np.log(1 - p) - p**gamma / (1 - p))
    return by_p * p * (1 - p)


def cost(params, X, Y):
    return np.mean(focal_loss_sigmoid(Y, forward(params, X)[1]))


def meant(params, X, Y):
    return np.mean(focal_loss_sigmoid_as_in_the_paper(Y, forward(params, X)[1]))


def grad(params, X, Y):
    """What automatic differentiation gives for the program."""
    h, logits = forward(params, X)
    d2 = slope(Y, logits) / len(X)
    d1 = np.outer(d2, params["w2"]) * (1 - h**2)
    return {"W1": X.T @ d1, "b1": d1.sum(0), "w2": d2 @ h, "b2": np.array([d2.sum()])}


repaired = grad
