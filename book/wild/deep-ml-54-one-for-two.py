"""The mean squared error is differentiated with 1/n where the text beside it has 2/n."""

import numpy as np

SOURCE = "https://github.com/Open-Deep-ML/DML-OpenProblem/issues/54"
THREAD = "Open-Deep-ML/DML-OpenProblem #54 (also davisking/dlib #1169)"
DATE = "2024-09"
KIND = "gradient"
FORMULA = r"\delta^1 = (a^1 - y)\, \sigma'(z^1)"
RIGHT = r"\delta^1 = 2 (a^1 - y)\, \sigma'(z^1)"
READ = "discussion"
GROUP = "factor"
LAYER = [1]
NAMES = [{"two-missing"}]
NET = dict(sizes=(3, 1), hidden="sigmoid", output="sigmoid", loss="mse")  # one neuron
SAMPLES = 7
LAM = 0.0


def start(rng):
    return {"weights": rng.standard_normal(3), "bias": rng.standard_normal(1)}


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.integers(0, 2, SAMPLES).astype(float)


def predict(params, X):
    return 1 / (1 + np.exp(-(X @ params["weights"] + params["bias"])))


def cost(params, X, Y):
    return np.mean((predict(params, X) - Y) ** 2)


def backward(params, X, Y, right):
    p = predict(params, X)
    d = (2 if right else 1) / len(X) * (p - Y) * p * (1 - p)
    return {"weights": d @ X, "bias": np.array([d.sum()])}


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
