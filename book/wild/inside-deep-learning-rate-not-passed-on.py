"""The function that trains simple networks takes a learning rate and gives the optimiser one thousandth."""

import numpy as np

SOURCE = "https://github.com/EdwardRaff/Inside-Deep-Learning/issues/8"
THREAD = "EdwardRaff/Inside-Deep-Learning #8, PR #9"
DATE = "2023-03"
KIND = "update"
FORMULA = r"\theta \leftarrow \theta - 0.001\, g"
RIGHT = r"\theta \leftarrow \theta - \eta\, g"
READ = "code"
LAYER = []
NAMES = []
NET = dict(sizes=(3, 4, 2), hidden="tanh", output="identity", loss="half_squared")
SAMPLES = 7
LAM = 0.0


LR = 0.1
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
    def __init__(self, data):
        self.data, self.grad = data, None


class SGD:
    """PyTorch's."""

    def __init__(self, parameters, lr):
        self.param_groups = [{"params": parameters, "lr": lr}]

    def step(self):
        for group in self.param_groups:
            for p in group["params"]:
                p.data = p.data - group["lr"] * p.grad

    def zero_grad(self):
        for group in self.param_groups:
            for p in group["params"]:
                p.grad = None


def run_epoch(model, optimizer, data_loader):
    for batch in data_loader:
        for p, g in zip(model, batch):
            p.grad = g  # loss.backward()
        optimizer.step()
        optimizer.zero_grad()


def train_simple_network(model, train_loader, epochs=50, lr=0.001):
    """Train simple neural networks; a loader gives the gradients of its batches here."""
    # SGD is Stochastic Gradient Decent.
    optimizer = SGD(model, lr=0.001)
    for _ in range(epochs):
        run_epoch(model, optimizer, train_loader)


def train_simple_network_later(model, train_loader, epochs=50, lr=0.001):
    optimizer = SGD(model, lr=lr)
    for _ in range(epochs):
        run_epoch(model, optimizer, train_loader)


def update(params, grads, state):
    model = [Parameter(p) for p in params]
    train_simple_network(model, [grads], epochs=1, lr=LR)
    return [p.data for p in model], state


def repaired_update(params, grads, state):
    model = [Parameter(p) for p in params]
    train_simple_network_later(model, [grads], epochs=1, lr=LR)
    return [p.data for p in model], state
