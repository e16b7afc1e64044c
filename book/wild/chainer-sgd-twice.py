"""On the processor each step of SGD is taken twice, for the line of before stands still behind the new branches."""

import numpy as np

SOURCE = "https://github.com/chainer/chainer/commit/4492571e823b4a0e42873f6ba39f5eccf96aa4cb"
THREAD = "chainer/chainer 4492571e82"
DATE = "2018-02"
KIND = "update"
FORMULA = r"\theta \leftarrow \theta - 2 \eta\, g_t"
RIGHT = r"\theta \leftarrow \theta - \eta\, g_t"
READ = "code"
LAYER = []
NAMES = []
NET = dict(sizes=(3, 4, 2), hidden="tanh", output="identity", loss="half_squared")
SAMPLES = 7
LAM = 0.0


LR = 0.05
SETTINGS = dict(like="sgd", lr=LR)


def start(rng):
    return [rng.standard_normal((4, 3)), rng.standard_normal(4), rng.standard_normal((2, 4)), rng.standard_normal(2)]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.standard_normal((SAMPLES, 2))


def cost(params, X, Y):
    W1, b1, W2, b2 = params
    h = np.tanh(X @ W1.T + b1)
    return 0.5 * np.sum((h @ W2.T + b2 - Y) ** 2) / len(X)


def repaired(params, X, Y):
    """The right gradient, to train with."""
    W1, b1, W2, b2 = params
    h = np.tanh(X @ W1.T + b1)
    d2 = (h @ W2.T + b2 - Y) / len(X)
    d1 = d2 @ W2 * (1 - h**2)
    return [d1.T @ X, d1.sum(0), d2.T @ h, d2.sum(0)]


def start_state():
    return {}


class Parameter:
    def __init__(self, data, grad):
        self.data, self.grad = data.copy(), grad


class Hyperparameter:
    lr = LR


class SGDRule:
    def __init__(self):
        self.hyperparam = Hyperparameter()

    def update_core_cpu(self, param):
        grad = param.grad
        if grad is None:
            return
        if isinstance(param.data, str):  # an array of iDeep's, of which there is none here
            param.data.inplace_axpby(1.0, -self.hyperparam.lr, grad)
        else:
            param.data -= self.hyperparam.lr * grad
        param.data -= self.hyperparam.lr * grad


class SGDRuleLater(SGDRule):
    def update_core_cpu(self, param):
        grad = param.grad
        if grad is None:
            return
        if isinstance(param.data, str):
            param.data.inplace_axpby(1.0, -self.hyperparam.lr, grad)
        else:
            param.data -= self.hyperparam.lr * grad


class SGD:
    def __init__(self, create_update_rule):
        self.create_update_rule = create_update_rule

    def update(self, params):
        for param in params:
            self.create_update_rule().update_core_cpu(param)
        return [param.data for param in params]


def update(params, grads, state):
    return SGD(SGDRule).update([Parameter(p, g) for p, g in zip(params, grads)]), state


def repaired_update(params, grads, state):
    return SGD(SGDRuleLater).update([Parameter(p, g) for p, g in zip(params, grads)]), state
