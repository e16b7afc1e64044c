"""Adam's time is one for the model and goes on with the call for each layer of weights and biases."""

import numpy as np

SOURCE = "https://github.com/mattn/tensai/pull/130"
THREAD = "mattn/tensai #130"
DATE = "2026-08"
KIND = "update"
FORMULA = (
    r"\hat m_t^{(l)} = m_t^{(l)} / (1 - \beta_1^{L (t - 1) + l}),\; "
    r"\hat v_t^{(l)} = v_t^{(l)} / (1 - \beta_2^{L (t - 1) + l}),\; l = 1 \ldots L"
)
RIGHT = r"\hat m_t = m_t / (1 - \beta_1^t),\; \hat v_t = v_t / (1 - \beta_2^t)"
READ = "code"
LAYER = []
NAMES = []
NET = dict(sizes=(3, 4, 3), hidden="tanh", output="softmax", loss="cross_entropy")
SAMPLES = 7
LAM = 0.0


LR, BETA1, BETA2, EPS = 0.05, 0.9, 0.999, 1e-8
SETTINGS = dict(like="adam", lr=LR, beta1=BETA1, beta2=BETA2, eps=EPS)


def start(rng):
    return [rng.standard_normal((4, 3)), rng.standard_normal(4), rng.standard_normal((3, 4)), rng.standard_normal(3)]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), np.eye(3)[rng.integers(0, 3, SAMPLES)]


def forward(params, X):
    W1, b1, W2, b2 = params
    z = X @ W1.T + b1
    h = np.tanh(z)
    e = np.exp(h @ W2.T + b2)
    return h, e / e.sum(1, keepdims=True)


def cost(params, X, Y):
    return -np.sum(Y * np.log(forward(params, X)[1])) / len(X)


def repaired(params, X, Y):
    """The right gradient, to train with."""
    h, p = forward(params, X)
    d2 = (p - Y) / len(X)
    d1 = d2 @ params[2] * (1 - h**2)
    return [d1.T @ X, d1.sum(0), d2.T @ h, d2.sum(0)]


def start_state():
    return {"t": 0, "ts": [0, 0], "mW": [None] * 2, "vW": [None] * 2, "mB": [None] * 2, "vB": [None] * 2}


def adamStepSlice(w, g, m, v, beta1, beta2, rc1, rc2, lr, eps, wd):
    m = g * (1 - beta1) + m * beta1
    v = g * g * (1 - beta2) + v * beta2
    update = m * rc1 / (np.sqrt(v * rc2) + eps)
    update = w * wd + update
    return w - update * lr, m, v


class Adam:
    """One for the model; each layer has its own buffers."""

    def __init__(self, state):
        self.LR, self.Beta1, self.Beta2, self.Eps, self.WeightDecay = LR, BETA1, BETA2, EPS, 0.0
        self.t = state["t"]
        self.mW, self.vW, self.mB, self.vB = [list(state[k]) for k in ("mW", "vW", "mB", "vB")]

    def count(self, idx):
        self.t += 1
        return self.t

    def Step(self, idx, weights, gradW, bias, gradB):
        if self.mW[idx] is None:
            self.mW[idx] = np.zeros_like(weights)
            self.vW[idx] = np.zeros_like(weights)
            self.mB[idx] = np.zeros_like(bias)
            self.vB[idx] = np.zeros_like(bias)
        t = self.count(idx)
        mW, vW, mB, vB = self.mW[idx], self.vW[idx], self.mB[idx], self.vB[idx]
        rc1 = 1 / (1 - self.Beta1**t)
        rc2 = 1 / (1 - self.Beta2**t)
        weights, self.mW[idx], self.vW[idx] = adamStepSlice(
            weights, gradW, mW, vW, self.Beta1, self.Beta2, rc1, rc2, self.LR, self.Eps, self.WeightDecay
        )
        bias, self.mB[idx], self.vB[idx] = adamStepSlice(
            bias, gradB, mB, vB, self.Beta1, self.Beta2, rc1, rc2, self.LR, self.Eps, 0
        )
        return weights, bias


class AdamLater(Adam):
    """A count of its own for each layer, which is raised once in a training step."""

    def __init__(self, state):
        super().__init__(state)
        self.ts = list(state["ts"])

    def count(self, idx):
        self.ts[idx] += 1
        return self.ts[idx]


def step(optimizer, params, grads, state):
    new = []
    for idx in range(2):
        new += optimizer.Step(idx, params[2 * idx], grads[2 * idx], params[2 * idx + 1], grads[2 * idx + 1])
    return new, {k: getattr(optimizer, k, state[k]) for k in state}


def update(params, grads, state):
    return step(Adam(state), params, grads, state)


def repaired_update(params, grads, state):
    return step(AdamLater(state), params, grads, state)
