"""A solver adds the decay of the weights to a buffer of which the step has been taken already."""

import numpy as np

SOURCE = "https://github.com/jolibrain/caffe/commit/44edb1849"
THREAD = "jolibrain/caffe 44edb1849"
DATE = "2019-08"
KIND = "update"
FORMULA = r"\theta \leftarrow \theta - \eta\, \hat m_t / (\sqrt{\hat v_t} + \epsilon)"
RIGHT = (
    r"\theta \leftarrow \theta - \eta\, \hat m_t / (\sqrt{\hat v_t} + \epsilon) - \tfrac{\eta}{\eta_0} \lambda \theta"
)
READ = "code"
LAYER = []
NAMES = [{"decay-missing"}]
NET = dict(sizes=(3, 4, 3), hidden="sigmoid", output="softmax", loss="cross_entropy")
SAMPLES = 8
LAM = 0.0


BASE_LR, MOMENTUM, MOMENTUM2, DELTA, WEIGHT_DECAY = 0.02, 0.9, 0.999, 1e-8, 0.004
# the solver's weight_decay has a schedule of its own, local_rate / base_lr, which is 1 with a fixed rate
SETTINGS = dict(
    like="adamw", lr=BASE_LR, beta1=MOMENTUM, beta2=MOMENTUM2, eps=DELTA, weight_decay=WEIGHT_DECAY / BASE_LR
)


def start(rng):
    return [rng.standard_normal((4, 3)), rng.standard_normal(4), rng.standard_normal((3, 4)), rng.standard_normal(3)]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), np.eye(3)[rng.integers(0, 3, SAMPLES)]


def forward(params, X):
    W1, b1, W2, b2 = params
    h = 1 / (1 + np.exp(-(X @ W1.T + b1)))
    e = np.exp(h @ W2.T + b2)
    return h, e / e.sum(1, keepdims=True)


def cost(params, X, Y):
    return -np.sum(Y * np.log(forward(params, X)[1])) / len(X)


def repaired(params, X, Y):
    """The right gradient, to train with."""
    h, p = forward(params, X)
    d2 = (p - Y) / len(X)
    d1 = d2 @ params[2] * h * (1 - h)
    return [d1.T @ X, d1.sum(0), d2.T @ h, d2.sum(0)]


def start_state():
    return {"iter": 0, "m": [0.0] * 4, "v": [0.0] * 4}


def compute_update_value(N, diff, data, m, v, iter_, rate, gpu):
    """What the solver's ComputeUpdateValue leaves in diff, and the history."""
    local_rate = rate
    beta1, beta2 = MOMENTUM, MOMENTUM2
    t = iter_ + 1
    correction = np.sqrt(1 - beta2**t) / (1 - beta1**t)
    eps_hat = DELTA
    regularization_type = "decoupled"
    local_decay = WEIGHT_DECAY * local_rate / BASE_LR
    diff, val_m, val_v = diff.copy(), np.zeros(N) + m, np.zeros(N) + v

    if gpu:
        for i in range(N):
            gi = diff[i]
            mi = val_m[i] = val_m[i] * beta1 + gi * (1 - beta1)
            vi = val_v[i] = val_v[i] * beta2 + gi * gi * (1 - beta2)
            diff[i] = local_rate * correction * mi / (np.sqrt(vi) + eps_hat) + data[i] * local_decay
        return diff, val_m, val_v

    val_m = (1 - beta1) * diff + beta1 * val_m
    val_t = diff * diff
    val_v = (1 - beta2) * val_t + beta2 * val_v
    val_t = val_v**0.5
    val_t += eps_hat
    val_t = val_m / val_t
    if regularization_type != "decoupled":
        diff = local_rate * correction * val_t
    else:
        diff = local_rate * correction * val_t
        val_t += local_decay * data
    return diff, val_m, val_v


def apply_update(params, grads, state, gpu):
    new, m, v = [], [], []
    for p, g, val_m, val_v in zip(params, grads, state["m"], state["v"]):
        diff, val_m, val_v = compute_update_value(
            p.size, np.ravel(g), np.ravel(p), val_m, val_v, state["iter"], BASE_LR, gpu
        )
        new.append(p - diff.reshape(p.shape))
        m.append(val_m)
        v.append(val_v)
    return new, {"iter": state["iter"] + 1, "m": m, "v": v}


def update(params, grads, state):
    return apply_update(params, grads, state, gpu=False)


def repaired_update(params, grads, state):
    """As the kernel for the GPU has it."""
    return apply_update(params, grads, state, gpu=True)
