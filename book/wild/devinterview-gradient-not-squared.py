"""The running mean under the root is of the gradient, and not of its square."""

import numpy as np

SOURCE = "https://github.com/Devinterview-io/gradient-descent-interview-questions/issues/1"
THREAD = "Devinterview-io/gradient-descent-interview-questions #1"
DATE = "2025-11"
KIND = "update"
FORMULA = r"s_t = 0.9\, s_{t-1} + 0.1\, g_t,\; \theta_{t+1} = \theta_t - \eta\, g_t / \sqrt{s_t + \varepsilon}"
RIGHT = r"s_t = 0.9\, s_{t-1} + 0.1\, g_t^2,\; \theta_{t+1} = \theta_t - \eta\, g_t / \sqrt{s_t + \varepsilon}"
READ = "code"
LAYER = []
NAMES = [{"not-squared"}]
NET = dict(sizes=(3, 1), output="identity", loss="half_squared")  # the thread has no model: a linear one
SAMPLES = 7
LAM = 0.0

LEARNING_RATE, EPSILON = 0.01, 1e-8
SETTINGS = dict(
    like="rmsprop", lr=LEARNING_RATE, beta2=0.9, eps=EPSILON
)  # eps is under the root, in the repair as well


def start(rng):
    return [rng.standard_normal((3, 1)), rng.standard_normal(1)]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.standard_normal((SAMPLES, 1))


def cost(params, X, Y):
    W, b = params
    return 0.5 * np.sum((X @ W + b - Y) ** 2) / len(X)


def repaired(params, X, Y):
    """The right gradient, to train with."""
    W, b = params
    d = (X @ W + b - Y) / len(X)
    return [X.T @ d, d.sum(0)]


def rmsprop_step(learning_rate, parameters, gradient, epsilon, running_avg):
    running_avg = running_avg * 0.9 + (1 - 0.9) * gradient
    with np.errstate(invalid="ignore"):  # a root of negative numbers
        parameters = parameters - learning_rate * gradient / np.sqrt(running_avg + epsilon)
    return parameters, running_avg


def repaired_rmsprop_step(learning_rate, parameters, gradient, epsilon, running_avg):
    running_avg = running_avg * 0.9 + (1 - 0.9) * gradient**2
    parameters = parameters - learning_rate * gradient / np.sqrt(running_avg + epsilon)
    return parameters, running_avg


def start_state():
    return None


def each(step, params, grads, state):
    """params and grads are lists of arrays; returns the new params and the new state."""
    state = state or [np.zeros_like(p) for p in params]
    pairs = [step(LEARNING_RATE, p, g, EPSILON, s) for p, g, s in zip(params, grads, state)]
    return [p for p, _ in pairs], [s for _, s in pairs]


def update(params, grads, state):
    return each(rmsprop_step, params, grads, state)


def repaired_update(params, grads, state):
    return each(repaired_rmsprop_step, params, grads, state)
