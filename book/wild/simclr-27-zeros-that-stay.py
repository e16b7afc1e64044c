"""LARS asks for norms not below zero instead of above, so that parameters that start at zero stay there."""

import numpy as np

SOURCE = "https://github.com/Spijkervet/SimCLR/issues/27"
THREAD = "Spijkervet/SimCLR #27"
DATE = "2021-01"
KIND = "update"
FORMULA = (
    r"r = \eta_e \lVert \theta \rVert / \lVert g \rVert,\; v_t = \mu v_{t-1} + \eta\, r\, g_t,\; "
    r"\theta \leftarrow \theta - v_t"
)
RIGHT = r"r = 1 \text{ where } \lVert \theta \rVert = 0"
READ = "code"
LAYER = []
NAMES = []
NET = dict(sizes=(3, 4, 3), hidden="relu", output="softmax", loss="cross_entropy")
SAMPLES = 8
LAM = 0.0

LR, MOMENTUM, WEIGHT_DECAY, EETA = 0.2, 0.9, 0.0, 0.05  # the author's eeta is a thousandth
SETTINGS = dict(like="momentum", lr=LR, momentum=MOMENTUM)


def start(rng):
    """The biases begin at zero."""
    return [rng.standard_normal((4, 3)), np.zeros(4), rng.standard_normal((3, 4)), np.zeros(3)]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), np.eye(3)[rng.integers(0, 3, SAMPLES)]


def forward(params, X):
    W1, b1, W2, b2 = params
    z = X @ W1.T + b1
    h = z * (z.real > 0)
    e = np.exp(h @ W2.T + b2)
    return h, e / e.sum(1, keepdims=True)


def cost(params, X, Y):
    return -np.sum(Y * np.log(forward(params, X)[1])) / len(X)


def repaired(params, X, Y):
    """The right gradient, to train with."""
    h, p = forward(params, X)
    d2 = (p - Y) / len(X)
    d1 = d2 @ params[2] * (h > 0)
    return [d1.T @ X, d1.sum(0), d2.T @ h, d2.sum(0)]


class LARS:
    use_nesterov = False

    def __init__(self, params, state, lr, momentum=0.9, weight_decay=0.0, eeta=0.001):
        self.params = [p.copy() for p in params]
        self.state = [dict(s) for s in state]
        self.lr, self.momentum, self.weight_decay, self.eeta = lr, momentum, weight_decay, eeta

    def trust_ratio(self, w_norm, g_norm):
        if w_norm >= 0:
            if g_norm >= 0:
                return self.eeta * w_norm / g_norm
        return 1.0

    def step(self, grads):
        for i, p in enumerate(self.params):
            param_state = self.state[i]
            grad = grads[i] + self.weight_decay * p

            w_norm = np.linalg.norm(p)
            g_norm = np.linalg.norm(grad)
            scaled_lr = self.lr * self.trust_ratio(w_norm, g_norm)
            if "momentum_buffer" not in param_state:
                param_state["momentum_buffer"] = np.zeros_like(p)
            next_v = self.momentum * param_state["momentum_buffer"] + scaled_lr * grad
            param_state["momentum_buffer"] = next_v
            if self.use_nesterov:
                update = self.momentum * next_v + scaled_lr * grad
            else:
                update = next_v
            self.params[i] = p - update
        return self.params, self.state


class LARSLater(LARS):
    def trust_ratio(self, w_norm, g_norm):
        if w_norm > 0:
            if g_norm > 0:
                return self.eeta * w_norm / g_norm
        return 1.0


def start_state():
    return [{}, {}, {}, {}]


def update(params, grads, state):
    return LARS(params, state, LR, MOMENTUM, WEIGHT_DECAY, EETA).step(grads)


def repaired_update(params, grads, state):
    return LARSLater(params, state, LR, MOMENTUM, WEIGHT_DECAY, EETA).step(grads)
