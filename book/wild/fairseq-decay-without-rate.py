"""Adam with decoupled decay takes the whole share of the decay off the weights, also where the rate is small."""

import numpy as np

SOURCE = "https://github.com/facebookresearch/fairseq/commit/9a951216"
THREAD = "facebookresearch/fairseq 9a951216 (ee36a6f3, #182)"
DATE = "2018-02"
KIND = "update"
FORMULA = r"\theta \leftarrow \theta (1 - \lambda) - \eta\, \hat m_t / (\sqrt{\hat v_t} + \epsilon)"
RIGHT = r"\theta \leftarrow \theta (1 - \eta \lambda) - \eta\, \hat m_t / (\sqrt{\hat v_t} + \epsilon)"
READ = "code"
LAYER = []
NAMES = [{"decay-without-rate"}]
NET = dict(sizes=(3, 4, 3), hidden="tanh", output="softmax", loss="cross_entropy")
SAMPLES = 8
LAM = 0.0


LR, BETAS, EPS, WEIGHT_DECAY = 0.02, (0.9, 0.98), 1e-8, 0.05
SETTINGS = dict(like="adamw", lr=LR, beta1=BETAS[0], beta2=BETAS[1], eps=EPS, weight_decay=WEIGHT_DECAY)


def start(rng):
    return [rng.standard_normal((4, 3)), rng.standard_normal(4), rng.standard_normal((3, 4)), rng.standard_normal(3)]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), np.eye(3)[rng.integers(0, 3, SAMPLES)]


def forward(params, X):
    h = np.tanh(X @ params[0].T + params[1])
    e = np.exp(h @ params[2].T + params[3])
    return h, e / e.sum(1, keepdims=True)


def cost(params, X, Y):
    return -np.sum(Y * np.log(forward(params, X)[1])) / len(X)


def repaired(params, X, Y):
    """The right gradient, to train with."""
    h, p = forward(params, X)
    d2 = (p - Y) / len(X)
    d1 = d2 @ params[2] * (1 - h**2)
    return [d1.T @ X, d1.sum(0), d2.T @ h, d2.sum(0)]


class Parameter:
    def __init__(self, data, grad):
        self.data, self.grad = data.copy(), grad


class Adam:
    def __init__(self, params, state, lr, betas, eps, weight_decay):
        self.param_groups = [dict(params=params, lr=lr, betas=betas, eps=eps, weight_decay=weight_decay)]
        self.state = state

    def decay(self, p, group):
        p.data += -group["weight_decay"] * p.data

    def step(self):
        for group in self.param_groups:
            for i, p in enumerate(group["params"]):
                grad = p.grad
                state = self.state[i]

                # State initialization
                if len(state) == 0:
                    state["step"] = 0
                    # Exponential moving average of gradient values
                    state["exp_avg"] = np.zeros_like(p.data)
                    # Exponential moving average of squared gradient values
                    state["exp_avg_sq"] = np.zeros_like(p.data)

                exp_avg, exp_avg_sq = state["exp_avg"], state["exp_avg_sq"]
                beta1, beta2 = group["betas"]

                state["step"] += 1

                # Decay the first and second moment running average coefficient
                exp_avg *= beta1
                exp_avg += (1 - beta1) * grad
                exp_avg_sq *= beta2
                exp_avg_sq += (1 - beta2) * grad * grad
                denom = np.sqrt(exp_avg_sq) + group["eps"]

                bias_correction1 = 1 - beta1 ** state["step"]
                bias_correction2 = 1 - beta2 ** state["step"]
                step_size = group["lr"] * np.sqrt(bias_correction2) / bias_correction1

                if group["weight_decay"] != 0:
                    self.decay(p, group)

                p.data += -step_size * exp_avg / denom


class AdamMended(Adam):
    def decay(self, p, group):
        p.data += -group["weight_decay"] * group["lr"] * p.data


def train_step(kind, params, grads, state):
    kept = [{name: np.copy(value)[()] for name, value in s.items()} for s in state]
    ps = [Parameter(p, g) for p, g in zip(params, grads)]
    optimizer = kind(ps, kept, lr=LR, betas=BETAS, eps=EPS, weight_decay=WEIGHT_DECAY)
    optimizer.step()
    return [p.data for p in ps], optimizer.state


def start_state():
    return [{}, {}, {}, {}]


def update(params, grads, state):
    return train_step(Adam, params, grads, state)


def repaired_update(params, grads, state):
    return train_step(AdamMended, params, grads, state)
