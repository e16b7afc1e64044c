"""Adam's powers of beta begin as the first and are multiplied before each step, so that a step uses the next."""

import numpy as np

SOURCE = "https://github.com/tiny-dnn/tiny-dnn/pull/824"
THREAD = "tiny-dnn/tiny-dnn PR #824, 5249ac75"
DATE = "2017-07"
KIND = "update"
FORMULA = r"\hat m_t = m_t / (1 - \beta_1^{t+1}),\; \hat v_t = v_t / (1 - \beta_2^{t+1})"
RIGHT = r"\hat m_t = m_t / (1 - \beta_1^t),\; \hat v_t = v_t / (1 - \beta_2^t)"
READ = "code"  # the author's epsilon stands under the root
LAYER = []
NAMES = []
NET = dict(sizes=(3, 4, 2), hidden="tanh", output="identity", loss="half_squared")
SAMPLES = 7
LAM = 0.0

ALPHA, B1, B2, EPS = 0.01, 0.9, 0.999, 1e-8
SETTINGS = dict(like="adam", lr=ALPHA, beta1=B1, beta2=B2, eps=EPS)


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


class StatefulOptimizer:
    """Keeps two arrays for each array of weights."""

    def __init__(self):
        self.E = {}

    def get(self, key, W):
        return self.E.setdefault(key, (np.zeros_like(W), np.zeros_like(W)))


class Adam(StatefulOptimizer):
    def __init__(self):
        super().__init__()
        self.b1_t, self.b2_t = B1, B2

    def before_update(self):
        self.b1_t *= B1
        self.b2_t *= B2

    def after_update(self):
        pass

    def update(self, dW, W):
        """All arrays in a round, each from one of the network's layers."""
        self.before_update()
        new = []
        for i, (dw, w) in enumerate(zip(dW, W)):
            mt, vt = self.get(i, w)
            mt = B1 * mt + (1 - B1) * dw
            vt = B2 * vt + (1 - B2) * dw * dw
            self.E[i] = mt, vt
            new.append(w - ALPHA * (mt / (1 - self.b1_t)) / np.sqrt((vt / (1 - self.b2_t)) + EPS))
        self.after_update()
        return new


class AdamLater(Adam):
    def before_update(self):
        pass

    def after_update(self):
        self.b1_t *= B1
        self.b2_t *= B2


def start_state():
    return {"E": {}, "powers": (B1, B2)}


def step(adam, params, grads, state):
    adam.E = dict(state["E"])
    adam.b1_t, adam.b2_t = state["powers"]
    new = adam.update(grads, params)
    return new, {"E": adam.E, "powers": (adam.b1_t, adam.b2_t)}


def update(params, grads, state):
    return step(Adam(), params, grads, state)


def repaired_update(params, grads, state):
    return step(AdamLater(), params, grads, state)
