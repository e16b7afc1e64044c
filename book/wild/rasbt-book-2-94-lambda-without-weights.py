"""In the equation for the penalty the gradient gets the factor itself, without the weights."""

import numpy as np

SOURCE = "https://github.com/rasbt/python-machine-learning-book-2nd-edition/issues/94"
THREAD = "rasbt/python-machine-learning-book-2nd-edition #94"
DATE = "2018-12"
KIND = "gradient"
FORMULA = r"\partial C / \partial W = \frac1m \bigl(\textstyle\sum_i \delta_i a_i^\top + \lambda\bigr)"
RIGHT = r"\partial C / \partial W = \frac1m \bigl(\textstyle\sum_i \delta_i a_i^\top + \lambda W\bigr)"
READ = "discussion"
GROUP = "penalty"
LAYER = [1, 2]
NAMES = [{"penalty"}]
SIZES = (4, 3, 2)
NET = dict(sizes=SIZES, hidden="sigmoid", output="sigmoid", loss="binary_cross_entropy")
SAMPLES = 7
LAM = 0.6


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def start(rng):
    n, h, t = SIZES
    shapes = {"b_h": h, "w_h": (n, h), "b_out": t, "w_out": (h, t)}
    return {key: rng.standard_normal(shape) for key, shape in shapes.items()}


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), np.eye(SIZES[-1])[rng.integers(0, SIZES[-1], SAMPLES)]


def forward(params, X):
    a_h = sigmoid(X @ params["w_h"] + params["b_h"])
    return a_h, sigmoid(a_h @ params["w_out"] + params["b_out"])


def cost(params, X, Y):
    a_out = forward(params, X)[-1]
    penalty = LAM / 2 * (np.sum(params["w_h"] ** 2) + np.sum(params["w_out"] ** 2))
    return (-np.sum(Y * np.log(a_out) + (1 - Y) * np.log(1 - a_out)) + penalty) / len(X)


def backward(params, X, Y, right):
    a_h, a_out = forward(params, X)
    delta_out = a_out - Y
    delta_h = delta_out @ params["w_out"].T * a_h * (1 - a_h)
    grads = {"b_h": delta_h.sum(0), "w_h": X.T @ delta_h, "b_out": delta_out.sum(0), "w_out": a_h.T @ delta_out}
    for key in ("w_h", "w_out"):
        grads[key] = grads[key] + LAM * (params[key] if right else 1)
    return {key: g / len(X) for key, g in grads.items()}


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
