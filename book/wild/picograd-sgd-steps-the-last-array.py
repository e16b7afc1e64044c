"""The step of SGD stands behind the loop over the parameters, so that only the last array moves."""

import numpy as np

SOURCE = "https://github.com/pAplakidis/picograd/commit/fbd6326"
THREAD = "pAplakidis/picograd fbd6326"
DATE = "2025-10"
KIND = "update"
FORMULA = r"p_K \leftarrow p_K - \eta\, g_K \text{ for the last array } K \text{ alone}"
RIGHT = r"p_k \leftarrow p_k - \eta\, g_k,\; k = 1 \ldots K"
READ = "code"
LAYER = []
NAMES = []
NET = dict(sizes=(3, 4, 3), hidden="relu", output="softmax", loss="cross_entropy")
SAMPLES = 8
LAM = 0.0


LR = 0.1
SETTINGS = dict(like="sgd", lr=LR)


def start(rng):
    return [rng.standard_normal((4, 3)), rng.standard_normal(4), rng.standard_normal((3, 4)), rng.standard_normal(3)]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), np.eye(3)[rng.integers(0, 3, SAMPLES)]


def forward(params, X):
    W1, b1, W2, b2 = params
    z = X @ W1.T + b1
    h = np.where(z.real > 0, z, 0)
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


def start_state():
    return {}


class Tensor:
    def __init__(self, data, grad):
        self.data, self.grad = data, grad


class Optim:
    def __init__(self, params, lr=0.001):
        self.params = [p for p in params if isinstance(p, Tensor)]
        self.lr = lr


class SGD(Optim):
    def step(self):
        for p in self.params:
            if getattr(p, "grad", None) is None:
                continue
        p.data -= self.lr * p.grad


class SGDLater(Optim):
    def step(self):
        for p in self.params:
            if getattr(p, "grad", None) is None:
                continue
            p.data -= self.lr * p.grad


def stepped(cls, params, grads):
    tensors = [Tensor(p.copy(), g) for p, g in zip(params, grads)]
    cls(tensors, lr=LR).step()
    return [t.data for t in tensors]


def update(params, grads, state):
    return stepped(SGD, params, grads), state


def repaired_update(params, grads, state):
    return stepped(SGDLater, params, grads), state
