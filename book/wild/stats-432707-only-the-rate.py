"""The signs of a line's slope and intercept alternate and grow, by too large a rate and not by the gradient."""

import numpy as np

SOURCE = "https://stats.stackexchange.com/questions/432707/"
THREAD = "Cross Validated 432707, alternating negative and positive value of slope and y-intercept in gradient descent"
DATE = "2019-10"
KIND = "right"
FORMULA = (
    r"\partial C / \partial m = -\tfrac2n \textstyle\sum_i x_i (y_i - \hat y_i),\; "
    r"\partial C / \partial b = -\tfrac2n \sum_i (y_i - \hat y_i)"
)
RIGHT = r"C = \tfrac1n \textstyle\sum_i (y_i - \hat y_i)^2,\; \hat y_i = m x_i + b"
READ = "code"
LAYER = []
NAMES = []
NET = dict(sizes=(1, 1), output="identity", loss="mse")
SAMPLES = 8
LAM = 0.0


def start(rng):
    return {"mCurr": rng.standard_normal(1), "bCurr": rng.standard_normal(1)}


def data(rng):
    return rng.standard_normal((SAMPLES, 1)), rng.standard_normal((SAMPLES, 1))


def cost(params, X, Y):
    x, y = X[:, 0], Y[:, 0]
    n = len(x)
    y_predicted = params["mCurr"][0] * x + params["bCurr"][0]
    return (1 / n) * sum([val**2 for val in (y - y_predicted)])


def grad(params, X, Y):
    x, y = X[:, 0], Y[:, 0]
    n = len(x)
    y_predicted = params["mCurr"][0] * x + params["bCurr"][0]
    md = -(2 / n) * sum(x * (y - y_predicted))
    bd = -(2 / n) * sum(y - y_predicted)
    return {"mCurr": np.array([md]), "bCurr": np.array([bd])}


repaired = grad
