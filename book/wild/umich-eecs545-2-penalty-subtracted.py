"""On a slide on regularised least squares the gradient of the penalty is subtracted."""

import numpy as np

SOURCE = "https://github.com/thejakeyboy/umich-eecs545-lectures/pull/2"
THREAD = "thejakeyboy/umich-eecs545-lectures PR #2"
DATE = "2016-01"
KIND = "gradient"
FORMULA = r"\partial C / \partial w = X^\top (X w - y) - \lambda w"
RIGHT = r"\partial C / \partial w = X^\top (X w - y) + \lambda w"
READ = "discussion"
GROUP = "penalty"
LAYER = [1]
NAMES = [{"penalty"}]
SIZES = (4, 1)
NET = dict(sizes=SIZES, output="identity", loss="half_squared")
SAMPLES = 7
LAM = 0.0

DECAY = 0.3


def start(rng):
    return [rng.standard_normal((4, 1))]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.standard_normal((SAMPLES, SIZES[-1]))


def cost(params, X, Y):
    (w,) = params
    return 0.5 * np.sum((X @ w - Y) ** 2) + DECAY / 2 * np.sum(w**2)


def backward(params, X, Y, right):
    (w,) = params
    return [X.T @ (X @ w - Y) + (DECAY if right else -DECAY) * w]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
