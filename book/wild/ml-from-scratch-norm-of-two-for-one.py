"""The penalty of a lasso regression is the Euclidean norm of the weights, and its gradient the sign of each."""

import numpy as np

SOURCE = "https://github.com/eriklindernoren/ML-From-Scratch/commit/361ca0f9a00b06766eb90da8454b2d93dbaa80ca"
THREAD = "eriklindernoren/ML-From-Scratch 361ca0f"
DATE = "2022-10"
KIND = "cost"
FORMULA = r"C = \tfrac{1}{2m} \textstyle\sum_i (a_i - y_i)^2 + \alpha \sqrt{\textstyle\sum_j w_j^2}"
RIGHT = r"C = \tfrac{1}{2m} \textstyle\sum_i (a_i - y_i)^2 + \alpha \textstyle\sum_j \vert w_j \vert"
READ = "code"
LAYER = [1]
NAMES = [{"another-cost"}, {"penalty"}]
NET = None  # a penalty on the moduli
BLOCKS = ["W[1]"]
SAMPLES = 9
LAM = 0.0


ALPHA = 0.2


def start(rng):
    """The intercept comes first, and is penalised like the others."""
    return rng.standard_normal(4)


def data(rng):
    X = rng.standard_normal((SAMPLES, 3))
    return np.c_[np.ones(SAMPLES), X], rng.standard_normal(SAMPLES)


def fit(w, X, Y):
    return 0.5 * np.mean((Y - X @ w) ** 2)


def cost(w, X, Y):
    return fit(w, X, Y) + ALPHA * np.sum(w**2) ** 0.5


def meant(w, X, Y):
    return fit(w, X, Y) + ALPHA * np.sum(w * np.sign(w.real))


def grad(w, X, Y):
    return -(Y - X @ w) @ X / len(X) + ALPHA * np.sign(w)


def repaired(w, X, Y):
    """The gradient of the cost as it is."""
    return -(Y - X @ w) @ X / len(X) + ALPHA * w / np.sum(w**2) ** 0.5
