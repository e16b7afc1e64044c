"""A network of a book adds the weight decay to its loss, and leaves it out of the gradient by backpropagation."""

from collections import OrderedDict

import numpy as np

SOURCE = "https://github.com/satellitex/deep-learning-from-scratch/commit/0fe7fe3"
THREAD = "satellitex/deep-learning-from-scratch 0fe7fe3"
DATE = "2016-07"
KIND = "gradient"
GROUP = "penalty"
FORMULA = (
    r"\partial C / \partial W^l = a^{l-1\,T} \delta^l,\; "
    r"C = C_0 + \tfrac12 \lambda \textstyle\sum_l \lVert W^l \rVert^2"
)
RIGHT = r"\partial C / \partial W^l = a^{l-1\,T} \delta^l + \lambda W^l"
READ = "code"
LAYER = [1, 2]
NAMES = [{"penalty-missing"}]
NET = dict(sizes=(3, 4, 3), hidden="relu", output="softmax", loss="cross_entropy")
SAMPLES = 6
WEIGHT_DECAY_LAMBDA = 0.1
LAM = WEIGHT_DECAY_LAMBDA * SAMPLES


def start(rng):
    return {
        "W1": rng.standard_normal((3, 4)),
        "b1": rng.standard_normal(4),
        "W2": rng.standard_normal((4, 3)),
        "b2": rng.standard_normal(3),
    }


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), np.eye(3)[rng.integers(0, 3, SAMPLES)]


def softmax(x):
    x = x.T
    x = x - np.max(x.real, axis=0)
    y = np.exp(x) / np.sum(np.exp(x), axis=0)
    return y.T


def cross_entropy_error(y, t):
    t = t.argmax(axis=1)
    batch_size = y.shape[0]
    return -np.sum(np.log(y[np.arange(batch_size), t])) / batch_size


class Relu:
    def forward(self, x):
        self.mask = x.real <= 0
        out = x.copy()
        out[self.mask] = 0
        return out

    def backward(self, dout):
        dout[self.mask] = 0
        dx = dout
        return dx


class Affine:
    def __init__(self, W, b):
        self.W = W
        self.b = b

    def forward(self, x):
        self.x = x
        out = np.dot(self.x, self.W) + self.b
        return out

    def backward(self, dout):
        dx = np.dot(dout, self.W.T)
        self.dW = np.dot(self.x.T, dout)
        self.db = np.sum(dout, axis=0)
        return dx


class SoftmaxWithLoss:
    def forward(self, x, t):
        self.t = t
        self.y = softmax(x)
        self.loss = cross_entropy_error(self.y, self.t)
        return self.loss

    def backward(self, dout=1):
        batch_size = self.t.shape[0]
        dx = (self.y - self.t) / batch_size
        return dx


class MultiLayerNet:
    def __init__(self, params, hidden_layer_num=1, weight_decay_lambda=WEIGHT_DECAY_LAMBDA):
        self.hidden_layer_num = hidden_layer_num
        self.weight_decay_lambda = weight_decay_lambda
        self.params = params

        self.layers = OrderedDict()
        for idx in range(1, self.hidden_layer_num + 1):
            self.layers["Affine" + str(idx)] = Affine(self.params["W" + str(idx)], self.params["b" + str(idx)])
            self.layers["Activation_function" + str(idx)] = Relu()

        idx = self.hidden_layer_num + 1
        self.layers["Affine" + str(idx)] = Affine(self.params["W" + str(idx)], self.params["b" + str(idx)])

        self.last_layer = SoftmaxWithLoss()

    def predict(self, x):
        for layer in self.layers.values():
            x = layer.forward(x)
        return x

    def loss(self, x, t):
        y = self.predict(x)

        weight_decay = 0
        for idx in range(1, self.hidden_layer_num + 2):
            W = self.params["W" + str(idx)]
            weight_decay += 0.5 * self.weight_decay_lambda * np.sum(W**2)

        return self.last_layer.forward(y, t) + weight_decay

    def gradient(self, x, t, right):
        # forward
        self.loss(x, t)

        # backward
        dout = 1
        dout = self.last_layer.backward(dout)

        layers = list(self.layers.values())
        layers.reverse()
        for layer in layers:
            dout = layer.backward(dout)

        grads = {}
        for idx in range(1, self.hidden_layer_num + 2):
            affine = self.layers["Affine" + str(idx)]
            if right:
                grads["W" + str(idx)] = affine.dW + self.weight_decay_lambda * affine.W
            else:
                grads["W" + str(idx)] = affine.dW
            grads["b" + str(idx)] = affine.db

        return grads


def cost(params, X, Y):
    return MultiLayerNet(params).loss(X, Y)


def grad(params, X, Y):
    return MultiLayerNet(params).gradient(X, Y, right=False)


def repaired(params, X, Y):
    return MultiLayerNet(params).gradient(X, Y, right=True)
