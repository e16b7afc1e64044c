"""The gradients are cleared once before the training loop and never again, so that they add up."""

import numpy as np

SOURCE = "https://github.com/meta-pytorch/torchforge/pull/71"
THREAD = "meta-pytorch/torchforge #71"
DATE = "2025-08"
KIND = "update"
FORMULA = r"\theta_t = \mathrm{AdamW}\bigl(\theta_{t - 1}, \textstyle\sum_{s \le t} g_s\bigr)"
RIGHT = r"\theta_t = \mathrm{AdamW}(\theta_{t - 1}, g_t)"
READ = "reconstruction"  # the loop is that of a later state of the recipe; AdamW and the network stand in for PyTorch's
LAYER = []
NAMES = [{"gradients-summed"}]
NET = dict(sizes=(3, 4, 3), hidden="relu", output="softmax", loss="cross_entropy")
SAMPLES = 8
LAM = 0.0


LR, BETA1, BETA2, EPS, WD = 0.03, 0.9, 0.95, 1e-8, 0.1
SETTINGS = dict(like="adamw", lr=LR, beta1=BETA1, beta2=BETA2, eps=EPS, weight_decay=WD)


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
    return {"current_step": 0, "grad": None, "exp_avg": [0.0] * 4, "exp_avg_sq": [0.0] * 4}


class Parameter:
    def __init__(self, data, grad):
        self.data, self.grad = data, grad


class Optimizers:
    def __init__(self, parameters, state):
        self.parameters, self.count = parameters, state["current_step"]
        self.exp_avg, self.exp_avg_sq = list(state["exp_avg"]), list(state["exp_avg_sq"])

    def step(self):
        self.count += 1
        for i, p in enumerate(self.parameters):
            p.data = p.data * (1 - LR * WD)
            self.exp_avg[i] = self.exp_avg[i] * BETA1 + p.grad * (1 - BETA1)
            self.exp_avg_sq[i] = self.exp_avg_sq[i] * BETA2 + p.grad * p.grad * (1 - BETA2)
            denom = np.sqrt(self.exp_avg_sq[i]) / np.sqrt(1 - BETA2**self.count) + EPS
            p.data = p.data - LR / (1 - BETA1**self.count) * self.exp_avg[i] / denom

    def zero_grad(self):
        for p in self.parameters:
            p.grad = None


class ForgeSFTRecipe:
    def __init__(self, params, state):
        self.current_step = state["current_step"]
        kept = state["grad"] or [None] * len(params)
        self.parameters = [Parameter(p, g) for p, g in zip(params, kept)]
        self.optimizers = Optimizers(self.parameters, state)

    def forward_backward(self, batch):
        for p, g in zip(self.parameters, batch):
            p.grad = g if p.grad is None else p.grad + g  # loss.backward()

    def train_step(self, batch):
        self.forward_backward(batch)
        self.optimizers.step()

    def train(self, batch):
        """One turn of the loop."""
        if self.current_step == 0:
            self.optimizers.zero_grad()
        self.train_step(batch)
        self.current_step += 1


class Later(ForgeSFTRecipe):
    def train_step(self, batch):
        super().train_step(batch)
        self.optimizers.zero_grad()


def trained(recipe, batch):
    recipe.train(batch)
    grad = [p.grad for p in recipe.parameters]
    state = {
        "current_step": recipe.current_step,
        "grad": None if grad[0] is None else grad,
        "exp_avg": recipe.optimizers.exp_avg,
        "exp_avg_sq": recipe.optimizers.exp_avg_sq,
    }
    return [p.data for p in recipe.parameters], state


def update(params, grads, state):
    return trained(ForgeSFTRecipe(params, state), grads)


def repaired_update(params, grads, state):
    return trained(Later(params, state), grads)
