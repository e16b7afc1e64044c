"""Adam is handed a rate and steps with one written into it; the powers of its corrections are of the new's shares."""

import numpy as np

SOURCE = "https://github.com/kelvinxu/arctic-captions/issues/34"
THREAD = "kelvinxu/arctic-captions #34"
DATE = "2016-10"
KIND = "update"
FORMULA = (
    r"\theta \leftarrow \theta - \eta_0 \frac{\sqrt{1 - b_2^t}}{1 - b_1^t} m_t / (\sqrt{v_t} + \epsilon),\; "
    r"\eta_0 = 0.0002,\; b_i = 1 - \beta_i"
)
RIGHT = r"\theta \leftarrow \theta - \eta \frac{\sqrt{1 - \beta_2^t}}{1 - \beta_1^t} m_t / (\sqrt{v_t} + \epsilon)"
READ = "code"
LAYER = []
NAMES = []
NET = dict(sizes=(3, 4, 2), hidden="tanh", output="softmax", loss="cross_entropy")
SAMPLES = 8
LAM = 0.0


LR = 0.01
SETTINGS = dict(like="adam", lr=LR, beta1=0.9, beta2=0.999, eps=1e-8)


def start(rng):
    return {
        "W": rng.standard_normal((3, 4)),
        "b": rng.standard_normal(4),
        "U": rng.standard_normal((4, 2)),
        "c": rng.standard_normal(2),
    }


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), np.eye(2)[rng.integers(0, 2, SAMPLES)]


def forward(tparams, X):
    h = np.tanh(X @ tparams["W"] + tparams["b"])
    e = np.exp(h @ tparams["U"] + tparams["c"])
    return h, e / e.sum(1, keepdims=True)


def cost(tparams, X, Y):
    return -np.sum(Y * np.log(forward(tparams, X)[1])) / len(X)


def repaired(tparams, X, Y):
    """The right gradient, to train with."""
    h, p = forward(tparams, X)
    d2 = (p - Y) / len(X)
    d1 = d2 @ tparams["U"].T * (1 - h**2)
    return {"W": X.T @ d1, "b": d1.sum(0), "U": h.T @ d2, "c": d2.sum(0)}


def start_state():
    return {"i": 0.0, "m": {}, "v": {}}


def adam(lr, tparams, grads, shared):
    lr0 = 0.0002
    b1 = 0.1
    b2 = 0.001
    e = 1e-8
    updates, m_new, v_new = {}, {}, {}
    i = shared["i"]
    i_t = i + 1.0
    fix1 = 1.0 - b1**i_t
    fix2 = 1.0 - b2**i_t
    lr_t = lr0 * (np.sqrt(fix2) / fix1)

    for k, p in tparams.items():
        g = grads[k]
        m = shared["m"].get(k, p * 0.0)
        v = shared["v"].get(k, p * 0.0)
        m_t = (b1 * g) + ((1.0 - b1) * m)
        v_t = (b2 * g**2) + ((1.0 - b2) * v)
        g_t = m_t / (np.sqrt(v_t) + e)
        p_t = p - (lr_t * g_t)
        m_new[k] = m_t
        v_new[k] = v_t
        updates[k] = p_t
    return updates, {"i": i_t, "m": m_new, "v": v_new}


def adam_later(lr, tparams, grads, shared, beta1=0.9, beta2=0.999, e=1e-8):
    """As in the fork of him who answered."""
    updates, m_new, v_new = {}, {}, {}
    t = shared["i"] + 1.0
    lr_t = lr * np.sqrt(1.0 - beta2**t) / (1.0 - beta1**t)

    for k, p in tparams.items():
        g = grads[k]
        m = shared["m"].get(k, p * 0.0)
        v = shared["v"].get(k, p * 0.0)
        m_t = beta1 * m + (1.0 - beta1) * g
        v_t = beta2 * v + (1.0 - beta2) * g**2
        step = lr_t * m_t / (np.sqrt(v_t) + e)
        p_t = p - step
        m_new[k] = m_t
        v_new[k] = v_t
        updates[k] = p_t
    return updates, {"i": t, "m": m_new, "v": v_new}


def update(params, grads, state):
    return adam(LR, params, grads, state)


def repaired_update(params, grads, state):
    return adam_later(LR, params, grads, state)
