"""The scalar loop of a CPU's AdamW multiplies the momentum by itself, and each tensor's step raises the powers."""

import numpy as np

SOURCE = "https://github.com/deepspeedai/DeepSpeed/pull/503"
THREAD = "deepspeedai/DeepSpeed #503, 7d4d742"
DATE = "2020-11"
KIND = "update"
FORMULA = (
    r"m_t = \beta_1 m_{t-1}^2 + (1 - \beta_1) g_t,\; "
    r"\hat m_t^{(k)} = m_t^{(k)} / (1 - \beta_1^{K (t - 1) + k}),\; "
    r"\hat v_t^{(k)} = v_t^{(k)} / (1 - \beta_2^{K (t - 1) + k})"
)
RIGHT = (
    r"m_t = \beta_1 m_{t-1} + (1 - \beta_1) g_t,\; "
    r"\hat m_t^{(k)} = m_t^{(k)} / (1 - \beta_1^t),\; \hat v_t^{(k)} = v_t^{(k)} / (1 - \beta_2^t),\; k = 1 \ldots K"
)
READ = "code"
LAYER = []
NAMES = []
NET = dict(sizes=(3, 4, 2), hidden="tanh", output="identity", loss="half_squared")
SAMPLES = 7
LAM = 0.0


ALPHA, BETTA1, BETTA2, EPS, WEIGHT_DECAY = 0.02, 0.9, 0.999, 1e-8, 0.1
SETTINGS = dict(like="adamw", lr=ALPHA, beta1=BETTA1, beta2=BETTA2, eps=EPS, weight_decay=WEIGHT_DECAY)


def start(rng):
    return [rng.standard_normal((4, 3)), rng.standard_normal(4), rng.standard_normal((2, 4)), rng.standard_normal(2)]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.standard_normal((SAMPLES, 2))


def cost(params, X, Y):
    W1, b1, W2, b2 = params
    return 0.5 * np.sum((np.tanh(X @ W1.T + b1) @ W2.T + b2 - Y) ** 2) / len(X)


def repaired(params, X, Y):
    """The right gradient, to train with."""
    W1, b1, W2, b2 = params
    h = np.tanh(X @ W1.T + b1)
    d2 = (h @ W2.T + b2 - Y) / len(X)
    d1 = d2 @ W2 * (1 - h**2)
    return [d1.T @ X, d1.sum(0), d2.T @ h, d2.sum(0)]


def start_state():
    return {"_betta1_t": 1.0, "_betta2_t": 1.0, "_step": 0, "step": 0, "exp_avg": [0.0] * 4, "exp_avg_sq": [0.0] * 4}


class AdamOptimizer:
    """What is compiled without vector instructions."""

    _alpha, _betta1, _betta2, _eps, _weight_decay, _adamw_mode = ALPHA, BETTA1, BETTA2, EPS, WEIGHT_DECAY, True

    def __init__(self, state):
        self._betta1_t, self._betta2_t, self._step = state["_betta1_t"], state["_betta2_t"], state["_step"]

    def increment_step(self, step):
        self._betta1_t *= self._betta1
        self._betta2_t *= self._betta2

    def decayed(self, momentum):
        momentum *= momentum * self._betta1
        return momentum

    def step(self, _params, grads, _exp_avg, _exp_avg_sq, _param_size):
        betta1_minus1 = 1 - self._betta1
        betta2_minus1 = 1 - self._betta2

        bias_correction1 = 1 - self._betta1_t
        bias_correction2 = 1 / np.sqrt(1 - self._betta2_t)

        step_size = -1 * self._alpha / bias_correction1
        w_decay = -1 * self._alpha * self._weight_decay
        rounded_size = 0

        if _param_size > rounded_size:
            for k in range(rounded_size, _param_size):
                grad = grads[k]
                param = _params[k]
                momentum = _exp_avg[k]
                variance = _exp_avg_sq[k]
                if self._weight_decay > 0 and not self._adamw_mode:
                    grad = param * self._weight_decay + grad
                momentum = self.decayed(momentum)
                momentum = grad * betta1_minus1 + momentum

                variance = variance * self._betta2
                grad = grad * grad
                variance = grad * betta2_minus1 + variance

                grad = np.sqrt(variance)
                grad = grad * bias_correction2 + self._eps
                grad = momentum / grad
                if self._weight_decay > 0 and self._adamw_mode:
                    param += w_decay * param
                param = grad * step_size + param

                _params[k] = param
                _exp_avg[k] = momentum
                _exp_avg_sq[k] = variance


class AdamOptimizerFixed(AdamOptimizer):
    def increment_step(self, step):
        if self._step < step:
            self._step += 1
            if self._step != step:
                raise RuntimeError("Optimizer lost track of step count!")
            self._betta1_t *= self._betta1
            self._betta2_t *= self._betta2

    def decayed(self, momentum):
        momentum = momentum * self._betta1
        return momentum


def cpu_adam_step(kind, params, grads, state):
    opt, step = kind(state), state["step"] + 1
    new, exp_avgs, exp_avg_sqs = [], [], []
    for p, grad, exp_avg, exp_avg_sq in zip(params, grads, state["exp_avg"], state["exp_avg_sq"]):
        p = p.copy()
        exp_avg, exp_avg_sq = np.zeros_like(p) + exp_avg, np.zeros_like(p) + exp_avg_sq
        opt.increment_step(step)
        opt.step(p.reshape(-1), grad.ravel(), exp_avg.reshape(-1), exp_avg_sq.reshape(-1), p.size)
        new.append(p)
        exp_avgs.append(exp_avg)
        exp_avg_sqs.append(exp_avg_sq)
    kept = {"_betta1_t": opt._betta1_t, "_betta2_t": opt._betta2_t, "_step": opt._step, "step": step}
    return new, {**kept, "exp_avg": exp_avgs, "exp_avg_sq": exp_avg_sqs}


def update(params, grads, state):
    return cpu_adam_step(AdamOptimizer, params, grads, state)


def repaired_update(params, grads, state):
    return cpu_adam_step(AdamOptimizerFixed, params, grads, state)
