"""An Adam that several processes share has shared means, but each process counts its own steps alone."""

import numpy as np

SOURCE = "https://github.com/ikostrikov/pytorch-a3c/issues/12"
THREAD = "ikostrikov/pytorch-a3c #12, 5d9b07d"
DATE = "2017-03"
KIND = "update"
FORMULA = (
    r"\hat m_t = m_t / (1 - \beta_1^{\lceil t / 2 \rceil}),\; \hat v_t = v_t / (1 - \beta_2^{\lceil t / 2 \rceil})"
    r"\text{ with two processes in turn}"
)
RIGHT = r"\hat m_t = m_t / (1 - \beta_1^t),\; \hat v_t = v_t / (1 - \beta_2^t)"
READ = "code"
LAYER = []
NAMES = []
NET = dict(sizes=(3, 4, 2), hidden="tanh", output="identity", loss="half_squared")
SAMPLES = 7
LAM = 0.0
PROCESSES = 2
LR, BETA1, BETA2, EPS, WD = 0.01, 0.9, 0.999, 1e-8, 0.0
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
    """The processes take turns; what is not shared is kept for each of them."""
    return {"turn": 0, "step": [0] * PROCESSES, "shared_step": 0, "exp_avg": None, "exp_avg_sq": None}


class SharedAdam:
    def __init__(self, params, state):
        self.params = [p.copy() for p in params]
        self.exp_avg = list(state["exp_avg"] or [np.zeros_like(p) for p in params])
        self.exp_avg_sq = list(state["exp_avg_sq"] or [np.zeros_like(p) for p in params])

    def step(self, grads, step):
        """Returns the count of steps."""
        step += 1
        for i, grad in enumerate(grads):
            if WD != 0:
                grad = grad + WD * self.params[i]
            self.exp_avg[i] = self.exp_avg[i] * BETA1 + (1 - BETA1) * grad
            self.exp_avg_sq[i] = self.exp_avg_sq[i] * BETA2 + (1 - BETA2) * grad * grad
            denom = np.sqrt(self.exp_avg_sq[i]) + EPS
            bias_correction1 = 1 - BETA1**step
            bias_correction2 = 1 - BETA2**step
            step_size = LR * np.sqrt(bias_correction2) / bias_correction1
            self.params[i] = self.params[i] - step_size * self.exp_avg[i] / denom
        return step


def update(params, grads, state):
    """One step of the process whose turn it is."""
    optimizer = SharedAdam(params, state)
    rank, steps = state["turn"], list(state["step"])
    steps[rank] = optimizer.step(grads, steps[rank])
    new = dict(state, turn=(rank + 1) % PROCESSES, step=steps)
    return optimizer.params, dict(new, exp_avg=optimizer.exp_avg, exp_avg_sq=optimizer.exp_avg_sq)


def repaired_update(params, grads, state):
    optimizer = SharedAdam(params, state)
    shared_step = optimizer.step(grads, state["shared_step"])
    new = dict(state, turn=(state["turn"] + 1) % PROCESSES, shared_step=shared_step)
    return optimizer.params, dict(new, exp_avg=optimizer.exp_avg, exp_avg_sq=optimizer.exp_avg_sq)
