"""The penalty is taken off the gradient, and weights grow until they explode."""

import numpy as np

SOURCE = "https://github.com/andersbll/deeppy/issues/17"
THREAD = "andersbll/deeppy #17"
DATE = "2015-10"
KIND = "gradient"
FORMULA = r"\partial C / \partial W^l = (\cdot) - \tfrac{\lambda}{m} W^l"
RIGHT = r"\partial C / \partial W^l = (\cdot) + \tfrac{\lambda}{m} W^l"
READ = "code"
GROUP = "penalty"
LAYER = [1, 2]
NAMES = [{"penalty"}]
SIZES = (3, 5, 3)
NET = dict(sizes=SIZES, hidden="relu", output="softmax", loss="cross_entropy")
SAMPLES = 7
LAM = 0.7


def start(rng):
    return {
        "W1": rng.standard_normal((SIZES[0], SIZES[1])),
        "b1": rng.standard_normal(SIZES[1]),
        "W2": rng.standard_normal((SIZES[1], SIZES[2])),
        "b2": rng.standard_normal(SIZES[2]),
    }


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), np.eye(SIZES[-1])[rng.integers(0, SIZES[-1], SAMPLES)]


def forward(params, X):
    z = X @ params["W1"] + params["b1"]
    h = z * (z.real > 0)
    e = np.exp(h @ params["W2"] + params["b2"])
    return h, e / e.sum(1, keepdims=True)


def cost(params, X, Y):
    squares = sum(np.sum(params[name] ** 2) for name in ("W1", "W2"))
    return (-np.sum(Y * np.log(forward(params, X)[1])) + LAM / 2 * squares) / len(X)


def backward(params, X, Y, right):
    h, p = forward(params, X)
    d2 = (p - Y) / len(X)
    d1 = d2 @ params["W2"].T * (h > 0)
    steps = {"W1": X.T @ d1, "b1": d1.sum(0), "W2": h.T @ d2, "b2": d2.sum(0)}
    for name in "W1", "W2":
        penalty = LAM / len(X) * params[name]
        steps[name] = steps[name] + (penalty if right else -penalty)
    return steps


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
