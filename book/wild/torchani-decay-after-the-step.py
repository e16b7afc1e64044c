"""AdamW takes its decay from the parameters after the step instead of before it, and adds epsilon uncorrected."""

import math

import numpy as np

SOURCE = "https://github.com/aiqm/torchani/pull/261"
THREAD = "aiqm/torchani PR #261, commit cf2380ed"
DATE = "2019-07"
KIND = "update"
FORMULA = (
    r"\theta_t = (1 - \lambda) \Bigl(\theta_{t-1} - \frac{\eta \sqrt{1 - \beta_2^t}}{1 - \beta_1^t}\, "
    r"\frac{m_t}{\sqrt{v_t} + \epsilon}\Bigr)"
)
RIGHT = r"\theta_t = (1 - \lambda)\, \theta_{t-1} - \eta\, \frac{\hat m_t}{\sqrt{\hat v_t} + \epsilon}"
READ = "code"
LAYER = []
NAMES = [{"decay-after-step"}]
NET = dict(sizes=(3, 4, 2), hidden="tanh", output="identity", loss="half_squared")
SAMPLES = 7
LAM = 0.0

LR, BETA1, BETA2, EPS, WD = 0.01, 0.9, 0.999, 1e-8, 0.002
SETTINGS = dict(like="adamw", lr=LR, beta1=BETA1, beta2=BETA2, eps=EPS, weight_decay=WD / LR)  # its decay has no rate


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


class AdamW:
    def __init__(self, params, grads, state):
        self.params, self.grads = [p.copy() for p in params], grads
        self.group = dict(lr=LR, betas=(BETA1, BETA2), eps=EPS, weight_decay=WD)
        self.state = {i: {k: np.copy(v) for k, v in s.items()} for i, s in state.items()}

    def state_of(self, i, p):
        state = self.state.setdefault(i, {})
        if len(state) == 0:
            state["step"] = 0
            state["exp_avg"] = np.zeros_like(p)
            state["exp_avg_sq"] = np.zeros_like(p)
        return state

    def step(self):
        group = self.group
        for i, p in enumerate(self.params):
            grad = self.grads[i]
            state = self.state_of(i, p)
            beta1, beta2 = group["betas"]
            state["step"] = int(state["step"]) + 1
            state["exp_avg"] = beta1 * state["exp_avg"] + (1 - beta1) * grad
            state["exp_avg_sq"] = beta2 * state["exp_avg_sq"] + (1 - beta2) * grad * grad
            denom = np.sqrt(state["exp_avg_sq"]) + group["eps"]
            bias_correction1 = 1 - beta1 ** state["step"]
            bias_correction2 = 1 - beta2 ** state["step"]
            step_size = group["lr"] * math.sqrt(bias_correction2) / bias_correction1
            p += -step_size * state["exp_avg"] / denom
            if group["weight_decay"] != 0:
                p += -group["weight_decay"] * p


class AdamWLater(AdamW):
    def step(self):
        group = self.group
        for i, p in enumerate(self.params):
            p *= 1 - group["weight_decay"]
            grad = self.grads[i]
            state = self.state_of(i, p)
            beta1, beta2 = group["betas"]
            state["step"] = int(state["step"]) + 1
            bias_correction1 = 1 - beta1 ** state["step"]
            bias_correction2 = 1 - beta2 ** state["step"]
            state["exp_avg"] = beta1 * state["exp_avg"] + (1 - beta1) * grad
            state["exp_avg_sq"] = beta2 * state["exp_avg_sq"] + (1 - beta2) * grad * grad
            denom = np.sqrt(state["exp_avg_sq"]) / math.sqrt(bias_correction2) + group["eps"]
            step_size = group["lr"] / bias_correction1
            p += -step_size * state["exp_avg"] / denom


def update(params, grads, state):
    """params and grads are lists of arrays; returns the new params and the new state."""
    optimizer = AdamW(params, grads, state)
    optimizer.step()
    return optimizer.params, optimizer.state


def repaired_update(params, grads, state):
    optimizer = AdamWLater(params, grads, state)
    optimizer.step()
    return optimizer.params, optimizer.state
