"""Where the learned slope of a PReLU is negative, the sign of its output says nothing about that of its input."""

import numpy as np

SOURCE = "https://github.com/PaddlePaddle/Paddle/pull/12538"
THREAD = "PaddlePaddle/Paddle PR #12538"
DATE = "2018-08"
KIND = "gradient"
FORMULA = (
    r"\partial C / \partial \alpha = \textstyle\sum g \odot z^1 \odot [f(z^1) \le 0],\; f(z) = \alpha z\ "
    r"\text{where}\ z \le 0"
)
RIGHT = (
    r"\partial C / \partial \alpha = \textstyle\sum g \odot z^1 \odot [z^1 \le 0],\; f(z) = \alpha z\ "
    r"\text{where}\ z \le 0"
)
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = []
SIZES = (3, 5, 2)
NET = None  # a slope that is learned
BLOCKS = ["W[1]", "alpha[1]", "W[2]", "b[2]"]
SAMPLES = 7
LAM = 0.0


def start(rng):
    """The slope below zero is learned with the rest."""
    return {
        "W1": rng.standard_normal((3, 5)),
        "alpha": -rng.uniform(0.2, 0.5, 1),
        "W2": rng.standard_normal((5, 2)),
        "b2": rng.standard_normal(2),
    }


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.standard_normal((SAMPLES, SIZES[-1]))


def forward(params, X):
    z = X @ params["W1"]
    a = np.where(z.real > 0, z, params["alpha"] * z)
    return z, a, a @ params["W2"] + params["b2"]


def cost(params, X, Y):
    return 0.5 * np.sum((forward(params, X)[-1] - Y) ** 2) / len(X)


def backward(params, X, Y, right):
    z, a, out = forward(params, X)
    e = (out - Y) / len(X)
    g = e @ params["W2"].T
    below = z <= 0 if right else a <= 0
    d = np.where(z > 0, g, g * params["alpha"])
    return {"W1": X.T @ d, "alpha": np.array([np.sum(g * z * below)]), "W2": a.T @ e, "b2": e.sum(0)}


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
