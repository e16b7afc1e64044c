"""A recurrent network adds the losses of all steps and divides its gradients by their number."""

import numpy as np

SOURCE = "https://github.com/FFMG/neural-network/commit/9f70c8d"
THREAD = "FFMG/neural-network 9f70c8d"
DATE = "2026-04"
KIND = "gradient"
FORMULA = r"\partial C / \partial W = \frac{1}{m T} \textstyle\sum_{i t} \delta_{it}\, x_{it}^\top"
RIGHT = r"\partial C / \partial W = \frac{1}{m} \textstyle\sum_{i t} \delta_{it}\, x_{it}^\top"
READ = "code"
GROUP = "factor"
LAYER = [1, 2]
NAMES = [{"factor"}]
INPUTS, HIDDEN, OUTPUTS, STEPS = 2, 3, 2, 4
NET = None  # a recurrent network
BLOCKS = ["w[1]", "rw[1]", "b[1]", "w[2]", "b[2]"]
SAMPLES = 5
LAM = 0.0


def start(rng):
    return [
        rng.standard_normal((INPUTS, HIDDEN)),
        rng.standard_normal((HIDDEN, HIDDEN)),
        rng.standard_normal(HIDDEN),
        rng.standard_normal((HIDDEN, OUTPUTS)),
        rng.standard_normal(OUTPUTS),
    ]


def data(rng):
    return rng.standard_normal((SAMPLES, STEPS, INPUTS)), rng.standard_normal((SAMPLES, STEPS, OUTPUTS))


def calculate_forward_feed(params, X):
    w, rw, b, v, c = params
    states, state = [], np.zeros((len(X), HIDDEN))
    for t in range(STEPS):
        state = np.tanh(X[:, t] @ w + state @ rw + b)
        states.append(state)
    return states, np.stack([h @ v + c for h in states], axis=1)


def cost(params, X, Y):
    return 0.5 * np.sum((calculate_forward_feed(params, X)[1] - Y) ** 2) / len(X)


def calculate_and_store_gradients(params, X, Y, right):
    w, rw, b, v, c = params
    states, out = calculate_forward_feed(params, X)
    errors = out - Y
    w_grads, rw_grads, b_grads, v_grads, c_grads = (np.zeros_like(p) for p in params)
    from_next = np.zeros((len(X), HIDDEN))
    for t in reversed(range(STEPS)):
        v_grads += states[t].T @ errors[:, t]
        c_grads += errors[:, t].sum(axis=0)
        delta = (errors[:, t] @ v.T + from_next) * (1 - states[t] ** 2)
        w_grads += X[:, t].T @ delta
        b_grads += delta.sum(axis=0)
        if t > 0:
            rw_grads += states[t - 1].T @ delta
        from_next = delta @ rw.T
    inv_batch = 1 / len(X) if right else 1 / (len(X) * STEPS)
    return [g * inv_batch for g in (w_grads, rw_grads, b_grads, v_grads, c_grads)]


def grad(params, X, Y):
    return calculate_and_store_gradients(params, X, Y, right=False)


def repaired(params, X, Y):
    return calculate_and_store_gradients(params, X, Y, right=True)
