"""In the gradient of an elastic net the squared norm of all weights stands for each weight."""

import numpy as np

SOURCE = "https://github.com/nums-project/nums/pull/212"
THREAD = "nums-project/nums PR #212"
DATE = "2021-11"
KIND = "gradient"
FORMULA = r"\partial C / \partial w = (\cdot) + \lambda_2\, w \cdot w + \lambda_1\, \mathrm{sign}(w)"
RIGHT = r"\partial C / \partial w = (\cdot) + \lambda_2\, w + \lambda_1\, \mathrm{sign}(w)"
READ = "code"
GROUP = "penalty"
LAYER = [1]
NAMES = [{"penalty"}]
SIZES = (3, 1)
NET = dict(sizes=SIZES, output="identity", loss="half_squared")
BLOCKS = ["W[1]", "b[1]"]
SAMPLES = 8
LAM = 0.0

L1, L2 = 0.1, 0.3


def start(rng):
    return {"beta": rng.standard_normal((SIZES[0], 1)), "intercept": rng.standard_normal(1)}


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.standard_normal((SAMPLES, 1))


def cost(params, X, Y):
    beta = params["beta"]
    penalty = 0.5 * L2 * np.sum(beta**2) + L1 * np.sum(beta * np.sign(beta.real))
    return 0.5 * np.sum((X @ beta + params["intercept"] - Y) ** 2) / len(X) + penalty


def backward(params, X, Y, right):
    beta = params["beta"]
    d = (X @ beta + params["intercept"] - Y) / len(X)
    decay = L2 * beta if right else L2 * beta.T @ beta
    return {"beta": X.T @ d + decay + L1 * np.sign(beta), "intercept": d.sum(0)}


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
