"""An Adam's first step takes the share off the gradient and not off the mean, which is the whole gradient."""

import numpy as np

SOURCE = "https://github.com/unixpickle/anynet/commit/ffee57d"
THREAD = "unixpickle/anynet ffee57d"
DATE = "2017-01"
KIND = "update"
FORMULA = r"m_1 = g_1,\; v_1 = (1 - \beta_2)\, (1 - \beta_1)^2\, g_1^2"
RIGHT = r"m_1 = (1 - \beta_1)\, g_1,\; v_1 = (1 - \beta_2)\, g_1^2"
READ = "code"
LAYER = []
NAMES = []
NET = dict(sizes=(3, 4, 2), hidden="tanh", output="identity", loss="half_squared")
SAMPLES = 7
LAM = 0.0

RATE, BETA1, BETA2, EPS = 0.02, 0.9, 0.999, 1e-8
SETTINGS = dict(like="adam", lr=RATE, beta1=BETA1, beta2=BETA2, eps=EPS)


def start(rng):
    return [rng.standard_normal((3, 4)), rng.standard_normal(4), rng.standard_normal((4, 2)), rng.standard_normal(2)]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.standard_normal((SAMPLES, 2))


def cost(params, X, Y):
    W1, b1, W2, b2 = params
    return 0.5 * np.sum((np.tanh(X @ W1 + b1) @ W2 + b2 - Y) ** 2) / len(X)


def repaired(params, X, Y):
    """The right gradient, to train with."""
    W1, b1, W2, b2 = params
    h = np.tanh(X @ W1 + b1)
    d2 = (h @ W2 + b2 - Y) / len(X)
    d1 = d2 @ W2.T * (1 - h**2)
    return [X.T @ d1, d1.sum(0), h.T @ d2, d2.sum(0)]


def start_state():
    return {"first_moment": None, "second_moment": None, "iteration": 0}


def step(params, grads, state, right):
    """params and grads are lists of arrays; returns the new params and the new state."""
    grad = [g.copy() for g in grads]
    if state["first_moment"] is None:
        first_moment = [g.copy() for g in grad]
        for vec in first_moment if right else grad:
            vec *= 1 - BETA1
    else:
        first_moment = [BETA1 * moment for moment in state["first_moment"]]
        keep_rate = 1 - BETA1
        for moment, vec in zip(first_moment, grad):
            moment += keep_rate * vec
    if state["second_moment"] is None:
        second_moment = [(1 - BETA2) * g**2 for g in grad]
    else:
        second_moment = [BETA2 * moment for moment in state["second_moment"]]
        keep_rate = 1 - BETA2
        for moment, vec in zip(second_moment, grad):
            moment += keep_rate * vec**2
    iteration = state["iteration"] + 1
    scaling_factor = np.sqrt(1 - BETA2**iteration) / (1 - BETA1**iteration)
    for i, (first, second) in enumerate(zip(first_moment, second_moment)):
        grad[i] = scaling_factor * first / (second + EPS) ** 0.5
    moved = [p - RATE * g for p, g in zip(params, grad)]
    return moved, {"first_moment": first_moment, "second_moment": second_moment, "iteration": iteration}


def update(params, grads, state):
    return step(params, grads, state, right=False)


def repaired_update(params, grads, state):
    return step(params, grads, state, right=True)
