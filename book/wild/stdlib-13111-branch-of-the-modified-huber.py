"""In one branch of the modified Huber loss the 2 of the square is missing, and nothing is cut off."""

import numpy as np

SOURCE = "https://github.com/stdlib-js/stdlib/issues/13111"
THREAD = "stdlib-js/stdlib #13111"
DATE = "2026-06"
KIND = "gradient"
FORMULA = r"\partial \ell / \partial f = -y\, (1 - y f) \text{ where } y f \ge -1"
RIGHT = r"\partial \ell / \partial f = -2 y \max(0, 1 - y f) \text{ where } y f \ge -1"
READ = "code"
GROUP = "factor"
LAYER = [1]
NAMES = []
SIZES = (3, 1)
NET = None  # a loss of its own
BLOCKS = ["W[1]", "b[1]"]
SAMPLES = 9
LAM = 0.0


def start(rng):
    return {"weights": rng.standard_normal((3, 1)), "intercept": rng.standard_normal(1)}


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.choice([-1.0, 1.0], (SAMPLES, 1))


def cost(params, X, Y):
    d = Y * (X @ params["weights"] + params["intercept"])
    return np.sum(np.where(d.real < -1, -4 * d, (1 - d) ** 2 * (d.real < 1))) / len(X)


def backward(params, X, Y, right):
    d = Y * (X @ params["weights"] + params["intercept"])
    inner = -2 * Y * (1 - d) * (d < 1) if right else -Y * (1 - d)
    g = np.where(d < -1, -4 * Y, inner) / len(X)
    return {"weights": X.T @ g, "intercept": g.sum(0)}


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
