"""The trainer clears the gradients after the backward pass and before the optimiser's step, which finds none."""

import numpy as np

SOURCE = "https://github.com/lucidrains/byol-pytorch/issues/93"
THREAD = "lucidrains/byol-pytorch #93, 0c3ab54"
DATE = "2024-07"
KIND = "update"
FORMULA = r"\theta \leftarrow \theta \text{, since no array has a gradient}"
RIGHT = r"\theta \leftarrow \theta - \eta\, \hat m_t / (\sqrt{\hat v_t} + \epsilon)"
READ = "code"  # PyTorch's Adam is written out, and the network is a small one
LAYER = []
NAMES = [{"nothing-changed"}]
NET = dict(sizes=(3, 4, 2), hidden="tanh", output="identity", loss="half_squared")
SAMPLES = 8
LAM = 0.0


LR, BETAS, EPS = 0.01, (0.9, 0.999), 1e-8
SETTINGS = dict(like="adam", lr=LR, beta1=BETAS[0], beta2=BETAS[1], eps=EPS)


def start(rng):
    return [rng.standard_normal((4, 3)), rng.standard_normal(4), rng.standard_normal((2, 4)), rng.standard_normal(2)]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.standard_normal((SAMPLES, 2))


def forward(params, X):
    W1, b1, W2, b2 = params
    h = np.tanh(X @ W1.T + b1)
    return h, h @ W2.T + b2


def cost(params, X, Y):
    return 0.5 * np.sum((forward(params, X)[1] - Y) ** 2) / len(X)


def repaired(params, X, Y):
    """The right gradient, to train with."""
    h, a = forward(params, X)
    d2 = (a - Y) / len(X)
    d1 = d2 @ params[2] * (1 - h**2)
    return [d1.T @ X, d1.sum(0), d2.T @ h, d2.sum(0)]


def start_state():
    return {}


class Parameter:
    def __init__(self, data):
        self.data, self.grad = data, None


class Adam:
    def __init__(self, parameters, lr, state):
        self.parameters, self.lr, self.state = parameters, lr, dict(state)

    def zero_grad(self, set_to_none=True):
        for p in self.parameters:
            p.grad = None if set_to_none else np.zeros_like(p.data)

    def step(self):
        for i, p in enumerate(self.parameters):
            if p.grad is None:
                continue
            step, exp_avg, exp_avg_sq = self.state.get(i, (0, 0.0, 0.0))
            step += 1
            exp_avg = BETAS[0] * exp_avg + (1 - BETAS[0]) * p.grad
            exp_avg_sq = BETAS[1] * exp_avg_sq + (1 - BETAS[1]) * p.grad**2
            denom = np.sqrt(exp_avg_sq) / np.sqrt(1 - BETAS[1] ** step) + EPS
            p.data = p.data - self.lr / (1 - BETAS[0] ** step) * exp_avg / denom
            self.state[i] = step, exp_avg, exp_avg_sq


class BYOLTrainer:
    def __init__(self, params, state):
        self.parameters = [Parameter(p) for p in params]
        self.optimizer = Adam(self.parameters, lr=LR, state=state)

    def backward(self, grads):
        for p, g in zip(self.parameters, grads):
            p.grad = g if p.grad is None else p.grad + g

    def forward(self, grads):
        self.backward(grads)

        self.optimizer.zero_grad()
        self.optimizer.step()


class BYOLTrainerLater(BYOLTrainer):
    def forward(self, grads):
        self.backward(grads)

        self.optimizer.step()
        self.optimizer.zero_grad()


def stepped(trainer, grads):
    trainer.forward(grads)
    return [p.data for p in trainer.parameters], trainer.optimizer.state


def update(params, grads, state):
    return stepped(BYOLTrainer(params, state), grads)


def repaired_update(params, grads, state):
    return stepped(BYOLTrainerLater(params, state), grads)
