"""The kernel of AdamW adds its step first and then decays the sum, so that the step shrinks as well."""

import numpy as np

SOURCE = "https://github.com/bitsandbytes-foundation/bitsandbytes/issues/2010"
THREAD = "bitsandbytes-foundation/bitsandbytes #2010, #2040, 302d0938"
DATE = "2026-07"
KIND = "update"
FORMULA = r"\theta \leftarrow \bigl(\theta - \eta\, \hat m_t / (\sqrt{\hat v_t} + \epsilon)\bigr) (1 - \eta \lambda)"
RIGHT = r"\theta \leftarrow \theta (1 - \eta \lambda) - \eta\, \hat m_t / (\sqrt{\hat v_t} + \epsilon)"
READ = "code"
LAYER = []
NAMES = [{"decay-after-step"}]
NET = dict(sizes=(3, 4, 2), hidden="relu", output="softmax", loss="cross_entropy")
SAMPLES = 8
LAM = 0.0


LR, BETA1, BETA2, EPS, WD = 0.05, 0.9, 0.999, 1e-8, 0.1
SETTINGS = dict(like="adamw", lr=LR, beta1=BETA1, beta2=BETA2, eps=EPS, weight_decay=WD)


def start(rng):
    return [rng.standard_normal((4, 3)), rng.standard_normal(4), rng.standard_normal((2, 4)), rng.standard_normal(2)]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), np.eye(2)[rng.integers(0, 2, SAMPLES)]


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
    return {"step": 0, "state1": [0.0] * 4, "state2": [0.0] * 4}


def k_optimizer_32bit_2state(
    g, p, state1, state2, beta1, beta2, eps, weight_decay, step, lr, gnorm_scale, skip_zeros, right
):
    p_vals, s1_vals, s2_vals = np.ravel(p).copy(), np.zeros(p.size), np.zeros(p.size)
    s1_vals += np.ravel(state1)
    s2_vals += np.ravel(state2)
    g_vals = gnorm_scale * np.ravel(g)
    correction1 = 1.0 - beta1**step
    correction2 = np.sqrt(1.0 - beta2**step)
    step_size = -lr * correction2 / correction1
    update_scale = 1.0

    for j in range(p.size):
        if not skip_zeros or (skip_zeros and g_vals[j] != 0.0):
            s1_vals[j] = s1_vals[j] * beta1 + ((1.0 - beta1) * g_vals[j])
            s2_vals[j] = s2_vals[j] * beta2 + ((1.0 - beta2) * (g_vals[j] * g_vals[j]))

            if right and weight_decay > 0.0:
                p_vals[j] = p_vals[j] * (1.0 - (lr * weight_decay))

            p_vals[j] = p_vals[j] + (
                update_scale * step_size * (s1_vals[j] / (np.sqrt(s2_vals[j]) + (eps * correction2)))
            )

            if not right and weight_decay > 0.0:
                p_vals[j] = p_vals[j] * (1.0 - (lr * weight_decay))
    return p_vals.reshape(p.shape), s1_vals.reshape(p.shape), s2_vals.reshape(p.shape)


def update_step(params, grads, state, right):
    step, new, state1, state2 = state["step"] + 1, [], [], []
    for p, g, s1, s2 in zip(params, grads, state["state1"], state["state2"]):
        p, s1, s2 = k_optimizer_32bit_2state(g, p, s1, s2, BETA1, BETA2, EPS, WD, step, LR, 1.0, False, right)
        new.append(p)
        state1.append(s1)
        state2.append(s2)
    return new, {"step": step, "state1": state1, "state2": state2}


def update(params, grads, state):
    return update_step(params, grads, state, right=False)


def repaired_update(params, grads, state):
    return update_step(params, grads, state, right=True)
