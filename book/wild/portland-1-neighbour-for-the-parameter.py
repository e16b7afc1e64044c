"""The third parameter of a linear regression starts its step from the second."""

import numpy as np

SOURCE = "https://github.com/girishkuniyal/Predict-housing-prices-in-Portland/issues/1"
THREAD = "girishkuniyal/Predict-housing-prices-in-Portland #1"
DATE = "2018-01"
KIND = "update"
FORMULA = r"\theta_{2,t+1} = \theta_{1,t} - \eta\, g_{2,t}"
RIGHT = r"\theta_{2,t+1} = \theta_{2,t} - \eta\, g_{2,t}"
READ = "code"
LAYER = []
NAMES = []
NET = dict(sizes=(2, 1), output="identity", loss="half_squared")
SAMPLES = 8
LAM = 0.0


RATE = 0.05
SETTINGS = dict(like="sgd", lr=RATE)


def start(rng):
    """The intercept is the first entry."""
    return [rng.standard_normal((1, 3))]


def data(rng):
    return rng.standard_normal((SAMPLES, 2)), rng.standard_normal((SAMPLES, 1))


def cost(params, X, Y):
    return np.sum((np.c_[np.ones(len(X)), X] @ params[0].T - Y) ** 2) / (2 * len(X))


def repaired(params, X, Y):
    """The right gradient, to train with."""
    x = np.c_[np.ones(len(X)), X]
    return [(x @ params[0].T - Y).T @ x / len(X)]


def start_state():
    return {}


def step(params, grads, state, right):
    """params and grads are lists of one array; returns the new params and the state, which stays empty."""
    theta, g = params[0], grads[0]
    temp0 = theta[0, 0] - RATE * g[0, 0]
    temp1 = theta[0, 1] - RATE * g[0, 1]
    temp2 = theta[0, 2 if right else 1] - RATE * g[0, 2]
    return [np.array([[temp0, temp1, temp2]])], state


def update(params, grads, state):
    return step(params, grads, state, right=False)


def repaired_update(params, grads, state):
    return step(params, grads, state, right=True)
