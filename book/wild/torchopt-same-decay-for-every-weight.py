"""AdamW's decay takes the same amount from every weight, whatever the weight is."""

import numpy as np

SOURCE = "https://github.com/e-sensing/torchopt/pull/14"
THREAD = "e-sensing/torchopt PR #14, commit add5618"
DATE = "2023-03"
KIND = "update"
FORMULA = (
    r"\theta_t = \theta_{t-1} - \eta \lambda - \eta \frac{\sqrt{1 - \beta_2^t}}{1 - \beta_1^t} "
    r"\frac{m_t}{\sqrt{v_t} + \epsilon}"
)
RIGHT = (
    r"\theta_t = \theta_{t-1} - \eta \lambda \theta_{t-1} - \eta \frac{\sqrt{1 - \beta_2^t}}{1 - \beta_1^t} "
    r"\frac{m_t}{\sqrt{v_t} + \epsilon}"
)
READ = "code"
LAYER = []
NAMES = []
NET = dict(sizes=(3, 4, 2), hidden="tanh", output="identity", loss="half_squared")
SAMPLES = 7
LAM = 0.0

LR, BETA1, BETA2, EPS, WD = 0.01, 0.9, 0.999, 1e-8, 0.1
SETTINGS = dict(like="adamw", lr=LR, beta1=BETA1, beta2=BETA2, eps=EPS, weight_decay=WD)


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
    return {}


class OptimAdamW:
    def step(self, params, grads, states):
        new_params, new_states = [], {}
        for k, (param, grad) in enumerate(zip(params, grads)):
            state = dict(states.get(k, {}))
            if len(state) == 0:
                state["step"] = 0
                state["exp_avg"] = np.zeros_like(param)
                state["exp_avg_sq"] = np.zeros_like(param)
            state["step"] = state["step"] + 1
            state["exp_avg"] = state["exp_avg"] * BETA1 + grad * (1 - BETA1)
            state["exp_avg_sq"] = state["exp_avg_sq"] * BETA2 + grad * grad * (1 - BETA2)
            denom = np.sqrt(state["exp_avg_sq"]) + EPS
            bias_correction1 = 1 - BETA1 ** state["step"]
            bias_correction2 = 1 - BETA2 ** state["step"]
            step_size = LR * np.sqrt(bias_correction2) / bias_correction1
            if WD != 0:
                param = self.decayed(param)
            new_params.append(param - step_size * state["exp_avg"] / denom)
            new_states[k] = state
        return new_params, new_states

    def decayed(self, param):
        return param + (-WD * LR)


class OptimAdamWLater(OptimAdamW):
    def decayed(self, param):
        return param + (-WD * LR) * param


def update(params, grads, state):
    """params and grads are lists of arrays; returns the new params and the new state."""
    return OptimAdamW().step(params, grads, state)


def repaired_update(params, grads, state):
    return OptimAdamWLater().step(params, grads, state)
