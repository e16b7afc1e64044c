"""The centre of a class is moved by the differences over their number and one, and the loss is a mean of all."""

import numpy as np

SOURCE = "https://github.com/jxgu1016/MNIST_center_loss_pytorch/issues/9"
THREAD = "jxgu1016/MNIST_center_loss_pytorch #9"
DATE = "2018-06"
KIND = "gradient"
FORMULA = r"\partial C / \partial c_k = \frac{1}{1 + n_k} \textstyle\sum_{i: y_i = k} (c_k - f_i)"
RIGHT = r"\partial C / \partial c_k = \frac1m \textstyle\sum_{i: y_i = k} (c_k - f_i)"
READ = "code"
GROUP = "factor"
LAYER = [2]
NAMES = [{"factor"}]
INPUTS, FEATURES, CLASSES = 4, 2, 3
NET = None  # distances to centres
BLOCKS = ["W[1]", "b[1]", "centers[2]"]
SAMPLES = 9
LAM = 0.0


def start(rng):
    return {
        "W": rng.standard_normal((INPUTS, FEATURES)),
        "b": rng.standard_normal(FEATURES),
        "centers": rng.standard_normal((CLASSES, FEATURES)),
    }


def data(rng):
    return rng.standard_normal((SAMPLES, INPUTS)), rng.integers(0, CLASSES, SAMPLES)


def features(params, X):
    return np.tanh(X @ params["W"] + params["b"])


def cost(params, X, label):
    loss = np.sum((features(params, X) - params["centers"][label]) ** 2) / 2.0
    return loss / len(X)


def center_loss_backward(grad_output, feature, label, centers):
    diff = centers[label] - feature
    counts = np.ones(len(centers))
    np.add.at(counts, label, 1)
    grad_centers = np.zeros_like(centers)
    np.add.at(grad_centers, label, diff)
    return -grad_output * diff, grad_centers / counts[:, None]


def repaired_center_loss_backward(grad_output, feature, label, centers):
    diff = centers[label] - feature
    grad_centers = np.zeros_like(centers)
    np.add.at(grad_centers, label, diff)
    return -grad_output * diff, grad_output * grad_centers


def backward(params, X, label, of_loss):
    feature = features(params, X)
    grad_feature, grad_centers = of_loss(1 / len(X), feature, label, params["centers"])
    delta = grad_feature * (1 - feature**2)
    return {"W": X.T @ delta, "b": delta.sum(axis=0), "centers": grad_centers}


def grad(params, X, label):
    return backward(params, X, label, center_loss_backward)


def repaired(params, X, label):
    return backward(params, X, label, repaired_center_loss_backward)
