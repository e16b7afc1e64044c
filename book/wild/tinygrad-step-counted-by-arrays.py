"""The count of steps is raised within the loop over the parameters, once for each of them."""

import numpy as np

SOURCE = "https://github.com/tinygrad/tinygrad/commit/fc6f355c6a"
THREAD = "tinygrad/tinygrad fc6f355c6a"
DATE = "2020-10"
KIND = "update"
FORMULA = (
    r"\hat m_t^{(k)} = m_t^{(k)} / (1 - \beta_1^{K (t - 1) + k}),\; "
    r"\hat v_t^{(k)} = v_t^{(k)} / (1 - \beta_2^{K (t - 1) + k}),\; k = 1 \ldots K \text{ the arrays}"
)
RIGHT = r"\hat m_t = m_t / (1 - \beta_1^t),\; \hat v_t = v_t / (1 - \beta_2^t)"
READ = "code"
LAYER = []
NAMES = [{"step-count-per-array"}]
NET = None  # without thresholds, and the weights are of inputs by outputs
BLOCKS = ["l1[1]", "l2[2]"]
SAMPLES = 9
LAM = 0.0


LR, B1, B2, EPS = 0.02, 0.9, 0.999, 1e-8
SETTINGS = dict(like="adam", lr=LR, beta1=B1, beta2=B2, eps=EPS)


def start(rng):
    return [rng.standard_normal((4, 5)), rng.standard_normal((5, 3))]


def data(rng):
    return rng.standard_normal((SAMPLES, 4)), np.eye(3)[rng.integers(0, 3, SAMPLES)]


def forward(params, X):
    l1, l2 = params
    z = X @ l1
    h = np.where(z.real > 0, z, 0)
    out = h @ l2
    return h, out - np.log(np.sum(np.exp(out), 1, keepdims=True))


def cost(params, X, Y):
    """The mean of the outputs times a target of minus the number of classes."""
    return np.mean(forward(params, X)[1] * (-3.0 * Y))


def repaired(params, X, Y):
    """The right gradient, to train with."""
    h, out = forward(params, X)
    d2 = (np.exp(out) - Y) / len(X)
    d1 = d2 @ params[1].T * (h > 0)
    return [X.T @ d1, h.T @ d2]


class Tensor:
    def __init__(self, data, grad):
        self.data, self.grad = data, grad


class Optimizer:
    def __init__(self, params):
        self.params = params


class Adam(Optimizer):
    def __init__(self, params, lr=0.001, b1=0.9, b2=0.999, eps=1e-8):
        super().__init__(params)
        self.lr = lr
        self.b1 = b1
        self.b2 = b2
        self.eps = eps
        self.t = 0

        self.m = [np.zeros_like(t.data) for t in self.params]
        self.v = [np.zeros_like(t.data) for t in self.params]

    def step(self):
        for i, t in enumerate(self.params):
            self.t += 1
            self.m[i] = self.b1 * self.m[i] + (1 - self.b1) * t.grad
            self.v[i] = self.b2 * self.v[i] + (1 - self.b2) * np.square(t.grad)
            mhat = self.m[i] / (1.0 - self.b1**self.t)
            vhat = self.v[i] / (1.0 - self.b2**self.t)
            t.data -= self.lr * mhat / (np.sqrt(vhat) + self.eps)


class AdamMended(Adam):
    def step(self):
        self.t += 1
        for i, t in enumerate(self.params):
            self.m[i] = self.b1 * self.m[i] + (1 - self.b1) * t.grad
            self.v[i] = self.b2 * self.v[i] + (1 - self.b2) * np.square(t.grad)
            mhat = self.m[i] / (1.0 - self.b1**self.t)
            vhat = self.v[i] / (1.0 - self.b2**self.t)
            t.data -= self.lr * mhat / (np.sqrt(vhat) + self.eps)


def stepped(kind, params, grads, state):
    tensors = [Tensor(p.copy(), g) for p, g in zip(params, grads)]
    optim = kind(tensors, LR, B1, B2, EPS)
    if state["t"] > 0:
        optim.t, optim.m, optim.v = state["t"], list(state["m"]), list(state["v"])
    optim.step()
    return [t.data for t in tensors], {"t": optim.t, "m": optim.m, "v": optim.v}


def start_state():
    return {"t": 0, "m": [], "v": []}


def update(params, grads, state):
    return stepped(Adam, params, grads, state)


def repaired_update(params, grads, state):
    return stepped(AdamMended, params, grads, state)
