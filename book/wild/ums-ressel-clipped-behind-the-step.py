"""The gradients are clipped after the step has been made of them, and cleared then."""

import numpy as np

SOURCE = "https://github.com/taesunwhang/UMS-ResSel/issues/3"
THREAD = "taesunwhang/UMS-ResSel #3, 825214d"
DATE = "2021-01"
KIND = "update"
FORMULA = r"\theta \leftarrow \mathrm{Adam}(\theta, g)"
RIGHT = r"\theta \leftarrow \mathrm{Adam}(\theta, g \min(1, c / \lVert g \rVert))"
READ = "code"  # of the training loop; its Adam is PyTorch's, and its models are large
LAYER = []
NAMES = [{"clip-missing"}]
NET = dict(sizes=(3, 4, 3), hidden="tanh", output="softmax", loss="cross_entropy")
SAMPLES = 7
LAM = 0.0


LR, BETA1, BETA2, EPS, MAX_GRADIENT_NORM = 0.05, 0.9, 0.999, 1e-8, 0.3
SETTINGS = dict(like="adam", lr=LR, beta1=BETA1, beta2=BETA2, eps=EPS, clip_norm=MAX_GRADIENT_NORM)


def start(rng):
    return [rng.standard_normal((4, 3)), rng.standard_normal(4), rng.standard_normal((3, 4)), rng.standard_normal(3)]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), np.eye(3)[rng.integers(0, 3, SAMPLES)]


def forward(params, X):
    W1, b1, W2, b2 = params
    z = X @ W1.T + b1
    h = np.tanh(z)
    e = np.exp(h @ W2.T + b2)
    return h, e / e.sum(1, keepdims=True)


def cost(params, X, Y):
    return -np.sum(Y * np.log(forward(params, X)[1])) / len(X)


def repaired(params, X, Y):
    """The right gradient, to train with."""
    h, p = forward(params, X)
    d2 = (p - Y) / len(X)
    d1 = d2 @ params[2] * (1 - h**2)
    return [d1.T @ X, d1.sum(0), d2.T @ h, d2.sum(0)]


def start_state():
    return {"step": 0, "exp_avg": [0.0] * 4, "exp_avg_sq": [0.0] * 4}


class Parameter:
    def __init__(self, data):
        self.data, self.grad = data, None


def clip_grad_norm_(parameters, max_norm):
    total_norm = np.sqrt(sum(np.sum(p.grad**2) for p in parameters))
    clip_coef = max_norm / (total_norm + 1e-6)
    for p in parameters:
        p.grad = p.grad * min(clip_coef, 1.0)
    return total_norm


class Adam:
    def __init__(self, parameters, state):
        self.parameters, self.count = parameters, state["step"]
        self.exp_avg, self.exp_avg_sq = list(state["exp_avg"]), list(state["exp_avg_sq"])

    def step(self):
        self.count += 1
        for i, p in enumerate(self.parameters):
            self.exp_avg[i] = self.exp_avg[i] * BETA1 + p.grad * (1 - BETA1)
            self.exp_avg_sq[i] = self.exp_avg_sq[i] * BETA2 + p.grad * p.grad * (1 - BETA2)
            denom = np.sqrt(self.exp_avg_sq[i]) / np.sqrt(1 - BETA2**self.count) + EPS
            p.data = p.data - LR / (1 - BETA1**self.count) * self.exp_avg[i] / denom

    def zero_grad(self):
        for p in self.parameters:
            p.grad = None


def trained(params, grads, state, right):
    """What the loop does when a virtual batch is full."""
    parameters = [Parameter(p) for p in params]
    optimizer = Adam(parameters, state)
    for p, g in zip(parameters, grads):
        p.grad = g  # loss.backward()

    if right:
        clip_grad_norm_(parameters, MAX_GRADIENT_NORM)
    optimizer.step()

    if not right:
        clip_grad_norm_(parameters, MAX_GRADIENT_NORM)
    optimizer.zero_grad()
    state = {"step": optimizer.count, "exp_avg": optimizer.exp_avg, "exp_avg_sq": optimizer.exp_avg_sq}
    return [p.data for p in parameters], state


def update(params, grads, state):
    return trained(params, grads, state, right=False)


def repaired_update(params, grads, state):
    return trained(params, grads, state, right=True)
