"""Adam with weight decay steps with its two moments as they are, without the correction for their start at zero."""

import numpy as np

SOURCE = "https://github.com/google-research/bert/issues/153"
THREAD = "google-research/bert #153"
DATE = "2018-11"
KIND = "update"
FORMULA = r"\theta \leftarrow \theta - \eta \bigl(m_t / (\sqrt{v_t} + \epsilon) + \lambda \theta\bigr)"
RIGHT = (
    r"\theta \leftarrow \theta - \eta \bigl(\hat m_t / (\sqrt{\hat v_t} + \epsilon) + \lambda \theta\bigr),\; "
    r"\hat m_t = m_t / (1 - \beta_1^t),\; \hat v_t = v_t / (1 - \beta_2^t)"
)
READ = "code"
LAYER = []
NAMES = [{"no-bias-correction"}]
NET = dict(sizes=(3, 4, 2), hidden="tanh", output="softmax", loss="cross_entropy")
SAMPLES = 8
LAM = 0.0


LR, WD = 0.01, 0.01
SETTINGS = dict(like="adamw", lr=LR, beta1=0.9, beta2=0.999, eps=1e-6, weight_decay=WD)


def start(rng):
    return {
        "dense/kernel:0": rng.standard_normal((3, 4)),
        "dense/bias:0": rng.standard_normal(4),
        "output/kernel:0": rng.standard_normal((4, 2)),
        "output/bias:0": rng.standard_normal(2),
    }


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), np.eye(2)[rng.integers(0, 2, SAMPLES)]


def forward(params, X):
    h = np.tanh(X @ params["dense/kernel:0"] + params["dense/bias:0"])
    e = np.exp(h @ params["output/kernel:0"] + params["output/bias:0"])
    return h, e / e.sum(1, keepdims=True)


def cost(params, X, Y):
    return -np.sum(Y * np.log(forward(params, X)[1])) / len(X)


def repaired(params, X, Y):
    """The right gradient, to train with."""
    h, p = forward(params, X)
    d2 = (p - Y) / len(X)
    d1 = d2 @ params["output/kernel:0"].T * (1 - h**2)
    return {
        "dense/kernel:0": X.T @ d1,
        "dense/bias:0": d1.sum(0),
        "output/kernel:0": h.T @ d2,
        "output/bias:0": d2.sum(0),
    }


def start_state():
    return {"step": 0}


class AdamWeightDecayOptimizer:
    def __init__(self, learning_rate, weight_decay_rate=0.0, beta_1=0.9, beta_2=0.999, epsilon=1e-6, right=False):
        self.learning_rate = learning_rate
        self.weight_decay_rate = weight_decay_rate
        self.beta_1 = beta_1
        self.beta_2 = beta_2
        self.epsilon = epsilon
        self.right = right

    def apply_gradients(self, grads, params, variables):
        new, assigned = {}, {"step": variables["step"] + 1}
        for name, param in params.items():
            grad = grads[name]
            param_name = name.split(":")[0]
            m = variables.get(param_name + "/adam_m", np.zeros_like(param))
            v = variables.get(param_name + "/adam_v", np.zeros_like(param))

            next_m = self.beta_1 * m + (1.0 - self.beta_1) * grad
            next_v = self.beta_2 * v + (1.0 - self.beta_2) * np.square(grad)

            if self.right:
                m_hat = next_m / (1.0 - self.beta_1 ** assigned["step"])
                v_hat = next_v / (1.0 - self.beta_2 ** assigned["step"])
                update = m_hat / (np.sqrt(v_hat) + self.epsilon)
            else:
                update = next_m / (np.sqrt(next_v) + self.epsilon)

            if self.weight_decay_rate:
                update += self.weight_decay_rate * param

            update_with_lr = self.learning_rate * update
            new[name] = param - update_with_lr
            assigned[param_name + "/adam_m"] = next_m
            assigned[param_name + "/adam_v"] = next_v
        return new, assigned


def update(params, grads, state):
    return AdamWeightDecayOptimizer(LR, WD).apply_gradients(grads, params, state)


def repaired_update(params, grads, state):
    return AdamWeightDecayOptimizer(LR, WD, right=True).apply_gradients(grads, params, state)
