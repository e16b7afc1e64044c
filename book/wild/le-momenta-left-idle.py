"""A step with momentum keeps a list of momenta, and moves by the gradients alone."""

import numpy as np

SOURCE = "https://github.com/kirushyk/le/commit/6df0742"
THREAD = "kirushyk/le 6df0742"
DATE = "2020-06"
KIND = "update"
FORMULA = r"\theta \leftarrow \theta - \eta\, g"
RIGHT = r"v \leftarrow \mu v + g,\; \theta \leftarrow \theta - \eta\, v"
READ = "code"
LAYER = []
NAMES = [{"velocity-not-kept"}]
NET = dict(sizes=(3, 4, 1), hidden="sigmoid", output="sigmoid", loss="binary_cross_entropy")
SAMPLES = 8
LAM = 0.0


LEARNING_RATE, MOMENTUM_RATE = 0.1, 0.9
SETTINGS = dict(like="momentum", lr=LEARNING_RATE, momentum=MOMENTUM_RATE)


def start(rng):
    """Weights stand as (units, inputs), biases as columns."""
    return [
        rng.standard_normal((4, 3)),
        rng.standard_normal((4, 1)),
        rng.standard_normal((1, 4)),
        rng.standard_normal((1, 1)),
    ]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.integers(0, 2, (SAMPLES, 1)).astype(float)


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def cost(params, X, Y):
    w1, b1, w2, b2 = params
    h = sigmoid(w2 @ sigmoid(w1 @ X.T + b1) + b2)
    return -np.sum(Y.T * np.log(h) + (1 - Y.T) * np.log(1 - h)) / len(X)


def repaired(params, X, Y):
    """The right gradient, to train with."""
    w1, b1, w2, b2 = params
    a = sigmoid(w1 @ X.T + b1)
    d2 = (sigmoid(w2 @ a + b2) - Y.T) / len(X)
    d1 = w2.T @ d2 * a * (1 - a)
    return [d1 @ X, d1.sum(1, keepdims=True), d2 @ a.T, d2.sum(1, keepdims=True)]


def le_sgd_init_momentum(gradients):
    return [gradient.copy() for gradient in gradients]


def le_sgd_init_momentum_later(gradients):
    return [np.zeros_like(gradient) for gradient in gradients]


class LeSGD:
    def __init__(self, parameters, gradients, momentums):
        self.parameters = [p.copy() for p in parameters]
        self.gradients = gradients
        self.momentums = momentums
        self.learning_rate, self.momentum_rate = LEARNING_RATE, MOMENTUM_RATE

    def step(self):
        if self.momentums is None:
            self.momentums = le_sgd_init_momentum(self.gradients)
        for parameter, gradients, _ in zip(self.parameters, self.gradients, self.momentums):
            parameter -= self.learning_rate * gradients


class LeSGDLater(LeSGD):
    def step(self):
        if self.momentums is None:
            self.momentums = le_sgd_init_momentum_later(self.gradients)
        self.momentums = [m.copy() for m in self.momentums]
        for parameter, gradient, momentum in zip(self.parameters, self.gradients, self.momentums):
            momentum += gradient
            parameter -= self.learning_rate * momentum
            momentum *= self.momentum_rate


def start_state():
    return {"momentums": None}


def update(params, grads, state):
    optimizer = LeSGD(params, grads, state["momentums"])
    optimizer.step()
    return optimizer.parameters, {"momentums": optimizer.momentums}


def repaired_update(params, grads, state):
    optimizer = LeSGDLater(params, grads, state["momentums"])
    optimizer.step()
    return optimizer.parameters, {"momentums": optimizer.momentums}
