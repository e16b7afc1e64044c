"""Adagrad adds the square of its own sum to the sum, not that of the gradient, so the sum stays at zero."""

import numpy as np

SOURCE = "https://github.com/impulse-ml/impulse-ml-neural-network/commit/1322173"
THREAD = "impulse-ml/impulse-ml-neural-network 1322173"
DATE = "2020-08"
KIND = "update"
FORMULA = r"s_t = s_{t-1} + s_{t-1}^2,\; \theta \leftarrow \theta - \eta\, g / \sqrt{s_t + \epsilon}"
RIGHT = r"s_t = s_{t-1} + g^2"
READ = "code"
LAYER = []
NAMES = []
NET = dict(sizes=(2, 4, 2), hidden="sigmoid", output="sigmoid", loss="half_squared")
SAMPLES = 7
LAM = 0.0

LEARNING_RATE, EPSILON, BATCH_SIZE = 0.01, 1e-8, 1
SETTINGS = dict(like="adagrad", lr=LEARNING_RATE, eps=EPSILON)


def start(rng):
    return {
        "W1": rng.standard_normal((2, 4)),
        "b1": rng.standard_normal(4),
        "W2": rng.standard_normal((4, 2)),
        "b2": rng.standard_normal(2),
    }


def data(rng):
    return rng.standard_normal((SAMPLES, 2)), rng.uniform(0.1, 0.9, (SAMPLES, 2))


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def cost(params, X, Y):
    h = sigmoid(X @ params["W1"] + params["b1"])
    return 0.5 * np.sum((sigmoid(h @ params["W2"] + params["b2"]) - Y) ** 2) / len(X)


def repaired(params, X, Y):
    """The right gradient, to train with."""
    h = sigmoid(X @ params["W1"] + params["b1"])
    p = sigmoid(h @ params["W2"] + params["b2"])
    d2 = (p - Y) * p * (1 - p) / len(X)
    d1 = d2 @ params["W2"].T * h * (1 - h)
    return {"W1": X.T @ d1, "b1": d1.sum(0), "W2": h.T @ d2, "b2": d2.sum(0)}


def start_state():
    return {"s": [None, None]}


class Layer:
    """The weights and biases of a layer, with what the optimizers keep of them."""

    def __init__(self, W, b, gW, gB, kept):
        self.W, self.b, self.gW, self.gB = W, b, gW, gB
        self.sW, self.sB = (np.zeros_like(W), np.zeros_like(b)) if kept is None else kept


class ComputationCpu:
    def summed(self, s, gW):
        return s + s**2

    def gradientAdagrad(self, layer, learningRate, batchSize):
        alpha = learningRate / float(batchSize)
        epsilon = EPSILON

        layer.sW = self.summed(layer.sW, layer.gW)
        layer.W = layer.W - (alpha * layer.gW / np.sqrt(layer.sW + epsilon))

        layer.sB = self.summed(layer.sB, layer.gB)
        layer.b = layer.b - (alpha * layer.gB / np.sqrt(layer.sB + epsilon))


class ComputationLater(ComputationCpu):
    def summed(self, s, gW):
        return s + gW**2


def run(computation, params, grads, state):
    new, kept = {}, []
    for i in range(2):
        W, b = f"W{i + 1}", f"b{i + 1}"
        layer = Layer(params[W], params[b], grads[W], grads[b], state["s"][i])
        computation.gradientAdagrad(layer, LEARNING_RATE, BATCH_SIZE)
        new[W], new[b] = layer.W, layer.b
        kept.append((layer.sW, layer.sB))
    return {k: new[k] for k in params}, {"s": kept}


def update(params, grads, state):
    return run(ComputationCpu(), params, grads, state)


def repaired_update(params, grads, state):
    return run(ComputationLater(), params, grads, state)
