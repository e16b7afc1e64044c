"""A velocity takes the first gradient in and no other; it only fades, and is added to each gradient."""

import numpy as np

SOURCE = "https://github.com/jfriedson/rust-deep-learning-framework/commit/d6f444c"
THREAD = "jfriedson/rust-deep-learning-framework d6f444c"
DATE = "2024-06"
KIND = "update"
FORMULA = r"\theta_{t+1} = \theta_t - \eta\, (g_t + \mu^{t-1} g_1)"
RIGHT = r"v_t = \mu\, v_{t-1} + g_t,\; \theta_{t+1} = \theta_t - \eta\, v_t"
READ = "code"
LAYER = []
NAMES = []
NET = dict(sizes=(3, 4, 2), hidden="tanh", output="identity", loss="half_squared")
SAMPLES = 7
LAM = 0.0

LEARNING_RATE, MOMENTUM = 0.02, 0.9
SETTINGS = dict(like="momentum", lr=LEARNING_RATE, momentum=MOMENTUM)


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


def apply_momentum(gradients, gradient_velocities, right):
    """Both are arrays of the optimiser, written in place; the velocities are empty at first."""
    if gradient_velocities.shape != gradients.shape:
        gradient_velocities = gradients.copy()
    else:
        gradient_velocities *= MOMENTUM
        if right:
            gradient_velocities += gradients
    if right:
        gradients[...] = gradient_velocities
    else:
        gradients += gradient_velocities
    return gradient_velocities


def start_state():
    return None


def step(params, grads, state, right):
    """params and grads are lists of arrays; returns the new params and the new state."""
    velocities = [each.copy() for each in state] if state else [np.zeros(0) for _ in params]
    new, kept = [], []
    for param, grad, velocity in zip(params, grads, velocities):
        gradients = grad.copy()
        kept.append(apply_momentum(gradients, velocity, right))
        new.append(param - LEARNING_RATE * gradients)
    return new, kept


def update(params, grads, state):
    return step(params, grads, state, right=False)


def repaired_update(params, grads, state):
    return step(params, grads, state, right=True)
