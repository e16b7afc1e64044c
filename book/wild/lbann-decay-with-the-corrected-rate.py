"""AdamW multiplies its weight decay by the rate with both bias corrections in it, instead of the rate alone."""

import numpy as np

SOURCE = "https://github.com/LLNL/lbann/commit/5413a13c1"
THREAD = "LLNL/lbann 5413a13c1"
DATE = "2023-09"
KIND = "update"
FORMULA = (
    r"\theta \leftarrow \theta - \eta \tfrac{\sqrt{1 - \beta_2^t}}{1 - \beta_1^t} "
    r"\bigl(m_t / (\sqrt{v_t} + \epsilon) + \lambda \theta\bigr)"
)
RIGHT = (
    r"\theta \leftarrow \theta - \eta \tfrac{\sqrt{1 - \beta_2^t}}{1 - \beta_1^t}\, m_t / (\sqrt{v_t} + \epsilon) "
    r"- \eta \lambda \theta"
)
READ = "code"
LAYER = []
NAMES = []
NET = dict(sizes=(3, 4, 2), hidden="leaky_relu", output="softmax", loss="cross_entropy")
SAMPLES = 8
LAM = 0.0

LEARNING_RATE, BETA1, BETA2, EPS, ADAMW_WEIGHT_DECAY = 0.05, 0.9, 0.99, 1e-10, 0.5
SETTINGS = dict(like="adamw", lr=LEARNING_RATE, beta1=BETA1, beta2=BETA2, eps=EPS, weight_decay=ADAMW_WEIGHT_DECAY)


def start(rng):
    """Weights are units by inputs, and samples columns."""
    return [
        rng.standard_normal((4, 3)),
        rng.standard_normal((4, 1)),
        rng.standard_normal((2, 4)),
        rng.standard_normal((2, 1)),
    ]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), np.eye(2)[rng.integers(0, 2, SAMPLES)]


def forward(params, X):
    W1, b1, W2, b2 = params
    z = W1 @ X.T + b1
    h = np.where(z.real > 0, z, 0.01 * z)
    e = np.exp(W2 @ h + b2)
    return z, h, e / e.sum(0)


def cost(params, X, Y):
    return -np.sum(Y.T * np.log(forward(params, X)[2])) / len(X)


def repaired(params, X, Y):
    """The right gradient, to train with."""
    z, h, p = forward(params, X)
    d2 = (p - Y.T) / len(X)
    d1 = params[2].T @ d2 * np.where(z > 0, 1.0, 0.01)
    return [d1 @ X, d1.sum(1, keepdims=True), d2 @ h.T, d2.sum(1, keepdims=True)]


def start_state():
    return {"optimizers": [None] * 4}


class Adam:
    """One optimizer for each weights object; the CPU's contiguous case."""

    m_beta1, m_beta2, m_eps, m_adamw_weight_decay = BETA1, BETA2, EPS, ADAMW_WEIGHT_DECAY

    def __init__(self, shape, state):
        if state is None:
            state = 1.0, 1.0, np.zeros(shape), np.zeros(shape)
        self.m_current_beta1, self.m_current_beta2 = state[:2]
        self.m_moment1, self.m_moment2 = state[2].copy(), state[3].copy()

    def get_learning_rate(self):
        return LEARNING_RATE

    def step_compute(self, values, gradient):
        one = 1.0

        # Precompute the bias correction and learning rate.
        self.m_current_beta1 *= self.m_beta1
        self.m_current_beta2 *= self.m_beta2
        correction = self.get_learning_rate() * (np.sqrt(one - self.m_current_beta2) / (one - self.m_current_beta1))

        self.step_compute_cpu(values, gradient, correction)

    def step_compute_cpu(self, values, gradient, correction):
        one = 1.0
        lr = self.get_learning_rate()

        values_buffer, gradient_buffer = values.reshape(-1), gradient.reshape(-1)
        moment1_buffer, moment2_buffer = self.m_moment1.reshape(-1), self.m_moment2.reshape(-1)

        # Update with contiguous data
        local_size = len(values_buffer)
        for i in range(local_size):
            x = values_buffer[i]
            g = gradient_buffer[i] + self.m_eps  # Avoid denormalized floats
            if np.isinf(g) or np.isnan(g):
                continue
            m1 = moment1_buffer[i] = self.m_beta1 * moment1_buffer[i] + (one - self.m_beta1) * g
            m2 = moment2_buffer[i] = self.m_beta2 * moment2_buffer[i] + (one - self.m_beta2) * g * g
            values_buffer[i] -= self.change(x, m1, m2, correction, lr)

    def change(self, x, m1, m2, correction, lr):
        return correction * (m1 / (np.sqrt(m2) + self.m_eps) + self.m_adamw_weight_decay * x)


class AdamMended(Adam):
    def change(self, x, m1, m2, correction, lr):
        return correction * (m1 / (np.sqrt(m2) + self.m_eps)) + lr * self.m_adamw_weight_decay * x


def step(adam, params, grads, state):
    new, kept = [], []
    for values, gradient, before in zip(params, grads, state["optimizers"]):
        new.append(values.copy())
        opt = adam(values.shape, before)
        opt.step_compute(new[-1], np.ascontiguousarray(gradient))
        kept.append((opt.m_current_beta1, opt.m_current_beta2, opt.m_moment1, opt.m_moment2))
    return new, {"optimizers": kept}


def update(params, grads, state):
    return step(Adam, params, grads, state)


def repaired_update(params, grads, state):
    return step(AdamMended, params, grads, state)
