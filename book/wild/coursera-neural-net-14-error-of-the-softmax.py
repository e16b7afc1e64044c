"""Right, though reported as a squared error's derivative: p - y is what softmax and log loss give together."""

import numpy as np

SOURCE = "https://github.com/bpjsincl/coursera-neural-net/issues/14"
THREAD = "bpjsincl/coursera-neural-net #14"
DATE = "2017-08"
KIND = "right"
FORMULA = r"\delta^2 = a^2 - y"
RIGHT = r"\delta^2 = (\partial a^2 / \partial z^2)^\top \, \partial C / \partial a^2,\; C = -y \cdot \ln a^2"
READ = "code"
LAYER = []
NAMES = []
NET = dict(sizes=(4, 5, 3), hidden="sigmoid", output="softmax", loss="cross_entropy")  # no biases
SAMPLES = 7
LAM = 0.4


def start(rng):
    return {"inputToHid": rng.standard_normal((5, 4)), "hidToClass": rng.standard_normal((3, 5))}


def data(rng):
    return rng.standard_normal((4, SAMPLES)), np.eye(3)[:, rng.integers(0, 3, SAMPLES)]


def forward(params, X):
    hid = 1 / (1 + np.exp(-(params["inputToHid"] @ X)))
    e = np.exp(params["hidToClass"] @ hid)
    return hid, e / e.sum(0)


def cost(params, X, Y):
    decay = LAM / (2 * SAMPLES) * (np.sum(params["inputToHid"] ** 2) + np.sum(params["hidToClass"] ** 2))
    return -np.sum(Y * np.log(forward(params, X)[1])) / SAMPLES + decay


def grad(params, X, Y):
    hid, p = forward(params, X)
    error = p - Y
    back = params["hidToClass"].T @ error * hid * (1 - hid)
    return {
        "inputToHid": (back @ X.T + LAM * params["inputToHid"]) / SAMPLES,
        "hidToClass": (error @ hid.T + LAM * params["hidToClass"]) / SAMPLES,
    }


repaired = grad
