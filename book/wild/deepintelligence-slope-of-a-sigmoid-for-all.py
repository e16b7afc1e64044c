"""All functions have the slope of a sigmoid, the softmax too, and layers hand down what came before the slope."""

import numpy as np

SOURCE = "https://github.com/DeepIntelligence/DeepLearning/commit/08e5518"
THREAD = "DeepIntelligence/DeepLearning 08e5518"
DATE = "2015-06"
KIND = "gradient"
FORMULA = r"\delta^2 = (a^2 - y) \odot a^2 \odot (1 - a^2),\; \delta^1 = (W^2)^\top (a^2 - y) \odot a^1 \odot (1 - a^1)"
RIGHT = r"\delta^2 = a^2 - y,\; \delta^1 = (W^2)^\top \delta^2 \odot \bigl(1 - (a^1)^2\bigr)"
READ = "code"
GROUP = "slope"
LAYER = [1, 2]
NAMES = []
SIZES = (3, 4, 3)
NET = dict(sizes=SIZES, hidden="tanh", output="softmax", loss="cross_entropy")
SAMPLES = 7
LAM = 0.0


def start(rng):
    return [(rng.standard_normal((k, n)), rng.standard_normal((k, 1))) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), np.eye(SIZES[-1])[rng.integers(0, SIZES[-1], SAMPLES)]


class BaseLayer:
    """Inputs and outputs have a row for each sample, deltas a column."""

    def __init__(self, W, B, act_type):
        self.W, self.B, self.act_type = W, B, act_type

    def activate_up(self, inputs):
        self.inputX = inputs
        p = inputs @ self.W.T + self.B.T
        if self.act_type == "softmax":
            p = np.exp(p - p.real.max(1, keepdims=True))
            self.outputY = p / p.sum(1, keepdims=True)
        elif self.act_type == "tanh":
            self.outputY = np.tanh(p)

    def update_para(self, delta_in, right):
        """The gradients in the place of the steps, and what goes to the layer below."""
        if right and self.act_type == "softmax":
            deriv = np.ones_like(self.outputY)
        elif right and self.act_type == "tanh":
            deriv = 1 - self.outputY * self.outputY
        else:
            deriv = (1 - self.outputY) * self.outputY
        delta = delta_in * deriv.T
        delta_out = self.W.T @ (delta if right else delta_in)
        return (delta @ self.inputX, delta.sum(1, keepdims=True)), delta_out


def feed_forward(params, X):
    layers = [BaseLayer(*params[0], "tanh"), BaseLayer(*params[1], "softmax")]
    for layer in layers:
        layer.activate_up(X)
        X = layer.outputY
    return layers, X


def cost(params, X, Y):
    return -np.sum(Y * np.log(feed_forward(params, X)[1])) / len(X)


def back_prop(params, X, Y, right):
    layers, output = feed_forward(params, X)
    delta = (output - Y).T / len(X)
    gradients = []
    for layer in reversed(layers):
        gradient, delta = layer.update_para(delta, right)
        gradients.insert(0, gradient)
    return gradients


def grad(params, X, Y):
    return back_prop(params, X, Y, right=False)


def repaired(params, X, Y):
    return back_prop(params, X, Y, right=True)
