"""Rprop hands out the update kept from the step before instead of the one just computed."""

import numpy as np

SOURCE = "https://github.com/google-deepmind/optax/pull/1725"
THREAD = "google-deepmind/optax #1725"
DATE = "2026-07"
KIND = "update"
FORMULA = r"u_t = -d_{t-1}\, [g_t d_{t-1} \ge 0],\; d_t = \Delta_t\, \mathrm{sign}(g_t)\, [g_t d_{t-1} \ge 0]"
RIGHT = r"u_t = -d_t,\; d_t = \Delta_t\, \mathrm{sign}(g_t)\, [g_t d_{t-1} \ge 0]"
READ = "discussion"
LAYER = []
NAMES = []
NET = dict(sizes=(3, 4, 2), hidden="tanh", output="identity", loss="half_squared")
SAMPLES = 7
LAM = 0.0

LEARNING_RATE, ETA_MINUS, ETA_PLUS, MIN_STEP_SIZE, MAX_STEP_SIZE = 0.01, 0.5, 1.2, 1e-6, 50.0
SETTINGS = dict(like="sgd", lr=LEARNING_RATE)


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


def tree_map(f, *trees):
    return [f(*leaves) for leaves in zip(*trees)]


def start_state():
    return {"step_sizes": None, "prev_updates": None}


def init_fn(params):
    step_sizes = tree_map(lambda p: np.full_like(p, LEARNING_RATE), params)
    return {"step_sizes": step_sizes, "prev_updates": tree_map(np.zeros_like, params)}


def update_fn(updates, state, right):
    sign = tree_map(lambda g, prev_g: g * prev_g, updates, state["prev_updates"])
    step_sizes = tree_map(
        lambda s, step_size: np.where(
            s == 0, step_size, np.clip(step_size * np.where(s > 0, ETA_PLUS, ETA_MINUS), MIN_STEP_SIZE, MAX_STEP_SIZE)
        ),
        sign,
        state["step_sizes"],
    )
    prev_updates = tree_map(
        lambda s, g, step_size: np.where(s < 0, np.zeros_like(g), step_size * np.sign(g)), sign, updates, step_sizes
    )
    if right:
        updates = prev_updates
    else:
        updates = tree_map(
            lambda s, g, prev_g: np.where(s < 0, np.zeros_like(prev_g), prev_g),
            sign,
            prev_updates,
            state["prev_updates"],
        )
    return updates, {"step_sizes": step_sizes, "prev_updates": prev_updates}


def apply(params, grads, state, right):
    if state["step_sizes"] is None:
        state = init_fn(params)
    updates, state = update_fn(grads, state, right)
    return tree_map(lambda p, u: p + -1.0 * u, params, updates), state


def update(params, grads, state):
    return apply(params, grads, state, False)


def repaired_update(params, grads, state):
    return apply(params, grads, state, True)
