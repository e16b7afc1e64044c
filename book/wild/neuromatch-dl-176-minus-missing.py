"""The solution of an exercise on a narrow linear network has lost its minus."""

import numpy as np

SOURCE = "https://github.com/NeuromatchAcademy/course-content-dl/issues/176"
THREAD = "NeuromatchAcademy/course-content-dl #176"
DATE = "2021-07"
KIND = "gradient"
FORMULA = r"\partial C / \partial w_1 = 2\, w_2\, x\, (y - w_1 w_2 x)"
RIGHT = r"\partial C / \partial w_1 = -2\, w_2\, x\, (y - w_1 w_2 x)"
READ = "discussion"
GROUP = "factor"
LAYER = [1, 2]
NAMES = [{"sign"}]
SIZES = (1, 1, 1)
NET = dict(sizes=SIZES, hidden="identity", output="identity", loss="mse")
SAMPLES = 7
LAM = 0.0


def start(rng):
    return {"w1": rng.standard_normal((1, 1)), "w2": rng.standard_normal((1, 1))}


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.standard_normal((SAMPLES, SIZES[-1]))


def cost(params, X, Y):
    return np.mean((Y - X @ params["w1"] @ params["w2"]) ** 2)


def backward(params, X, Y, right):
    w1, w2 = params["w1"], params["w2"]
    e = (-2 if right else 2) * (Y - X @ w1 @ w2) / len(X)
    return {"w1": X.T @ e @ w2.T, "w2": (X @ w1).T @ e}


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
