"""A small AdamW divides its running means without correcting them for their start at zero."""

import numpy as np

SOURCE = "https://github.com/EurekaLabsAI/micrograd/pull/2"
THREAD = "EurekaLabsAI/micrograd #2"
DATE = "2024-07"
KIND = "update"
FORMULA = r"\theta \leftarrow \theta - \eta \Bigl(\frac{m_t}{\sqrt{v_t} + \epsilon} + \lambda \theta\Bigr)"
RIGHT = (
    r"\theta \leftarrow \theta - \eta \Bigl(\frac{\hat m_t}{\sqrt{\hat v_t} + \epsilon} + \lambda \theta\Bigr),\; "
    r"\hat m_t = m_t / (1 - \beta_1^t),\; \hat v_t = v_t / (1 - \beta_2^t)"
)
READ = "reconstruction"  # the repaired program was read, the earlier one follows from the thread
LAYER = []
NAMES = [{"no-bias-correction"}]
NET = dict(sizes=(2, 4, 3), hidden="tanh", output="softmax", loss="cross_entropy")
SAMPLES = 7
LAM = 0.0

LR, BETA1, BETA2, EPS, WD = 1e-1, 0.9, 0.95, 1e-8, 1e-4
SETTINGS = dict(like="adamw", lr=LR, beta1=BETA1, beta2=BETA2, eps=EPS, weight_decay=WD)


def start(rng):
    return [rng.standard_normal((2, 4)), np.zeros(4), rng.standard_normal((4, 3)), np.zeros(3)]


def data(rng):
    return rng.standard_normal((SAMPLES, 2)), np.eye(3)[rng.integers(0, 3, SAMPLES)]


def probabilities(params, X):
    W1, b1, W2, b2 = params
    h = np.tanh(X @ W1 + b1)
    ex = np.exp(h @ W2 + b2)
    return h, ex / ex.sum(1, keepdims=True)


def cost(params, X, Y):
    return -np.sum(Y * np.log(probabilities(params, X)[1])) / len(X)


def repaired(params, X, Y):
    """The right gradient, to train with."""
    h, probs = probabilities(params, X)
    d2 = (probs - Y) / len(X)
    d1 = d2 @ params[2].T * (1 - h**2)
    return [X.T @ d1, d1.sum(0), h.T @ d2, d2.sum(0)]


def start_state():
    return {"t": 0, "m": None, "v": None}


class AdamW:
    right = False

    def __init__(self, params, grads, state):
        self.params, self.grads, self.t = [p.copy() for p in params], grads, state["t"]
        self.m = list(state["m"] or [np.zeros_like(p) for p in params])
        self.v = list(state["v"] or [np.zeros_like(p) for p in params])

    def step(self):
        self.t += 1
        for i in range(len(self.params)):
            self.m[i] = BETA1 * self.m[i] + (1 - BETA1) * self.grads[i]
            self.v[i] = BETA2 * self.v[i] + (1 - BETA2) * self.grads[i] ** 2
            if self.right:
                m_hat = self.m[i] / (1 - BETA1**self.t)
                v_hat = self.v[i] / (1 - BETA2**self.t)
            else:
                m_hat, v_hat = self.m[i], self.v[i]
            self.params[i] -= LR * (m_hat / (v_hat**0.5 + EPS) + WD * self.params[i])

    def state(self):
        return {"t": self.t, "m": self.m, "v": self.v}


class AdamWLater(AdamW):
    right = True


def update(params, grads, state, kind=AdamW):
    optimizer = kind(params, grads, state)
    optimizer.step()
    return optimizer.params, optimizer.state()


def repaired_update(params, grads, state):
    return update(params, grads, state, AdamWLater)
