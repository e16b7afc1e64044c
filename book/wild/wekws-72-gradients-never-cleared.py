"""The executor never clears the gradients, so that each step is with the clipped sum of all so far."""

import numpy as np

SOURCE = "https://github.com/wenet-e2e/wekws/pull/73"
THREAD = "wenet-e2e/wekws #72, PR #73, 141d407"
DATE = "2022-05"
KIND = "update"
FORMULA = r"s_t = \mathrm{clip}(s_{t-1} + g_t),\; \theta \leftarrow \mathrm{Adam}(\theta, s_t)"
RIGHT = r"\theta \leftarrow \mathrm{Adam}(\theta, \mathrm{clip}(g_t))"
READ = "code"
LAYER = []
NAMES = []
NET = dict(sizes=(3, 4, 3), hidden="relu", output="softmax", loss="cross_entropy")
SAMPLES = 8
LAM = 0.0

LR, BETAS, EPS = 0.01, (0.9, 0.999), 1e-8
GRAD_CLIP = 50.0
SETTINGS = dict(like="adam", lr=LR, beta1=BETAS[0], beta2=BETAS[1], eps=EPS, clip_norm=GRAD_CLIP)


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
    def __init__(self, data):
        self.data, self.grad = data.copy(), None


class Adam:
    def __init__(self, parameters):
        self.parameters, self.steps = parameters, 0
        self.exp_avg = [np.zeros_like(p.data) for p in parameters]
        self.exp_avg_sq = [np.zeros_like(p.data) for p in parameters]

    def zero_grad(self):
        for p in self.parameters:
            p.grad = None

    def step(self):
        self.steps += 1
        for i, p in enumerate(self.parameters):
            self.exp_avg[i] = BETAS[0] * self.exp_avg[i] + (1 - BETAS[0]) * p.grad
            self.exp_avg_sq[i] = BETAS[1] * self.exp_avg_sq[i] + (1 - BETAS[1]) * p.grad**2
            denom = np.sqrt(self.exp_avg_sq[i] / (1 - BETAS[1] ** self.steps)) + EPS
            p.data = p.data - LR * (self.exp_avg[i] / (1 - BETAS[0] ** self.steps)) / denom


def clip_grad_norm_(parameters, clip):
    grad_norm = np.sqrt(sum(np.sum(p.grad**2) for p in parameters))
    for p in parameters:
        p.grad = p.grad * min(1.0, clip / (grad_norm + 1e-6))
    return grad_norm


class Executor:
    clears = False

    def train(self, optimizer, grads):
        """One batch; the gradients of its loss are handed in."""
        if self.clears:
            optimizer.zero_grad()
        for p, g in zip(optimizer.parameters, grads):  # the loss goes backward
            p.grad = g.copy() if p.grad is None else p.grad + g
        grad_norm = clip_grad_norm_(optimizer.parameters, GRAD_CLIP)
        if np.isfinite(grad_norm):
            optimizer.step()


class ExecutorLater(Executor):
    clears = True


def start_state():
    return None


def step(executor, params, grads, state):
    """What stays of a batch is what the optimizer and the parameters hold."""
    optimizer = Adam([Parameter(p) for p in params])
    if state is not None:
        optimizer.steps, optimizer.exp_avg, optimizer.exp_avg_sq = state["steps"], [*state["m"]], [*state["v"]]
        for p, kept in zip(optimizer.parameters, state["grad"]):
            p.grad = kept
    executor.train(optimizer, grads)
    kept = [p.grad for p in optimizer.parameters]
    new = {"steps": optimizer.steps, "m": optimizer.exp_avg, "v": optimizer.exp_avg_sq, "grad": kept}
    return [p.data for p in optimizer.parameters], new


def update(params, grads, state):
    return step(Executor(), params, grads, state)


def repaired_update(params, grads, state):
    return step(ExecutorLater(), params, grads, state)
