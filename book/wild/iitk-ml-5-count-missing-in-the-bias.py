"""A stochastic gradient is multiplied by the number of samples for the weights, and not for the bias."""

import numpy as np

SOURCE = "https://github.com/purushottamkar/ml19-20a/issues/5"
THREAD = "purushottamkar/ml19-20a #5"
DATE = "2019-09"
KIND = "gradient"
FORMULA = r"\partial C / \partial b = \frac{c}{m} \sum_i g_i\, y_i,\; g_i = -[y_i f_i < 1]"
RIGHT = r"\partial C / \partial b = c \sum_i g_i\, y_i,\; g_i = -[y_i f_i < 1]"
READ = "discussion"
GROUP = "factor"
LAYER = [1]
NAMES = [{"factor"}]
NET = None  # a hinge loss
BLOCKS = ["W[1]", "b[1]"]
SAMPLES = 9
LAM = 0.0

C = 1.5


def start(rng):
    return {"w": rng.standard_normal(3), "b": rng.standard_normal(1)}


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.choice([-1.0, 1.0], SAMPLES)


def margins(params, X, Y):
    return Y * (X @ params["w"] + params["b"])


def cost(params, X, Y):
    slack = 1 - margins(params, X, Y)
    return 0.5 * np.sum(params["w"] ** 2) + C * np.sum(slack * (slack.real > 0))


def backward(params, X, Y, right):
    """Written for a sample drawn at random; here its mean over all of them."""
    n = len(X)
    g = -1.0 * (margins(params, X, Y) < 1)
    delw = [params["w"] + C * g[i] * X[i] * Y[i] * n for i in range(n)]
    delb = [C * g[i] * Y[i] * (n if right else 1) for i in range(n)]
    return {"w": np.mean(delw, axis=0), "b": np.array([np.mean(delb)])}


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
