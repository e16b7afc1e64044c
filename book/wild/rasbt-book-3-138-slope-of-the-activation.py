"""In a figure of the third edition the slope in the hidden layer's error is that of the activation."""

import numpy as np

SOURCE = "https://github.com/rasbt/python-machine-learning-book-3rd-edition/issues/138"
THREAD = "rasbt/python-machine-learning-book-3rd-edition #138"
DATE = "2020-10"
KIND = "gradient"
FORMULA = r"\delta^1 = (W^2)^\top \delta^2 \odot \sigma'(a^1)"
RIGHT = r"\delta^1 = (W^2)^\top \delta^2 \odot \sigma'(z^1)"
READ = "discussion"
GROUP = "slope"
LAYER = [1]
NAMES = [{"slope-of-a"}]
SIZES = (4, 5, 3)
NET = dict(sizes=SIZES, hidden="sigmoid", output="sigmoid", loss="binary_cross_entropy")
SAMPLES = 7
LAM = 0.0


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def slope(z):
    return sigmoid(z) * (1 - sigmoid(z))


def start(rng):
    n, h, t = SIZES
    shapes = {"b_h": h, "w_h": (n, h), "b_out": t, "w_out": (h, t)}
    return {key: rng.standard_normal(shape) for key, shape in shapes.items()}


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), np.eye(SIZES[-1])[rng.integers(0, SIZES[-1], SAMPLES)]


def forward(params, X):
    z_h = X @ params["w_h"] + params["b_h"]
    a_h = sigmoid(z_h)
    return z_h, a_h, sigmoid(a_h @ params["w_out"] + params["b_out"])


def cost(params, X, Y):
    a_out = forward(params, X)[-1]
    return -np.sum(Y * np.log(a_out) + (1 - Y) * np.log(1 - a_out)) / len(X)


def backward(params, X, Y, right):
    z_h, a_h, a_out = forward(params, X)
    delta_out = (a_out - Y) / len(X)
    delta_h = delta_out @ params["w_out"].T * slope(z_h if right else a_h)
    return {"b_h": delta_h.sum(0), "w_h": X.T @ delta_h, "b_out": delta_out.sum(0), "w_out": a_h.T @ delta_out}


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
