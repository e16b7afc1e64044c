"""In a linear support vector machine the bias is moved with a C from outside, the weights with the machine's own."""

import numpy as np

SOURCE = "https://github.com/ageron/handson-ml2/issues/386"
THREAD = "ageron/handson-ml2 #386"
DATE = "2021-02"
KIND = "gradient"
FORMULA = r"\partial C / \partial b = -c_0 \textstyle\sum_i t_i\, [t_i (w \cdot x_i + b) < 1]"
RIGHT = r"\partial C / \partial b = -c \textstyle\sum_i t_i\, [t_i (w \cdot x_i + b) < 1]"
READ = "code"
GROUP = "factor"
LAYER = [1]
NAMES = [{"factor"}]
NET = None  # a hinge loss
BLOCKS = ["W[1]", "b[1]"]
SAMPLES = 9
LAM = 0.0

C, OWN_C = 2.0, 0.7


def start(rng):
    return {"w": rng.standard_normal((3, 1)), "b": rng.standard_normal(1)}


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.choice([-1.0, 1.0], (SAMPLES, 1))


def cost(params, X, Y):
    slack = 1 - Y * (X @ params["w"] + params["b"])
    return 0.5 * np.sum(params["w"] ** 2) + OWN_C * np.sum(slack * (slack.real > 0))


def backward(params, X, Y, right):
    support = Y * (X @ params["w"] + params["b"]) < 1
    return {"w": params["w"] - OWN_C * X.T @ (Y * support), "b": -(OWN_C if right else C) * np.sum(Y * support, axis=0)}


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
