"""Gradients are summed over the batch, and the optimisers are given the rate undivided by the batch's size."""

import numpy as np

SOURCE = "https://github.com/josephjaspers/blackcat_tensors/commit/7f93daa8"
THREAD = "josephjaspers/blackcat_tensors 7f93daa8"
DATE = "2019-12"
KIND = "update"
FORMULA = (
    r"v \leftarrow \alpha v - \eta\, m\, g,\; \theta \leftarrow \theta + v,\; "
    r"m \text{ samples in the batch, } g \text{ the mean of their gradients}"
)
RIGHT = r"v \leftarrow \alpha v - \eta\, g,\; \theta \leftarrow \theta + v"
READ = "code"
LAYER = []
NAMES = []
NET = dict(sizes=(3, 4, 3), hidden="tanh", output="softmax", loss="cross_entropy")
SAMPLES = 7
LAM = 0.0


LEARNING_RATE, ALPHA = 0.03, 0.9
SETTINGS = dict(like="momentum", lr=LEARNING_RATE, momentum=ALPHA)


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
    return {"w": [0.0] * 2, "b": [0.0] * 2}


class Momentum:
    alpha = ALPHA
    learning_rate = 0.003

    def __init__(self, momentum):
        self.momentum = momentum

    def update(self, tensor, delta):
        self.momentum = self.alpha * self.momentum + delta * self.learning_rate
        return tensor + self.momentum

    def set_learning_rate(self, lr):
        self.learning_rate = lr


class LayerBase:
    def set_batch_size(self, sz):
        self.m_batch_sz = sz

    def set_learning_rate(self, lr):
        self.m_learning_rate = lr

    def get_batched_learning_rate(self):
        return self.m_learning_rate / self.m_batch_sz


class FeedForward(LayerBase):
    def __init__(self, w, b, w_momentum, b_momentum):
        self.w, self.b = w, b
        self.w_opt, self.b_opt = Momentum(w_momentum), Momentum(b_momentum)
        self.w_gradients, self.b_gradients = np.zeros_like(w), np.zeros_like(b)

    def back_propagation(self, w_mean, b_mean):
        """Takes off what the samples of the batch give, one and all."""
        self.w_gradients -= w_mean * self.m_batch_sz
        self.b_gradients -= b_mean * self.m_batch_sz

    def set_learning_rate(self, lr):
        super().set_learning_rate(lr)
        self.w_opt.set_learning_rate(lr)
        self.b_opt.set_learning_rate(lr)

    def update_weights(self):
        self.w = self.w_opt.update(self.w, self.w_gradients)
        self.b = self.b_opt.update(self.b, self.b_gradients)


class FeedForwardLater(FeedForward):
    def set_learning_rate(self, lr):
        super().set_learning_rate(lr)
        self.w_opt.set_learning_rate(self.get_batched_learning_rate())
        self.b_opt.set_learning_rate(self.get_batched_learning_rate())


def step(kind, params, grads, state):
    layers = [kind(*params[2 * i : 2 * i + 2], state["w"][i], state["b"][i]) for i in range(2)]
    new = []
    for i, layer in enumerate(layers):
        layer.set_batch_size(SAMPLES)
        layer.set_learning_rate(LEARNING_RATE)
        layer.back_propagation(*grads[2 * i : 2 * i + 2])
        layer.update_weights()
        new += [layer.w, layer.b]
    return new, {"w": [x.w_opt.momentum for x in layers], "b": [x.b_opt.momentum for x in layers]}


def update(params, grads, state):
    return step(FeedForward, params, grads, state)


def repaired_update(params, grads, state):
    return step(FeedForwardLater, params, grads, state)
