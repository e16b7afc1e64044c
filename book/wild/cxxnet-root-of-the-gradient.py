"""The second mean of Adam is of the roots of the gradients, not of their squares, and no number below nought."""

import numpy as np

SOURCE = "https://github.com/dmlc/cxxnet/commit/94a77fa"
THREAD = "dmlc/cxxnet 94a77fa"
DATE = "2015-01"
KIND = "update"
FORMULA = r"v_t = \beta_2 v_{t-1} + (1 - \beta_2) \sqrt{g_t}"
RIGHT = r"v_t = \beta_2 v_{t-1} + (1 - \beta_2)\, g_t^2"
READ = "code"
LAYER = []
NAMES = []
NET = dict(sizes=(3, 5, 2), hidden="relu", output="softmax", loss="cross_entropy")
SAMPLES = 8
LAM = 0.0

BASE_LR, DECAY1, DECAY2, EPS = 0.02, 0.1, 0.001, 1e-8  # the decays are what the two means lose
SETTINGS = dict(like="adam", lr=BASE_LR, beta1=1 - DECAY1, beta2=1 - DECAY2, eps=EPS)


def start(rng):
    return [rng.standard_normal((5, 3)), rng.standard_normal(5), rng.standard_normal((2, 5)), rng.standard_normal(2)]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), np.eye(2)[rng.integers(0, 2, SAMPLES)]


def forward(params, X):
    wmat1, bias1, wmat2, bias2 = params
    z = X @ wmat1.T + bias1
    h = np.where(z.real > 0, z, 0)
    e = np.exp(h @ wmat2.T + bias2)
    return h, e / e.sum(1, keepdims=True)


def cost(params, X, Y):
    return -np.sum(Y * np.log(forward(params, X)[1])) / len(X)


def repaired(params, X, Y):
    """The right gradient, to train with."""
    h, p = forward(params, X)
    d2 = (p - Y) / len(X)
    d1 = d2 @ params[2] * (h > 0)
    return [d1.T @ X, d1.sum(0), d2.T @ h, d2.sum(0)]


class AdamUpdater:
    def __init__(self, w, m_w1, m_w2):
        self.w, self.m_w1, self.m_w2 = w, m_w1, m_w2

    def lr_t(self, epoch):
        fix1 = 1.0 - (1.0 - DECAY1) ** (epoch + 1)
        fix2 = 1.0 - (1.0 - DECAY2) ** (epoch + 1)
        return BASE_LR * np.sqrt(fix2) / fix1, EPS * np.sqrt(fix2)  # the author's ε stays as it is

    def means(self, grad):
        with np.errstate(invalid="ignore"):
            self.m_w1 = DECAY1 * grad + (1.0 - DECAY1) * self.m_w1
            self.m_w2 = DECAY2 * np.sqrt(grad) + (1.0 - DECAY2) * self.m_w2

    def apply_update(self, epoch, grad):
        lr_t, eps = self.lr_t(epoch)
        self.means(grad)
        with np.errstate(invalid="ignore"):
            self.w = self.w - lr_t * (self.m_w1 / (np.sqrt(self.m_w2) + eps))


class AdamUpdaterLater(AdamUpdater):
    def means(self, grad):
        self.m_w1 = self.m_w1 + DECAY1 * (grad - self.m_w1)
        self.m_w2 = self.m_w2 + DECAY2 * (np.square(grad) - self.m_w2)


def start_state():
    return {"epoch": 0, "m_w1": None, "m_w2": None}


def step(updater, params, grads, state):
    new, m_w1, m_w2 = [], [], []
    zeros = [np.zeros_like(p) for p in params]
    for w, dw, a, b in zip(params, grads, state["m_w1"] or zeros, state["m_w2"] or zeros):
        each = updater(w, a, b)
        each.apply_update(state["epoch"], dw)
        new.append(each.w)
        m_w1.append(each.m_w1)
        m_w2.append(each.m_w2)
    return new, {"epoch": state["epoch"] + 1, "m_w1": m_w1, "m_w2": m_w2}


def update(params, grads, state):
    return step(AdamUpdater, params, grads, state)


def repaired_update(params, grads, state):
    return step(AdamUpdaterLater, params, grads, state)
