"""A reader finds a term too many in a batch normalisation, which is the mean of deviations from the mean."""

import numpy as np

SOURCE = "https://github.com/apache/mxnet/issues/1053"
THREAD = "apache/mxnet #1053"
DATE = "2015-12"
KIND = "right"
FORMULA = (
    r"\partial C / \partial \mu = -\textstyle\sum_i \frac{g_i}{s} + \frac{\partial C}{\partial s^2}\, "
    r"\frac{-2}{m} \textstyle\sum_i (z_i - \mu)"
)
RIGHT = r"\partial C / \partial \mu = -\textstyle\sum_i \frac{g_i}{s},\; g = \partial C / \partial \hat z"
READ = "discussion"
LAYER = []
NAMES = []
SIZES = (3, 5, 2)
EPS = 1e-3
NET = None  # a batch normalisation
BLOCKS = ["W[1]", "gamma[1]", "beta[1]", "W[2]", "b[2]"]
SAMPLES = 9
LAM = 0.0


def start(rng):
    return {
        "W1": rng.standard_normal((3, 5)),
        "gamma": rng.uniform(0.5, 2, 5),
        "beta": rng.standard_normal(5),
        "W2": rng.standard_normal((5, 2)),
        "b2": rng.standard_normal(2),
    }


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.standard_normal((SAMPLES, SIZES[-1]))


def forward(params, X):
    z = X @ params["W1"]
    centred = z - z.mean(0, keepdims=True)
    inverse = 1 / np.sqrt(np.mean(centred**2, axis=0, keepdims=True) + EPS)
    h = np.tanh(params["gamma"] * centred * inverse + params["beta"])
    return centred, inverse, h, h @ params["W2"] + params["b2"]


def cost(params, X, Y):
    return 0.5 * np.sum((forward(params, X)[-1] - Y) ** 2) / len(X)


def grad(params, X, Y):
    centred, inverse, h, out = forward(params, X)
    m = len(X)
    e = (out - Y) / m
    dy = e @ params["W2"].T * (1 - h * h)
    scaled = params["gamma"] * dy
    d_var = -0.5 * np.sum(scaled * centred, axis=0) * inverse**3
    d_mean = -np.sum(scaled * inverse, axis=0) + d_var * np.sum(-2 * centred, axis=0) / m
    dz = scaled * inverse + d_var * 2 * centred / m + d_mean / m
    d_gamma = np.sum(dy * centred * inverse, axis=0)
    return {"W1": X.T @ dz, "gamma": d_gamma, "beta": dy.sum(0), "W2": h.T @ e, "b2": e.sum(0)}


repaired = grad
