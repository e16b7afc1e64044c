"""An optimiser whose momentum is given as zero takes neither the step with momentum nor the plain one."""

import numpy as np

SOURCE = "https://github.com/apache/singa/commit/6d4539ee"
THREAD = "apache/singa 6d4539ee"
DATE = "2016-08"
KIND = "update"
FORMULA = r"\theta \leftarrow \theta \text{ where } \mu = 0 \text{ is set}"
RIGHT = r"\theta \leftarrow \theta - \eta\, g"
READ = "code"
LAYER = []
NAMES = [{"nothing-changed"}]
NET = dict(sizes=(3, 4, 3), hidden="sigmoid", output="softmax", loss="cross_entropy")
SAMPLES = 8
LAM = 0.0


LR, MOMENTUM = 0.1, 0.0
SETTINGS = dict(like="sgd", lr=LR)


def start(rng):
    return {
        "ip1_weight": rng.standard_normal((4, 3)),
        "ip1_bias": rng.standard_normal(4),
        "ip2_weight": rng.standard_normal((3, 4)),
        "ip2_bias": rng.standard_normal(3),
    }


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), np.eye(3)[rng.integers(0, 3, SAMPLES)]


def forward(params, X):
    h = 1 / (1 + np.exp(-(X @ params["ip1_weight"].T + params["ip1_bias"])))
    e = np.exp(h @ params["ip2_weight"].T + params["ip2_bias"])
    return h, e / e.sum(1, keepdims=True)


def cost(params, X, Y):
    return -np.sum(Y * np.log(forward(params, X)[1])) / len(X)


def repaired(params, X, Y):
    """The right gradient, to train with."""
    h, p = forward(params, X)
    d2 = (p - Y) / len(X)
    d1 = d2 @ params["ip2_weight"] * h * (1 - h)
    return {"ip1_weight": d1.T @ X, "ip1_bias": d1.sum(0), "ip2_weight": d2.T @ h, "ip2_bias": d2.sum(0)}


def start_state():
    return {"step": 0, "history_gradient": {}}


def axpy(alpha, x, y):
    y += alpha * x


class SGD:
    def __init__(self, history_gradient):
        self.momentum_generator = None
        self.history_gradient = history_gradient

    def setup(self, conf):
        if "momentum" in conf:
            m = conf["momentum"]
            self.momentum_generator = lambda step: m

    def apply(self, step, lr, name, grad, value):
        if self.momentum_generator:
            mom = self.momentum_generator(step)
            if mom != 0:
                if name not in self.history_gradient:
                    self.history_gradient[name] = np.zeros_like(value)
                history = self.history_gradient[name]
                history *= mom
                axpy(lr, grad, history)
                value -= history
                return
        else:
            axpy(-lr, grad, value)


class SGDMended(SGD):
    def apply(self, step, lr, name, grad, value):
        if self.momentum_generator:
            mom = self.momentum_generator(step)
            if mom != 0:
                if name not in self.history_gradient:
                    self.history_gradient[name] = np.zeros_like(value)
                history = self.history_gradient[name]
                history *= mom
                axpy(lr, grad, history)
                value -= history
                return
        axpy(-lr, grad, value)


def train_one_batch(params, grads, state, optimizer):
    opt = optimizer({name: h.copy() for name, h in state["history_gradient"].items()})
    opt.setup({"momentum": MOMENTUM})
    values = {name: p.copy() for name, p in params.items()}
    for name in values:
        opt.apply(state["step"], LR, name, grads[name], values[name])
    return values, {"step": state["step"] + 1, "history_gradient": opt.history_gradient}


def update(params, grads, state):
    return train_one_batch(params, grads, state, SGD)


def repaired_update(params, grads, state):
    return train_one_batch(params, grads, state, SGDMended)
