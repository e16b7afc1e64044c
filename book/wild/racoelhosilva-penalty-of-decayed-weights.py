"""The penalty's part of the gradient is taken of weights that have been decayed already."""

import numpy as np

SOURCE = "https://github.com/racoelhosilva/NeuralNetwork-MNIST/commit/2f96885"
THREAD = "racoelhosilva/NeuralNetwork-MNIST 2f96885"
DATE = "2025-07"
KIND = "update"
FORMULA = (
    r"W' = W - \eta \delta W,\; v \leftarrow \mu v - \eta (\partial C / \partial W + \lambda_2 W'),\; "
    r"W \leftarrow W' + v"
)
RIGHT = (
    r"W' = W - \eta \delta W,\; v \leftarrow \mu v - \eta (\partial C / \partial W + \lambda_2 W),\; "
    r"W \leftarrow W' + v"
)
READ = "code"
LAYER = []
NAMES = []
NET = dict(sizes=(3, 4, 2), hidden="relu", output="softmax", loss="cross_entropy")
SAMPLES = 8
LAM = 0.0


LR, MOMENTUM, WEIGHT_DECAY, LAMBDA1, LAMBDA2 = 0.1, 0.9, 0.5, 0.01, 0.5
SETTINGS = dict(like="momentum", lr=LR, momentum=MOMENTUM, weight_decay=WEIGHT_DECAY)
REGULARIZATION = ("L2", LAMBDA1, LAMBDA2)


def start(rng):
    """Weights stand as (units, inputs), biases as columns."""
    return [
        rng.standard_normal((4, 3)),
        rng.standard_normal((4, 1)),
        rng.standard_normal((2, 4)),
        rng.standard_normal((2, 1)),
    ]


def data(rng):
    X = rng.standard_normal((SAMPLES, 3))
    return X, np.eye(2)[rng.integers(0, 2, SAMPLES)]


def forward(params, X):
    w1, b1, w2, b2 = params
    z1 = w1 @ X.T + b1
    a1 = np.where(z1.real > 0, z1, 0)
    e = np.exp(w2 @ a1 + b2)
    return z1, a1, e / e.sum(0)


def cost(params, X, Y):
    return -np.sum(Y.T * np.log(forward(params, X)[2])) / len(X)


def repaired(params, X, Y):
    """The right gradient, to train with."""
    z1, a1, a2 = forward(params, X)
    delta2 = a2 - Y.T
    delta1 = (params[2].T @ delta2) * (z1 > 0)
    return [delta1 @ X / len(X), delta1.mean(1, keepdims=True), delta2 @ a1.T / len(X), delta2.mean(1, keepdims=True)]


def term(w, reg):
    kind, lambda1, lambda2 = reg
    if kind == "L1":
        return lambda1 * np.sign(w)
    if kind == "L2":
        return lambda2 * w
    return lambda1 * np.sign(w) + lambda2 * w


class Momentum:
    def __init__(self, velocity):
        self.velocity = velocity

    def update(self, param, grad, lr):
        self.velocity = MOMENTUM * self.velocity - lr * grad
        return param + self.velocity


class Layer:
    def __init__(self, w, b, dw, db, velocity_w, velocity_b):
        self.w, self.b, self.dw, self.db = w, b, dw, db
        self.optimizer_w, self.optimizer_b = Momentum(velocity_w), Momentum(velocity_b)

    def update(self, learning_rate, regularization, weight_decay):
        if weight_decay > 0.0:
            self.w = self.w - learning_rate * weight_decay * self.w
        reg_term = term(self.w, regularization)
        self.w = self.optimizer_w.update(self.w, self.dw + reg_term, learning_rate)
        self.b = self.optimizer_b.update(self.b, self.db, learning_rate)


class LayerLater(Layer):
    def update(self, learning_rate, regularization, weight_decay):
        reg_term = term(self.w, regularization)
        if weight_decay > 0.0:
            self.w = self.w - learning_rate * weight_decay * self.w
        self.w = self.optimizer_w.update(self.w, self.dw + reg_term, learning_rate)
        self.b = self.optimizer_b.update(self.b, self.db, learning_rate)


def start_state():
    return [np.zeros((4, 3)), np.zeros((4, 1)), np.zeros((2, 4)), np.zeros((2, 1))]


def all_layers(params, grads, state, kind):
    new, new_state = [], []
    for i in (0, 2):
        layer = kind(params[i], params[i + 1], grads[i], grads[i + 1], state[i], state[i + 1])
        layer.update(LR, REGULARIZATION, WEIGHT_DECAY)
        new += [layer.w, layer.b]
        new_state += [layer.optimizer_w.velocity, layer.optimizer_b.velocity]
    return new, new_state


def update(params, grads, state):
    return all_layers(params, grads, state, Layer)


def repaired_update(params, grads, state):
    return all_layers(params, grads, state, LayerLater)
