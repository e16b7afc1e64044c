"""Where a sample counts in a hinge loss is asked with the bias itself, which should have the sample's label."""

import numpy as np

SOURCE = "https://github.com/ageron/handson-ml/issues/140"
THREAD = "ageron/handson-ml #140"
DATE = "2017-12"
KIND = "gradient"
FORMULA = r"\partial C / \partial w = w - c \textstyle\sum_i t_i x_i\, [t_i\, w \cdot x_i + b < 1]"
RIGHT = r"\partial C / \partial w = w - c \textstyle\sum_i t_i x_i\, [t_i\, w \cdot x_i + t_i\, b < 1]"
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = []
NET = None  # a hinge loss
BLOCKS = ["W[1]", "b[1]"]
SAMPLES = 14
LAM = 0.0


C = 0.7


def start(rng):
    return {"w": rng.standard_normal((3, 1)), "b": 1.5 + rng.random(1)}


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.choice([-1.0, 1.0], (SAMPLES, 1))


def cost(params, X, Y):
    slack = 1 - Y * (X @ params["w"] + params["b"])
    return 0.5 * np.sum(params["w"] ** 2) + C * np.sum(slack * (slack.real > 0))


def backward(params, X, Y, right):
    X_t = X * Y
    b = params["b"] * (Y if right else 1)
    support = X_t @ params["w"] + b < 1
    return {"w": params["w"] - C * np.sum(X_t * support, 0)[:, None], "b": -C * np.sum(Y * support, 0)}


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
