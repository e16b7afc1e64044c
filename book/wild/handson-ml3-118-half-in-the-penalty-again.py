"""A reader asks for a 2 and a mean in the gradient of a penalty, whose cost has a half and no mean either."""

import numpy as np

SOURCE = "https://github.com/ageron/handson-ml3/issues/118"
THREAD = "ageron/handson-ml3 #118"
DATE = "2023-12"
KIND = "right"
FORMULA = r"\partial C / \partial \Theta = (\cdot) + \alpha\, \Theta"
RIGHT = r"\partial C / \partial \Theta \text{ of } (\cdot) + \tfrac{\alpha}{2} \lVert \Theta \rVert^2"
READ = "discussion"
LAYER = []
NAMES = []
SIZES = (4, 3)
SAMPLES = 9
ALPHA = 0.1
NET = dict(sizes=SIZES, output="softmax", loss="cross_entropy")
LAM = ALPHA * SAMPLES  # the penalty is not divided by the number of samples


def start(rng):
    """The biases are the first row."""
    return rng.standard_normal((SIZES[0] + 1, SIZES[1]))


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), np.eye(SIZES[-1])[rng.integers(0, SIZES[-1], SAMPLES)]


def with_ones(X):
    return np.hstack([np.ones((len(X), 1)), X])


def proba(Theta, X):
    e = np.exp(with_ones(X) @ Theta)
    return e / e.sum(axis=1, keepdims=True)


def cost(params, X, Y):
    xentropy = -np.sum(Y * np.log(proba(params, X))) / len(X)
    return xentropy + ALPHA * 0.5 * np.sum(params[1:] ** 2)


def grad(params, X, Y):
    penalty = np.vstack([np.zeros((1, SIZES[1])), ALPHA * params[1:]])
    return with_ones(X).T @ (proba(params, X) - Y) / len(X) + penalty


repaired = grad
