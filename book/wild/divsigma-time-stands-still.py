"""Adam never counts its steps, so that both corrections divide by nought."""

import numpy as np

SOURCE = "https://github.com/Divsigma/2020-cs213n/pull/3"
THREAD = "Divsigma/2020-cs213n PR #3, commit c05a054"
DATE = "2021-02"
KIND = "update"
FORMULA = r"\hat m_t = m_t / (1 - \beta_1^0),\; \hat v_t = v_t / (1 - \beta_2^0)"
RIGHT = r"\hat m_t = m_t / (1 - \beta_1^t),\; \hat v_t = v_t / (1 - \beta_2^t)"
READ = "code"
LAYER = []
NAMES = [{"step-count-from-zero"}]
NET = dict(sizes=(3, 4, 2), hidden="relu", output="softmax", loss="cross_entropy")
SAMPLES = 7
LAM = 0.0

LR, BETA1, BETA2, EPS = 1e-3, 0.9, 0.999, 1e-8
SETTINGS = dict(like="adam", lr=LR, beta1=BETA1, beta2=BETA2, eps=EPS)
KEYS = ["W1", "b1", "W2", "b2"]


def start(rng):
    return [rng.standard_normal((3, 4)), rng.standard_normal(4), rng.standard_normal((4, 2)), rng.standard_normal(2)]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), np.eye(2)[rng.integers(0, 2, SAMPLES)]


def forward(params, X):
    W1, b1, W2, b2 = params
    z = X @ W1 + b1
    h = np.where(z.real > 0, z, 0)
    e = np.exp(h @ W2 + b2)
    return h, e / e.sum(axis=1, keepdims=True)


def cost(params, X, Y):
    return -np.sum(Y * np.log(forward(params, X)[1])) / len(X)


def repaired(params, X, Y):
    """The right gradient, to train with."""
    h, p = forward(params, X)
    d2 = (p - Y) / len(X)
    d1 = d2 @ params[2].T * (h > 0)
    return [X.T @ d1, d1.sum(0), h.T @ d2, d2.sum(0)]


def start_state():
    return dict.fromkeys(KEYS)


def with_defaults(w, config):
    config = {} if config is None else dict(config)
    config.setdefault("learning_rate", LR)
    config.setdefault("beta1", BETA1)
    config.setdefault("beta2", BETA2)
    config.setdefault("epsilon", EPS)
    config.setdefault("m", np.zeros_like(w))
    config.setdefault("v", np.zeros_like(w))
    config.setdefault("t", 0)
    return config


def adam(w, dw, config=None):
    config = with_defaults(w, config)
    with np.errstate(all="ignore"):
        config["m"] = config["beta1"] * config["m"] + (1 - config["beta1"]) * dw
        mt = config["m"] / (1 - config["beta1"] ** config["t"])
        config["v"] = config["beta2"] * config["v"] + (1 - config["beta2"]) * (dw * dw)
        vt = config["v"] / (1 - config["beta2"] ** config["t"])
        next_w = w - config["learning_rate"] * mt / (np.sqrt(vt) + config["epsilon"])
    return next_w, config


def adam_repaired(w, dw, config=None):
    config = with_defaults(w, config)
    config["t"] += 1
    config["m"] = config["beta1"] * config["m"] + (1 - config["beta1"]) * dw
    mt = config["m"] / (1 - config["beta1"] ** config["t"])
    config["v"] = config["beta2"] * config["v"] + (1 - config["beta2"]) * (dw * dw)
    vt = config["v"] / (1 - config["beta2"] ** config["t"])
    next_w = w - config["learning_rate"] * mt / (np.sqrt(vt) + config["epsilon"])
    return next_w, config


def solver_step(params, grads, optim_configs, update_rule):
    params, optim_configs = list(params), dict(optim_configs)
    for i, p in enumerate(KEYS):
        params[i], optim_configs[p] = update_rule(params[i], grads[i], optim_configs[p])
    return params, optim_configs


def update(params, grads, state):
    """params and grads are lists of arrays; returns the new params and the new state."""
    return solver_step(params, grads, state, adam)


def repaired_update(params, grads, state):
    return solver_step(params, grads, state, adam_repaired)
