"""RMSProp adds the new mean of squares to the old one, where it should take the old one's place."""

import numpy as np

SOURCE = "https://github.com/neuronika/neuronika/commit/2afee9e"
THREAD = "neuronika/neuronika 2afee9e"
DATE = "2021-10"
KIND = "update"
FORMULA = r"v_t = (1 + \alpha)\, v_{t-1} + (1 - \alpha)\, g_t^2"
RIGHT = r"v_t = \alpha v_{t-1} + (1 - \alpha)\, g_t^2"
READ = "code"
LAYER = []
NAMES = []
NET = dict(sizes=(3, 4, 2), hidden="tanh", output="identity", loss="half_squared")
SAMPLES = 7
LAM = 0.0
LR, ALPHA, EPS = 0.01, 0.99, 1e-8
SETTINGS = dict(like="rmsprop", lr=LR, beta2=ALPHA, eps=EPS)


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
    return {"square_avg": None}


class NoPenalty:
    def penalize(self, data):
        return 0.0


class RMSPropParam:
    def __init__(self, data, grad, square_avg):
        self.data, self.grad = data.copy(), grad
        self.square_avg = np.zeros_like(grad) if square_avg is None else square_avg.copy()


class RMSProp:
    def __init__(self, params, lr, alpha, penalty, eps):
        self.params, self.lr, self.alpha, self.penalty, self.eps = params, lr, alpha, penalty, eps

    def step(self):
        for param in self.params:
            p_grad = param.grad + self.penalty.penalize(param.data)
            param.square_avg += param.square_avg * self.alpha + p_grad * p_grad * (1.0 - self.alpha)
            param.data += -p_grad / (np.sqrt(param.square_avg) + self.eps) * self.lr


class RMSPropLater(RMSProp):
    def step(self):
        for param in self.params:
            p_grad = param.grad + self.penalty.penalize(param.data)
            param.square_avg = param.square_avg * self.alpha + p_grad * p_grad * (1.0 - self.alpha)
            param.data += -p_grad / (np.sqrt(param.square_avg) + self.eps) * self.lr


def take_step(optimizer, params, grads, state):
    square_avgs = state["square_avg"] or [None] * len(params)
    owned = [RMSPropParam(p, g, s) for p, g, s in zip(params, grads, square_avgs)]
    optimizer(owned, LR, ALPHA, NoPenalty(), EPS).step()
    return [param.data for param in owned], {"square_avg": [param.square_avg for param in owned]}


def update(params, grads, state):
    return take_step(RMSProp, params, grads, state)


def repaired_update(params, grads, state):
    return take_step(RMSPropLater, params, grads, state)
