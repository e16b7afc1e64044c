"""Where there is a decay, a step of Adam takes the whole rate off the weights, whatever the decay's strength."""

import numpy as np

SOURCE = "https://github.com/Angel-ML/angel/commit/7c84e44ed"
THREAD = "Angel-ML/angel 7c84e44ed"
DATE = "2018-09"
KIND = "update"
FORMULA = r"\theta_{t+1} = (1 - \eta)\, \theta_t - \eta\, \hat m_t / \sqrt{\hat v_t + \varepsilon}"
RIGHT = r"\theta_{t+1} = (1 - \eta \lambda)\, \theta_t - \eta\, \hat m_t / \sqrt{\hat v_t + \varepsilon}"
READ = "code"
LAYER = []
NAMES = []
NET = dict(sizes=(3, 4, 2), hidden="tanh", output="identity", loss="half_squared")
SAMPLES = 7
LAM = 0.0


STEP_SIZE, BETA, GAMMA, REG_PARAM = 0.01, 0.9, 0.99, 0.1
SETTINGS = dict(like="adamw", lr=STEP_SIZE, beta1=BETA, beta2=GAMMA, eps=1e-8, weight_decay=REG_PARAM)


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
    return {"iteration": 1, "velocity": None, "square": None}


def exp_smoothing(a, b, factor):
    return a * factor + (1 - factor) * b


def exp_smoothing2(a, b, factor):
    return a * factor + (1 - factor) * b * b


def adam_delta(velocity, square, pow_beta, pow_gamma):
    return velocity / (1 - pow_beta) / np.sqrt(square / (1 - pow_gamma) + 1e-8)


def apply_delta(weight, delta):
    if REG_PARAM != 0.0:
        weight = weight * (1 - STEP_SIZE) - STEP_SIZE * delta
    else:
        weight = weight - STEP_SIZE * delta
    return weight


def apply_delta_later(weight, delta):
    if REG_PARAM != 0.0:
        weight = weight * (1 - STEP_SIZE * REG_PARAM)
    return weight - STEP_SIZE * delta


def step(params, grads, state, apply):
    """params and grads are lists of arrays; returns the new params and the new state."""
    pow_beta = BETA ** state["iteration"]
    pow_gamma = GAMMA ** state["iteration"]
    velocity = list(state["velocity"] or [np.zeros_like(p) for p in params])
    square = list(state["square"] or [np.zeros_like(p) for p in params])
    moved = []
    for f in range(len(params)):
        velocity[f] = exp_smoothing(velocity[f], grads[f], BETA)
        square[f] = exp_smoothing2(square[f], grads[f], GAMMA)
        moved.append(apply(params[f], adam_delta(velocity[f], square[f], pow_beta, pow_gamma)))
    return moved, {"iteration": state["iteration"] + 1, "velocity": velocity, "square": square}


def update(params, grads, state):
    return step(params, grads, state, apply_delta)


def repaired_update(params, grads, state):
    return step(params, grads, state, apply_delta_later)
