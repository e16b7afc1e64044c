"""Without bounds for the weights AdamW clamps them between nought and nought, so that all are nought after a step."""

import numpy as np

SOURCE = "https://github.com/jw1912/bullet/commit/0420bb8d"
THREAD = "jw1912/bullet 0420bb8d, PR #399"
DATE = "2025-05"
KIND = "update"
FORMULA = (
    r"\theta_{t+1} = \min\bigl(\max(\theta_t (1 - \eta \lambda) "
    r"- \eta\, \hat m_t / (\sqrt{\hat v_t} + \epsilon), 0), 0\bigr) = 0"
)
RIGHT = r"\theta_{t+1} = \theta_t (1 - \eta \lambda) - \eta\, \hat m_t / (\sqrt{\hat v_t} + \epsilon)"
READ = "code"
LAYER = []
NAMES = []
NET = dict(sizes=(5, 4, 1), hidden="relu", output="sigmoid", loss="squared")
SAMPLES = 9
LAM = 0.0

LEARNING_RATE, BETA1, BETA2, EPSILON, DECAY = 0.01, 0.9, 0.999, 1e-8, 0.05
SETTINGS = dict(like="adamw", lr=LEARNING_RATE, beta1=BETA1, beta2=BETA2, eps=EPSILON, weight_decay=DECAY)


def start(rng):
    return {
        "l0w": rng.standard_normal((4, 5)),
        "l0b": rng.standard_normal((4, 1)),
        "l1w": rng.standard_normal((1, 4)),
        "l1b": rng.standard_normal((1, 1)),
    }


def data(rng):
    return rng.standard_normal((SAMPLES, 5)), rng.uniform(0, 1, (SAMPLES, 1))


def forward(params, X):
    z = params["l0w"] @ X.T + params["l0b"]
    h = np.where(z.real > 0, z, 0)
    return h, 1 / (1 + np.exp(-(params["l1w"] @ h + params["l1b"])))


def cost(params, X, Y):
    return np.sum((forward(params, X)[1] - Y.T) ** 2) / len(X)


def repaired(params, X, Y):
    """The right gradient, to train with."""
    h, a = forward(params, X)
    d1 = 2 * (a - Y.T) * a * (1 - a) / len(X)
    d0 = params["l1w"].T @ d1 * (h > 0)
    return {"l0w": d0 @ X, "l0b": d0.sum(1, keepdims=True), "l1w": d1 @ h.T, "l1b": d1.sum(1, keepdims=True)}


def adam_op(beta1, beta2, rate, decay, step, wmin, wmax, p, m, v, grad):
    """The two corrections, without which the author's kernel does, are put in here."""
    p = p * decay
    m = beta1 * m + (1.0 - beta1) * grad
    v = beta2 * v + (1.0 - beta2) * grad * grad
    val = m / (1.0 - beta1**step)
    val = val / (np.sqrt(v / (1.0 - beta2**step)) + EPSILON)
    p = p - rate * val
    return np.minimum(np.maximum(p, wmin), wmax), m, v


def adam(clip, params, gradients, momentum, velocity, step, no_bounds):
    wmin, wmax = no_bounds if clip is None else clip
    new, m, v = {}, {}, {}
    for name, p in params.items():
        old_m, old_v = momentum.get(name, np.zeros_like(p)), velocity.get(name, np.zeros_like(p))
        new[name], m[name], v[name] = adam_op(
            BETA1, BETA2, LEARNING_RATE, 1.0 - DECAY * LEARNING_RATE, step, wmin, wmax, p, old_m, old_v, gradients[name]
        )
    return new, m, v


def start_state():
    return {"step": 0, "momentum": {}, "velocity": {}}


def stepped(params, grads, state, no_bounds):
    step = state["step"] + 1
    new, m, v = adam(None, params, grads, state["momentum"], state["velocity"], step, no_bounds)
    return new, {"step": step, "momentum": m, "velocity": v}


def update(params, grads, state):
    return stepped(params, grads, state, no_bounds=(0.0, 0.0))


def repaired_update(params, grads, state):
    return stepped(params, grads, state, no_bounds=(-3.4e38, 3.4e38))
