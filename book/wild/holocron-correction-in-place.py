"""Rectified Adam corrects its running means in place, so that the corrections stay in them for all later steps."""

import numpy as np

SOURCE = "https://github.com/frgfm/Holocron/issues/1"
THREAD = "frgfm/Holocron #1, 928ac50e"
DATE = "2019-08"
KIND = "update"
FORMULA = (
    r"m_t = \frac{\beta_1 m_{t-1} + (1 - \beta_1) g_t}{1 - \beta_1^t},\; "
    r"v_t = \frac{\beta_2 v_{t-1} + (1 - \beta_2) g_t^2}{1 - \beta_2^t}"
)
RIGHT = (
    r"m_t = \beta_1 m_{t-1} + (1 - \beta_1) g_t,\; v_t = \beta_2 v_{t-1} + (1 - \beta_2) g_t^2,\; "
    r"\hat m_t = m_t / (1 - \beta_1^t),\; \hat v_t = v_t / (1 - \beta_2^t)"
)
READ = "code"
LAYER = []
NAMES = [{"correction-kept"}]
NET = dict(sizes=(3, 4, 2), hidden="tanh", output="identity", loss="half_squared")
SAMPLES = 7
LAM = 0.0

LR, BETA1, BETA2, EPS = 1e-3, 0.9, 0.999, 1e-8
# the repaired step is Adam with a rectification, and without the division as long as sma_t is at most 4
SETTINGS = dict(like="adam", lr=LR, beta1=BETA1, beta2=BETA2, eps=EPS)


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
    return {"step": 0, "exp_avg": None, "exp_avg_sq": None}


class RAdam:
    right = False

    def __init__(self, params, grads, state):
        self.params, self.grads = [p.copy() for p in params], grads
        self.step_count = state["step"]
        self.exp_avg = [a.copy() for a in state["exp_avg"] or [np.zeros_like(p) for p in params]]
        self.exp_avg_sq = [a.copy() for a in state["exp_avg_sq"] or [np.zeros_like(p) for p in params]]

    def step(self):
        self.step_count += 1
        sma_inf = 2 / (1 - BETA2) - 1
        for i, p in enumerate(self.params):
            exp_avg, exp_avg_sq, grad = self.exp_avg[i], self.exp_avg_sq[i], self.grads[i]
            exp_avg *= BETA1
            exp_avg += (1 - BETA1) * grad
            exp_avg_sq *= BETA2
            exp_avg_sq += (1 - BETA2) * grad * grad
            bias_correction1 = 1 - BETA1**self.step_count
            bias_correction2 = 1 - BETA2**self.step_count
            if self.right:
                exp_avg = exp_avg / bias_correction1
                exp_avg_sq = exp_avg_sq / bias_correction2
            else:
                exp_avg /= bias_correction1
                exp_avg_sq /= bias_correction2
            sma_t = sma_inf - 2 * self.step_count * (1 - bias_correction2) / bias_correction2
            update = np.zeros_like(p)
            if sma_t > 4:
                r_t = np.sqrt((sma_t - 4) * (sma_t - 2) * sma_inf / ((sma_inf - 4) * (sma_inf - 2) * sma_t))
                update += r_t * exp_avg / (np.sqrt(exp_avg_sq) + EPS)
            else:
                update += exp_avg
            p -= LR * update

    def state(self):
        return {"step": self.step_count, "exp_avg": self.exp_avg, "exp_avg_sq": self.exp_avg_sq}


class RAdamLater(RAdam):
    right = True


def update(params, grads, state, kind=RAdam):
    optimizer = kind(params, grads, state)
    optimizer.step()
    return optimizer.params, optimizer.state()


def repaired_update(params, grads, state):
    return update(params, grads, state, RAdamLater)
