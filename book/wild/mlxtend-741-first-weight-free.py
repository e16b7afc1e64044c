"""The cost of a logistic regression leaves the first weight out of the penalty, as though it were the bias."""

import numpy as np

SOURCE = "https://github.com/rasbt/mlxtend/pull/741"
THREAD = "rasbt/mlxtend PR #741"
DATE = "2020-10"
KIND = "cost"
FORMULA = r"C = (\cdot) + \tfrac{\lambda}{2} \textstyle\sum_{j \ge 2} w_j^2"
RIGHT = r"C = (\cdot) + \tfrac{\lambda}{2} \textstyle\sum_{j \ge 1} w_j^2"
READ = "code"
LAYER = [1]
NAMES = [{"penalty"}, {"another-cost"}]
SIZES = (4, 1)
NET = dict(sizes=SIZES, output="sigmoid", loss="binary_cross_entropy")  # a sum over the samples
SAMPLES = 9
LAM = 0.8


def start(rng):
    return {"w_": rng.standard_normal((SIZES[0], 1)), "b_": rng.standard_normal(1)}


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.integers(0, 2, SAMPLES).astype(float)


def forward(params, X):
    return (1 / (1 + np.exp(-(X @ params["w_"] + params["b_"])))).ravel()


def logit_cost(params, X, Y, first):
    y_val = forward(params, X)
    logit = -Y @ np.log(y_val) - (1 - Y) @ np.log(1 - y_val)
    return logit + LAM / 2 * np.sum(params["w_"][first:] ** 2)


def cost(params, X, Y):
    return logit_cost(params, X, Y, 1)


def meant(params, X, Y):
    return logit_cost(params, X, Y, 0)


def backward(params, X, Y, first):
    errors = Y - forward(params, X)
    grad_w = -X.T @ errors.reshape(-1, 1)
    grad_w[first:] += LAM * params["w_"][first:]
    return {"w_": grad_w, "b_": np.array([-np.sum(errors)])}


def grad(params, X, Y):
    return backward(params, X, Y, 0)


def repaired(params, X, Y):
    """The gradient of the cost as it is."""
    return backward(params, X, Y, 1)
