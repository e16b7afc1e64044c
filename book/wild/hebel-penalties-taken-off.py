"""The derivatives of both penalties are taken off the gradient of the weights."""

import numpy as np

SOURCE = "https://github.com/hannes-brt/hebel/commit/e8f7bc8"
THREAD = "hannes-brt/hebel e8f7bc8"
DATE = "2014-05"
KIND = "gradient"
FORMULA = r"\partial C / \partial W = X^\top \delta - \lambda_1 \operatorname{sign} W - \lambda_2 W"
RIGHT = r"\partial C / \partial W = X^\top \delta + \lambda_1 \operatorname{sign} W + \lambda_2 W"
READ = "code"
GROUP = "penalty"
LAYER = [1, 2]
NAMES = []
L1, L2 = 0.1, 0.3
NET = None  # two penalties
BLOCKS = ["W[1]", "b[1]", "V[2]", "c[2]"]
SAMPLES = 7
LAM = 0.0


def start(rng):
    return [rng.standard_normal((3, 4)), rng.standard_normal(4), rng.standard_normal((4, 3)), rng.standard_normal(3)]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), np.eye(3)[rng.integers(0, 3, SAMPLES)]


class HiddenLayer:
    def __init__(self, W, b, l1_penalty_weight=0.0, l2_penalty_weight=0.0):
        self.W, self.b = W, b
        self.l1_penalty_weight, self.l2_penalty_weight = l1_penalty_weight, l2_penalty_weight

    @property
    def l1_penalty(self):
        return self.l1_penalty_weight * np.sum(abs(self.W))

    @property
    def l2_penalty(self):
        return self.l2_penalty_weight * 0.5 * np.sum(self.W**2)

    def feed_forward(self, input_data):
        return 1 / (1 + np.exp(-(input_data @ self.W + self.b)))

    def backprop(self, input_data, df_output, activations):
        df_activations = activations * (1 - activations)
        return self.from_delta(input_data, df_activations * df_output)

    def from_delta(self, input_data, delta):
        df_W = input_data.T @ delta
        df_b = delta.sum(0)
        df_input = delta @ self.W.T
        return (self.penalised(df_W), df_b), df_input

    def penalised(self, df_W):
        if self.l1_penalty_weight:
            df_W -= self.l1_penalty_weight * np.sign(self.W)
        if self.l2_penalty_weight:
            df_W -= self.l2_penalty_weight * self.W
        return df_W


class SoftmaxLayer(HiddenLayer):
    def feed_forward(self, input_data):
        e = np.exp(input_data @ self.W + self.b)
        return e / e.sum(1, keepdims=True)

    def backprop(self, input_data, targets, activations):
        return self.from_delta(input_data, activations - targets)

    def cross_entropy_error(self, targets, activations):
        return -np.sum(targets * np.log(activations))


def penalised_later(self, df_W):
    if self.l1_penalty_weight:
        df_W += self.l1_penalty_weight * np.sign(self.W)
    if self.l2_penalty_weight:
        df_W += self.l2_penalty_weight * self.W
    return df_W


class HiddenLayerLater(HiddenLayer):
    penalised = penalised_later


class SoftmaxLayerLater(SoftmaxLayer):
    penalised = penalised_later


def layers(params, hidden, top):
    W, b, V, c = params
    return hidden(W, b, L1, L2), top(V, c, L1, L2)


def cost(params, X, Y):
    hidden, top = layers(params, HiddenLayer, SoftmaxLayer)
    error = top.cross_entropy_error(Y, top.feed_forward(hidden.feed_forward(X)))
    return error + sum(layer.l1_penalty + layer.l2_penalty for layer in (hidden, top))


def training_pass(params, X, Y, hidden, top):
    hidden, top = layers(params, hidden, top)
    activations = hidden.feed_forward(X)
    gradients_top, df_input = top.backprop(activations, Y, top.feed_forward(activations))
    gradients_hidden, _ = hidden.backprop(X, df_input, activations)
    return [*gradients_hidden, *gradients_top]


def grad(params, X, Y):
    return training_pass(params, X, Y, HiddenLayer, SoftmaxLayer)


def repaired(params, X, Y):
    return training_pass(params, X, Y, HiddenLayerLater, SoftmaxLayerLater)
