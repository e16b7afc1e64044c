"""The corrections of Adam count epochs, so that in the first all steps are corrected like the first step."""

import numpy as np

SOURCE = "https://github.com/Muriel-Salvan/ruby-neural-nets/commit/6e5e01d"
THREAD = "Muriel-Salvan/ruby-neural-nets 6e5e01d"
DATE = "2025-09"
KIND = "update"
FORMULA = (
    r"\hat m_t = m_t / (1 - \beta_1^{k}),\; \hat v_t = v_t / (1 - \beta_2^{k}),\; k = \lfloor (t - 1) / n \rfloor + 1\ "
    r"\text{for}\ n\ \text{batches}"
)
RIGHT = r"\hat m_t = m_t / (1 - \beta_1^t),\; \hat v_t = v_t / (1 - \beta_2^t)"
READ = "code"
LAYER = []
NAMES = [{"correction-without-power"}]
NET = dict(sizes=(3, 4, 2), hidden="tanh", output="identity", loss="half_squared")
SAMPLES = 7
LAM = 0.0

RATE, BETA1, BETA2, EPS = 0.01, 0.9, 0.999, 1e-8
SETTINGS = dict(like="adam", lr=RATE, beta1=BETA1, beta2=BETA2, eps=EPS)
BATCHES = 4  # in an epoch


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
    return {"v": [0.0] * 4, "s": [0.0] * 4, "batch": 0}


def learn(params, grads, v, s, count):
    v = [BETA1 * old + (1 - BETA1) * g for old, g in zip(v, grads)]
    s = [BETA2 * old + (1 - BETA2) * g**2 for old, g in zip(s, grads)]
    moved = []
    for values, mean, square in zip(params, v, s):
        v_corrected = mean / (1 - BETA1**count)
        s_corrected = square / (1 - BETA2**count)
        moved.append(values - RATE * v_corrected / (s_corrected**0.5 + EPS))
    return moved, v, s


def update(params, grads, state):
    idx_epoch = state["batch"] // BATCHES
    params, v, s = learn(params, grads, state["v"], state["s"], idx_epoch + 1)
    return params, {"v": v, "s": s, "batch": state["batch"] + 1}


def repaired_update(params, grads, state):
    t = state["batch"] + 1
    params, v, s = learn(params, grads, state["v"], state["s"], t)
    return params, {"v": v, "s": s, "batch": t}
