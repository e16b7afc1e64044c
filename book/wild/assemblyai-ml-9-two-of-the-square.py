"""A linear regression is judged by its mean squared error, and its gradient is half of that."""

import numpy as np

SOURCE = "https://github.com/patrickloeber/MLfromscratch/issues/18"
THREAD = "patrickloeber/MLfromscratch #18 (AssemblyAI-Community/Machine-Learning-From-Scratch #9)"
DATE = "2024-08"
KIND = "gradient"
FORMULA = (
    r"\partial C / \partial w = \tfrac1m X^\top (a - y),\; \partial C / \partial b = \tfrac1m "
    r"\textstyle\sum_i (a_i - y_i)"
)
RIGHT = (
    r"\partial C / \partial w = \tfrac2m X^\top (a - y),\; \partial C / \partial b = \tfrac2m "
    r"\textstyle\sum_i (a_i - y_i)"
)
READ = "code"
GROUP = "factor"
LAYER = [1]
NAMES = [{"two-missing"}]
SIZES = (3, 1)
NET = dict(sizes=SIZES, output="identity", loss="mse")
SAMPLES = 8
LAM = 0.0


def start(rng):
    return {"weights": rng.standard_normal(SIZES[0]), "bias": rng.standard_normal(())}


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.standard_normal(SAMPLES)


def cost(params, X, Y):
    return np.mean((Y - (X @ params["weights"] + params["bias"])) ** 2)


def backward(params, X, Y, right):
    y_pred = X @ params["weights"] + params["bias"]
    factor = (2 if right else 1) / len(X)
    return {"weights": factor * X.T @ (y_pred - Y), "bias": factor * np.sum(y_pred - Y)}


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
