"""A linear layer hands the gradient of its bias back in the place of that of its input, and none for the bias."""

import numpy as np

SOURCE = "https://github.com/mratsim/Arraymancer/commit/099258e5ad2e6091703dab7c1bb3aa599bea7a50"
THREAD = "mratsim/Arraymancer 099258e"
DATE = "2018-04"
KIND = "gradient"
FORMULA = r"\partial C / \partial b = 0"
RIGHT = r"\partial C / \partial b = \tfrac1m \textstyle\sum_i \delta^1_i"
READ = "code"
GROUP = "blocks"
LAYER = [1]
NAMES = [{"bias-missing"}]
SIZES = (4, 3)
NET = dict(sizes=SIZES, output="softmax", loss="cross_entropy")
SAMPLES = 8
LAM = 0.0


def start(rng):
    return {"weight": rng.standard_normal((3, 4)), "bias": rng.standard_normal((1, 3))}


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), np.eye(SIZES[-1])[rng.integers(0, SIZES[-1], SAMPLES)]


def probabilities(params, X):
    e = np.exp(X @ params["weight"].T + params["bias"])
    return e / e.sum(axis=1, keepdims=True)


def cost(params, X, Y):
    return -np.sum(Y * np.log(probabilities(params, X))) / len(X)


def backward(params, X, Y, right):
    gradient = (probabilities(params, X) - Y) / len(X)
    diffs = [gradient @ params["weight"], gradient.T @ X, np.zeros((1, 3))]
    diffs[2 if right else 0] = gradient.sum(0, keepdims=True)
    return {"weight": diffs[1], "bias": diffs[2]}


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
