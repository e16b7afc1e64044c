"""A naive momentum adds the velocity, multiplied by the momentum once more, and the gradient besides."""

import numpy as np

SOURCE = "https://github.com/fchollet/deep-learning-with-python-notebooks/issues/289"
THREAD = "fchollet/deep-learning-with-python-notebooks #289"
DATE = "2026-05"
KIND = "update"
FORMULA = r"v \leftarrow \mu v - \eta g,\; w \leftarrow w + \mu v - \eta g"
RIGHT = r"v \leftarrow \mu v - \eta g,\; w \leftarrow w + v"
READ = "code"  # the book's snippet is whole in the thread
LAYER = []
NAMES = [{"nesterov"}]
NET = dict(sizes=(3, 4, 3), hidden="relu", output="softmax", loss="cross_entropy")
SAMPLES = 8
LAM = 0.0


LEARNING_RATE, MOMENTUM = 0.1, 0.1
SETTINGS = dict(like="momentum", lr=LEARNING_RATE, momentum=MOMENTUM)


def start(rng):
    return [rng.standard_normal((4, 3)), rng.standard_normal(4), rng.standard_normal((3, 4)), rng.standard_normal(3)]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), np.eye(3)[rng.integers(0, 3, SAMPLES)]


def forward(params, X):
    W1, b1, W2, b2 = params
    z = X @ W1.T + b1
    h = np.where(z.real > 0, z, 0)
    e = np.exp(h @ W2.T + b2)
    return h, e / e.sum(1, keepdims=True)


def cost(params, X, Y):
    return -np.sum(Y * np.log(forward(params, X)[1])) / len(X)


def repaired(params, X, Y):
    """The right gradient, to train with."""
    h, p = forward(params, X)
    d2 = (p - Y) / len(X)
    d1 = d2 @ params[2] * (h > 0)
    return [d1.T @ X, d1.sum(0), d2.T @ h, d2.sum(0)]


def start_state():
    return [0.0] * 4


def update(params, grads, state):
    """One turn of the optimization loop, for each parameter."""
    learning_rate, momentum = LEARNING_RATE, MOMENTUM
    parameters, velocities = [], []
    for w, gradient, past_velocity in zip(params, grads, state):
        velocity = past_velocity * momentum - learning_rate * gradient
        w = w + momentum * velocity - learning_rate * gradient
        past_velocity = velocity
        parameters.append(w)  # update_parameter(w)
        velocities.append(past_velocity)
    return parameters, velocities


def repaired_update(params, grads, state):
    """As the reader proposes."""
    learning_rate, momentum = LEARNING_RATE, MOMENTUM
    parameters, velocities = [], []
    for w, gradient, past_velocity in zip(params, grads, state):
        velocity = past_velocity * momentum - learning_rate * gradient
        w = w + velocity
        past_velocity = velocity
        parameters.append(w)  # update_parameter(w)
        velocities.append(past_velocity)
    return parameters, velocities
