"""The backward pass of an angular margin writes its slope where the slope times what comes from above belongs."""

import numpy as np

SOURCE = "https://github.com/xialuxi/arcface-caffe/issues/19"
THREAD = "xialuxi/arcface-caffe #19"
DATE = "2019-03"
KIND = "gradient"
FORMULA = r"\partial C / \partial c_y = \cos m + \sin m\, \frac{c_y}{\sqrt{1 - c_y^2}},\; c = \tanh z"
RIGHT = (
    r"\partial C / \partial c_y = \frac{\partial C}{\partial f}\, \Bigl(\cos m + \sin m\, \frac{c_y}{\sqrt{1 - "
    r"c_y^2}}\Bigr),\; c = \tanh z"
)
READ = "code"
GROUP = "down"
LAYER = [1]
NAMES = []
SCALE, MARGIN = 4.0, 0.3
NET = None  # cosines with a margin
BLOCKS = ["W[1]", "b[1]"]
SAMPLES = 9
LAM = 0.0


def start(rng):
    return {"W1": rng.standard_normal((3, 4)), "b1": rng.standard_normal(4)}


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), np.eye(4)[rng.integers(0, 4, SAMPLES)]


def forward(params, X, Y):
    """Cosines, with the margin added to the angle of the true class, and a softmax."""
    c = np.tanh(X @ params["W1"] + params["b1"])
    s = np.sqrt(1 - c * c)
    e = np.exp(SCALE * np.where(Y == 1, c * np.cos(MARGIN) - s * np.sin(MARGIN), c))
    return c, s, e / e.sum(1, keepdims=True)


def cost(params, X, Y):
    return -np.sum(Y * np.log(forward(params, X, Y)[-1])) / len(X)


def backward(params, X, Y, right):
    c, s, p = forward(params, X, Y)
    g = SCALE * (p - Y) / len(X)
    slope = np.cos(MARGIN) + np.sin(MARGIN) * c / s
    d = np.where(Y == 1, slope * g if right else slope, g) * (1 - c * c)
    return {"W1": X.T @ d, "b1": d.sum(0)}


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
