"""Nesterov's gradient is taken at the weights themselves, as they are shifted after it and shifted back at once."""

import numpy as np

SOURCE = "https://github.com/yacineMahdid/artificial-intelligence-and-machine-learning/issues/42"
THREAD = "yacineMahdid/artificial-intelligence-and-machine-learning #42"
DATE = "2021-06"
KIND = "update"
FORMULA = r"v_t = \gamma v_{t-1} + \eta \nabla C(\theta_{t-1}),\; \theta_t = \theta_{t-1} - v_t"
RIGHT = r"v_t = \gamma v_{t-1} + \eta \nabla C(\theta_{t-1} - \gamma v_{t-1}),\; \theta_t = \theta_{t-1} - v_t"
READ = "code"  # of the wrong step, which the issue quotes; the right one is written after the words
LAYER = []
NAMES = [{"look-ahead-missing"}]
NET = None  # a line
SAMPLES = 7
LAM = 0.0

LEARNING_RATE, DECAY_FACTOR = 0.05, 0.9
SETTINGS = dict(like="nesterov", lr=LEARNING_RATE, momentum=DECAY_FACTOR)


def start(rng):
    """The intercept and the slope."""
    return [rng.uniform(0, 1, 1), rng.uniform(0, 1, 1)]


def data(rng):
    xs = rng.uniform(-1, 1, (SAMPLES, 1))
    return xs, 3 - 2 * xs + 0.1 * rng.standard_normal((SAMPLES, 1))


def cost(params, X, Y):
    return np.mean((params[0] + params[1] * X - Y) ** 2)


def repaired(params, X, Y):
    """The right gradient, to train with."""
    error = 2 * (params[0] + params[1] * X - Y)
    return [error.mean(0), (error * X).mean(0)]


def start_state():
    return {"g": [0, 0]}


class Line:
    def __init__(self, weights, partial_derivatives):
        self.weights, self.partial_derivatives = list(weights), partial_derivatives

    def derivate(self):
        return self.partial_derivatives


def nesterov(model, g, learning_rate=0.01, decay_factor=0.9):
    """One of the iterations."""
    for idx, gradient in enumerate(model.derivate()):
        # keep the parameter's state, change it, run, and set the parameter back
        prev_weight = model.weights[idx]
        model.weights[idx] = decay_factor * gradient
        g[idx] = decay_factor * g[idx] + learning_rate * gradient
        model.weights[idx] = prev_weight

        # Update the model parameter
        model.weights[idx] = model.weights[idx] - g[idx]


def nesterov_shifted(model, g, learning_rate=0.01, decay_factor=0.9):
    """The weights of the model are the shifted ones, of which the gradient is taken, throughout."""
    for idx, gradient in enumerate(model.derivate()):
        g[idx] = decay_factor * g[idx] + learning_rate * gradient
        model.weights[idx] = model.weights[idx] - learning_rate * gradient - decay_factor * g[idx]


def run(optimizer, params, grads, state):
    model, g = Line(params, grads), list(state["g"])
    optimizer(model, g, LEARNING_RATE, DECAY_FACTOR)
    return model.weights, {"g": g}


def update(params, grads, state):
    return run(nesterov, params, grads, state)


def repaired_update(params, grads, state):
    return run(nesterov_shifted, params, grads, state)
