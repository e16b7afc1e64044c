"""The norm of the gradient is clipped only when the optimizer has stepped, and the next batch clears it."""

import numpy as np

SOURCE = "https://github.com/awslabs/graphstorm/issues/1366"
THREAD = "awslabs/graphstorm #1366"
DATE = "2025-12"
KIND = "update"
FORMULA = r"\theta \leftarrow \mathrm{Adam}(\theta, g)"
RIGHT = r"\theta \leftarrow \mathrm{Adam}(\theta, g \min(1, c / \lVert g \rVert))"
READ = "code"
LAYER = []
NAMES = []
NET = dict(sizes=(3, 4, 3), hidden="relu", output="softmax", loss="cross_entropy")
SAMPLES = 8
LAM = 0.0

LR, BETA1, BETA2, EPS = 0.01, 0.9, 0.999, 1e-8
MAX_GRAD_NORM, GRAD_NORM_TYPE = 0.05, 2.0
SETTINGS = dict(like="adam", lr=LR, beta1=BETA1, beta2=BETA2, eps=EPS, clip_norm=MAX_GRAD_NORM)


def start(rng):
    return [rng.standard_normal((4, 3)), rng.standard_normal(4), rng.standard_normal((3, 4)), rng.standard_normal(3)]


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


class Model:
    def __init__(self, params):
        self.data = [p.copy() for p in params]
        self.grad = [np.zeros_like(p) for p in params]

    def backward(self, grads):
        for mine, g in zip(self.grad, grads):
            mine += g


class Adam:
    def __init__(self, model, state):
        self.model, self.t = model, state["t"]
        self.m = [m.copy() for m in state["m"]] or [np.zeros_like(p) for p in model.data]
        self.v = [v.copy() for v in state["v"]] or [np.zeros_like(p) for p in model.data]

    def zero_grad(self):
        for g in self.model.grad:
            g[...] = 0

    def step(self):
        self.t += 1
        for p, g, m, v in zip(self.model.data, self.model.grad, self.m, self.v):
            m += (1 - BETA1) * (g - m)
            v += (1 - BETA2) * (g * g - v)
            denom = np.sqrt(v) / np.sqrt(1 - BETA2**self.t) + EPS
            p -= LR / (1 - BETA1**self.t) * m / denom

    def state_dict(self):
        return {"t": self.t, "m": self.m, "v": self.v}


def clip_grad_norm_(model, max_norm, norm_type):
    total_norm = sum(np.sum(np.abs(g) ** norm_type) for g in model.grad) ** (1 / norm_type)
    clip_coef = max_norm / (total_norm + 1e-6)
    if clip_coef < 1:
        for g in model.grad:
            g *= clip_coef


def start_state():
    return {"t": 0, "m": [], "v": []}


def update(params, grads, state):
    """One batch of the trainer."""
    model = Model(params)
    optimizer = Adam(model, state)
    optimizer.zero_grad()
    model.backward(grads)
    optimizer.step()

    if MAX_GRAD_NORM is not None:
        clip_grad_norm_(model, MAX_GRAD_NORM, GRAD_NORM_TYPE)
    return model.data, optimizer.state_dict()


def repaired_update(params, grads, state):
    model = Model(params)
    optimizer = Adam(model, state)
    optimizer.zero_grad()
    model.backward(grads)

    if MAX_GRAD_NORM is not None:
        clip_grad_norm_(model, MAX_GRAD_NORM, GRAD_NORM_TYPE)
    optimizer.step()
    return model.data, optimizer.state_dict()
