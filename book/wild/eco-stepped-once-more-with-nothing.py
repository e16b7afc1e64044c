"""The training loop steps once with the gradients and once more when they are cleared, with the momentum alone."""

import numpy as np

SOURCE = "https://github.com/mzolfaghari/ECO-pytorch/pull/1"
THREAD = "mzolfaghari/ECO-pytorch PR #1, 2b56902"
DATE = "2018-09"
KIND = "update"
FORMULA = (
    r"v = \mu v_{t-1} + g_t + \lambda \theta_t,\; \theta' = \theta_t - \eta\, v,\; "
    r"v_t = \mu v + \lambda \theta',\; \theta_{t+1} = \theta' - \eta\, v_t"
)
RIGHT = r"v_t = \mu v_{t-1} + g_t + \lambda \theta_t,\; \theta_{t+1} = \theta_t - \eta\, v_t"
READ = "code"
LAYER = []
NAMES = []
NET = dict(sizes=(3, 4, 3), hidden="relu", output="softmax", loss="cross_entropy")
SAMPLES = 8
LAM = 0.0

LR, MOMENTUM, WEIGHT_DECAY = 0.05, 0.9, 5e-4
ITER_SIZE, CLIP_GRADIENT = 1, None
SETTINGS = dict(like="momentum", lr=LR, momentum=MOMENTUM, weight_decay=WEIGHT_DECAY)


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


class Parameter:
    def __init__(self, data, grad):
        self.data, self.grad = data.copy(), grad.copy()


class SGD:
    def __init__(self, params, buffers, nesterov=False):
        self.params, self.buffers, self.nesterov = params, list(buffers), nesterov

    def step(self):
        for i, p in enumerate(self.params):
            d_p = p.grad + WEIGHT_DECAY * p.data
            buf = self.buffers[i]
            buf = d_p.copy() if buf is None else MOMENTUM * buf + d_p
            self.buffers[i] = buf
            d_p = d_p + MOMENTUM * buf if self.nesterov else buf
            p.data = p.data - LR * d_p

    def zero_grad(self):
        for p in self.params:
            p.grad = np.zeros_like(p.grad)


def clip_grad_norm_(params, max_norm):
    total_norm = np.sqrt(sum(np.sum(p.grad**2) for p in params))
    for p in params:
        p.grad = p.grad * min(1.0, max_norm / (total_norm + 1e-6))


def start_state():
    return {"i": 0, "buffers": [None] * 4}


def after_backward(optimizer, i):
    if i % ITER_SIZE == 0:
        # scale down gradients when iter size is functioning
        if ITER_SIZE != 1:
            for p in optimizer.params:
                p.grad = p.grad / ITER_SIZE

        if CLIP_GRADIENT is not None:
            clip_grad_norm_(optimizer.params, CLIP_GRADIENT)

        optimizer.step()
        optimizer.zero_grad()


def update(params, grads, state):
    """One batch; the loss went backward before."""
    optimizer = SGD([Parameter(p, g) for p, g in zip(params, grads)], state["buffers"])
    after_backward(optimizer, state["i"])

    if CLIP_GRADIENT is not None:
        clip_grad_norm_(optimizer.params, CLIP_GRADIENT)

    optimizer.step()
    return [p.data for p in optimizer.params], {"i": state["i"] + 1, "buffers": optimizer.buffers}


def repaired_update(params, grads, state):
    optimizer = SGD([Parameter(p, g) for p, g in zip(params, grads)], state["buffers"])
    after_backward(optimizer, state["i"])
    return [p.data for p in optimizer.params], {"i": state["i"] + 1, "buffers": optimizer.buffers}
