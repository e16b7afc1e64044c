"""A step with an L2 penalty shrinks the weights by the learning rate, and leaves lambda out."""

import numpy as np

SOURCE = "https://github.com/jdermody/brightwire/commit/033ae6e4"
THREAD = "jdermody/brightwire 033ae6e4"
DATE = "2017-08"
KIND = "update"
FORMULA = r"W \leftarrow (1 - \eta) W - \eta\, \partial C / \partial W"
RIGHT = r"W \leftarrow (1 - \eta \lambda) W - \eta\, \partial C / \partial W"
READ = "code"
LAYER = []
NAMES = []
NET = dict(sizes=(3, 4, 2), hidden="sigmoid", output="identity", loss="half_squared")
SAMPLES = 7
LAM = 0.0


LR, LAMBDA = 0.05, 0.1
SETTINGS = dict(like="sgd", lr=LR, weight_decay=LAMBDA)


def start(rng):
    return {
        "W1": rng.standard_normal((3, 4)),
        "b1": rng.standard_normal(4),
        "W2": rng.standard_normal((4, 2)),
        "b2": rng.standard_normal(2),
    }


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.standard_normal((SAMPLES, 2))


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def cost(params, X, Y):
    h = sigmoid(X @ params["W1"] + params["b1"])
    return 0.5 * np.sum((h @ params["W2"] + params["b2"] - Y) ** 2) / len(X)


def repaired(params, X, Y):
    """The right gradient, to train with."""
    h = sigmoid(X @ params["W1"] + params["b1"])
    d2 = (h @ params["W2"] + params["b2"] - Y) / len(X)
    d1 = d2 @ params["W2"].T * h * (1 - h)
    return {"W1": X.T @ d1, "b1": d1.sum(0), "W2": h.T @ d2, "b2": d2.sum(0)}


class LearningContext:
    def __init__(self, batch_learning_rate):
        self.batch_learning_rate = batch_learning_rate


class StochasticGradientDescent:
    def update(self, source, delta, context):
        self._update(source, delta, context, 1.0, context.batch_learning_rate)

    def _update(self, source, delta, context, coefficient1, coefficient2):
        source[...] = source * coefficient1 + delta * coefficient2


class L2Regularisation(StochasticGradientDescent):
    def __init__(self, lam):
        self._lambda = lam

    def update(self, source, delta, context):
        l2 = 1.0 - context.batch_learning_rate
        self._update(source, delta, context, l2, context.batch_learning_rate)


class L2RegularisationLater(L2Regularisation):
    def update(self, source, delta, context):
        l2 = 1.0 - (context.batch_learning_rate * self._lambda)
        self._update(source, delta, context, l2, context.batch_learning_rate)


def start_state():
    return {}


def feed_forward(params, grads, updater):
    """The deltas point downhill; biases are moved without the penalty."""
    context = LearningContext(LR)
    new = {name: p.copy() for name, p in params.items()}
    for name in new:
        if name.startswith("W"):
            updater.update(new[name], -grads[name], context)
        else:
            new[name] += -grads[name] * context.batch_learning_rate
    return new


def update(params, grads, state):
    return feed_forward(params, grads, L2Regularisation(LAMBDA)), state


def repaired_update(params, grads, state):
    return feed_forward(params, grads, L2RegularisationLater(LAMBDA)), state
