"""The trees are fitted to the slope of a log loss by the probability, not to that by the score."""

import numpy as np

SOURCE = "https://github.com/wepe/tgboost/issues/9"
THREAD = "wepe/tgboost #9"
DATE = "2018-04"
KIND = "gradient"
FORMULA = r"\partial \ell / \partial s = \frac{1 - y}{1 - p} - \frac{y}{p},\; p = 1 / (1 + e^{-s})"
RIGHT = r"\partial \ell / \partial s = p - y"
READ = "code"
GROUP = "softmax"
LAYER = [1]
NAMES = [{"output-slope-forgotten"}]
NET = dict(sizes=(3, 1), output="sigmoid", loss="binary_cross_entropy")
SAMPLES = 9
LAM = 0.0


def start(rng):
    return rng.standard_normal(4)


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.integers(0, 2, SAMPLES).astype(float)


def scores(theta, X):
    """In the place of the trees' sums."""
    return X @ theta[:3] + theta[3]


def clip(val):
    return np.where(val.real < 0.00001, 0.00001, np.where(val.real > 0.99999, 0.99999, val))


def transform(pred):
    return clip(1.0 / (1.0 + np.exp(-pred)))


def cost(theta, X, Y):
    p = transform(scores(theta, X))
    return -np.sum(Y * np.log(p) + (1 - Y) * np.log(1 - p)) / len(X)


def loss_grad(pred, label):
    pred1 = transform(pred)
    ret = np.zeros(len(pred1))
    for i in range(len(ret)):
        ret[i] = (1 - label[i]) / (1 - pred1[i]) - label[i] / pred1[i]
    return ret


def repaired_loss_grad(pred, label):
    pred1 = transform(pred)
    ret = np.zeros(len(pred1))
    for i in range(len(ret)):
        ret[i] = pred1[i] - label[i]
    return ret


def backward(theta, X, Y, slope):
    g = slope(scores(theta, X), Y) / len(X)
    return np.append(X.T @ g, g.sum())


def grad(theta, X, Y):
    return backward(theta, X, Y, loss_grad)


def repaired(theta, X, Y):
    return backward(theta, X, Y, repaired_loss_grad)
