"""Adam counts a step for each of its arrays, so that the corrections fade from one array to the next."""

import numpy as np

SOURCE = "https://github.com/flashlight/flashlight/issues/143"
THREAD = "flashlight/flashlight #143, e62eb7ea"
DATE = "2020-07"
KIND = "update"
FORMULA = (
    r"\hat m_t^{(k)} = m_t^{(k)} / (1 - \beta_1^{K (t - 1) + k}),\; "
    r"\hat v_t^{(k)} = v_t^{(k)} / (1 - \beta_2^{K (t - 1) + k})"
)
RIGHT = r"\hat m_t = m_t / (1 - \beta_1^t),\; \hat v_t = v_t / (1 - \beta_2^t)"
READ = "code"
LAYER = []
NAMES = [{"step-count-per-array"}]
NET = dict(sizes=(3, 4, 2), hidden="tanh", output="identity", loss="half_squared")
SAMPLES = 7
LAM = 0.0


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
    return {"count": 0, "biased_first": None, "biased_second": None}


class AdamOptimizer:
    def __init__(self, params, grads, state):
        self.params, self.grads = [p.copy() for p in params], grads
        self.count = state["count"]
        self.biased_first = list(state["biased_first"] or [np.zeros_like(p) for p in params])
        self.biased_second = list(state["biased_second"] or [np.zeros_like(p) for p in params])

    def step(self):
        for i in range(len(self.params)):
            grad = self.grads[i]
            if WD != 0:
                self.params[i] = self.params[i] - WD * self.params[i]
            self.biased_first[i] = BETA1 * self.biased_first[i] + (1 - BETA1) * grad
            self.biased_second[i] = BETA2 * self.biased_second[i] + (1 - BETA2) * grad * grad
            self.count += 1
            corrected_bias1 = 1 - BETA1**self.count
            corrected_bias2 = 1 - BETA2**self.count
            corrected_lr = LR * np.sqrt(corrected_bias2) / corrected_bias1
            self.params[i] -= corrected_lr * self.biased_first[i] / (np.sqrt(self.biased_second[i]) + EPS)

    def state(self):
        return {"count": self.count, "biased_first": self.biased_first, "biased_second": self.biased_second}


class AdamOptimizerLater(AdamOptimizer):
    def step(self):
        self.count += 1
        corrected_bias1 = 1 - BETA1**self.count
        corrected_bias2 = 1 - BETA2**self.count
        corrected_lr = LR * np.sqrt(corrected_bias2) / corrected_bias1
        for i in range(len(self.params)):
            grad = self.grads[i]
            if WD != 0:
                self.params[i] = self.params[i] - WD * self.params[i]
            self.biased_first[i] = BETA1 * self.biased_first[i] + (1 - BETA1) * grad
            self.biased_second[i] = BETA2 * self.biased_second[i] + (1 - BETA2) * grad * grad
            self.params[i] -= corrected_lr * self.biased_first[i] / (np.sqrt(self.biased_second[i]) + EPS)


def update(params, grads, state):
    """params and grads are lists of arrays; returns the new params and the new state."""
    optimizer = AdamOptimizer(params, grads, state)
    optimizer.step()
    return optimizer.params, optimizer.state()


def repaired_update(params, grads, state):
    optimizer = AdamOptimizerLater(params, grads, state)
    optimizer.step()
    return optimizer.params, optimizer.state()
