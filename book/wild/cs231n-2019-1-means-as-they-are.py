"""Adam uses its two means as they are, with the small number under the root."""

import numpy as np

SOURCE = "https://github.com/Yorko/stanford_cs231n_2019/pull/1"
THREAD = "Yorko/stanford_cs231n_2019 PR #1"
DATE = "2019-06"
KIND = "update"
FORMULA = r"\theta_{t+1} = \theta_t - \eta\, m_t / \sqrt{v_t + \varepsilon}"
RIGHT = (
    r"\theta_{t+1} = \theta_t - \eta\, \hat m_t / (\sqrt{\hat v_t} + \varepsilon),\; \hat m_t = m_t / (1 - "
    r"\beta_1^t),\; \hat v_t = v_t / (1 - \beta_2^t)"
)
READ = "code"
LAYER = []
NAMES = [{"no-bias-correction", "eps-inside-root"}]
NET = dict(sizes=(3, 4, 2), hidden="tanh", output="identity", loss="half_squared")
SAMPLES = 7
LAM = 0.0


RATE, BETA1, BETA2, EPS = 0.01, 0.9, 0.99, 1e-8
SETTINGS = dict(like="adam", lr=RATE, beta1=BETA1, beta2=BETA2, eps=EPS)


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
    return [{"m": 0.0, "v": 0.0, "t": 0} for _ in range(4)]


def adam(x, dx, config, right):
    config = {
        "m": BETA1 * config["m"] + (1 - BETA1) * dx,
        "v": BETA2 * config["v"] + (1 - BETA2) * dx**2,
        "t": config["t"] + 1,
    }
    if right:
        mt, vt = config["m"] / (1 - BETA1 ** config["t"]), config["v"] / (1 - BETA2 ** config["t"])
        return x - RATE * mt / (np.sqrt(vt) + EPS), config
    return x - RATE * config["m"] / np.sqrt(config["v"] + EPS), config


def step(params, grads, state, right):
    """params and grads are lists of arrays, the state a list of one dictionary for each."""
    pairs = [adam(p, g, config, right) for p, g, config in zip(params, grads, state)]
    return [p for p, _ in pairs], [config for _, config in pairs]


def update(params, grads, state):
    return step(params, grads, state, right=False)


def repaired_update(params, grads, state):
    return step(params, grads, state, right=True)
