"""The gradient of a normalisation's scale has the deviation as a factor and not as a divisor."""

import numpy as np

SOURCE = "https://github.com/tensorflow/tensorflow/issues/14676"
THREAD = "tensorflow/tensorflow #14676"
DATE = "2017-11"
KIND = "gradient"
FORMULA = (
    r"\partial C / \partial \gamma = \textstyle\sum_i g_i \odot (z_i - \mu) \odot \sqrt{\sigma^2 + \varepsilon},\; "
    r"y_i = \gamma \odot \frac{z_i - \mu}{\sqrt{\sigma^2 + \varepsilon}} + \beta"
)
RIGHT = (
    r"\partial C / \partial \gamma = \textstyle\sum_i g_i \odot \frac{z_i - \mu}{\sqrt{\sigma^2 + \varepsilon}},\; "
    r"g_i = \partial C / \partial y_i"
)
READ = "discussion"
GROUP = "blocks"
LAYER = [1]
NAMES = []
INPUTS, UNITS, OUTPUTS = 3, 4, 2
NET = None  # a batch normalisation
BLOCKS = ["W[1]", "gamma[1]", "beta[1]", "V[2]", "c[2]"]
SAMPLES = 8
LAM = 0.0

EPSILON = 1e-3


def start(rng):
    return {
        "W": rng.standard_normal((INPUTS, UNITS)),
        "gamma": rng.uniform(0.5, 1.5, UNITS),
        "beta": rng.standard_normal(UNITS),
        "V": rng.standard_normal((UNITS, OUTPUTS)),
        "c": rng.standard_normal(OUTPUTS),
    }


def data(rng):
    return rng.standard_normal((SAMPLES, INPUTS)), rng.standard_normal((SAMPLES, OUTPUTS))


def forward(params, X):
    z = X @ params["W"]
    centred = z - z.mean(axis=0)
    deviation = np.sqrt(np.mean(centred**2, axis=0) + EPSILON)
    y = params["gamma"] * centred / deviation + params["beta"]
    return centred, deviation, np.tanh(y)


def cost(params, X, Y):
    h = forward(params, X)[-1]
    return 0.5 * np.sum((h @ params["V"] + params["c"] - Y) ** 2) / len(X)


def scale_gradient(centred, deviation, grad_output):
    return np.sum(grad_output * centred * deviation, axis=0)


def repaired_scale_gradient(centred, deviation, grad_output):
    return np.sum(grad_output * (centred / deviation), axis=0)


def batch_norm_grad(params, X, Y, of_scale):
    centred, deviation, h = forward(params, X)
    e = (h @ params["V"] + params["c"] - Y) / len(X)
    g = e @ params["V"].T * (1 - h**2)
    normal, scaled = centred / deviation, g * params["gamma"]
    g_z = (scaled - scaled.mean(axis=0) - normal * np.mean(scaled * normal, axis=0)) / deviation
    return {
        "W": X.T @ g_z,
        "gamma": of_scale(centred, deviation, g),
        "beta": g.sum(axis=0),
        "V": h.T @ e,
        "c": e.sum(axis=0),
    }


def grad(params, X, Y):
    return batch_norm_grad(params, X, Y, scale_gradient)


def repaired(params, X, Y):
    return batch_norm_grad(params, X, Y, repaired_scale_gradient)
