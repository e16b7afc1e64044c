"""Of four assignments in a momentum's step one has a minus for its equals sign, and its biases never move."""

import numpy as np

SOURCE = "https://github.com/dmachlanski/neural-network-cpp/commit/3fa3366"
THREAD = "dmachlanski/neural-network-cpp 3fa3366"
DATE = "2018-11"
KIND = "update"
FORMULA = r"\Delta b_2 = 0,\; \Delta \theta_t = -\eta\, g_t + \alpha\, \Delta \theta_{t-1}"
RIGHT = r"\Delta b_{2,t} = -\eta\, g_t + \alpha\, \Delta b_{2,t-1}"
READ = "code"
LAYER = []
NAMES = []
NET = dict(sizes=(3, 4, 2), hidden="sigmoid", output="identity", loss="half_squared")
SAMPLES = 7
LAM = 0.0

LEARNING_RATE, MOMENTUM = 0.05, 0.9
SETTINGS = dict(like="momentum", lr=LEARNING_RATE, momentum=MOMENTUM)


def start(rng):
    return [
        *(rng.standard_normal((4, 3)), rng.standard_normal(4)),
        *(rng.standard_normal((2, 4)), rng.standard_normal(2)),
    ]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.standard_normal((SAMPLES, 2))


def FeedForward(params, input):
    W1, b1, W2, b2 = params
    A1 = 1 / (1 + np.exp(-(W1 @ input + b1[:, None])))
    return A1, W2 @ A1 + b2[:, None]


def cost(params, X, Y):
    return 0.5 * np.sum((FeedForward(params, X.T)[1] - Y.T) ** 2) / len(X)


def repaired(params, X, Y):
    """The right gradient, to train with."""
    m = len(X)
    A1, Yhat = FeedForward(params, X.T)
    dZ2 = Yhat - Y.T
    dZ1 = (params[2].T @ dZ2) * (A1 * (1.0 - A1))
    return [(dZ1 @ X) / m, dZ1.sum(1) / m, (dZ2 @ A1.T) / m, dZ2.sum(1) / m]


class TwoLayerNN:
    right = False

    def __init__(self, params, deltas):
        self.W1, self.b1, self.W2, self.b2 = params
        self.dW1, self.db1, self.dW2, self.db2 = deltas

    def Train(self, grads, learningRate, momentum):
        gradW1, gradB1, gradW2, gradB2 = grads
        self.dW1 = (-learningRate * gradW1) + (momentum * self.dW1)
        self.db1 = (-learningRate * gradB1) + (momentum * self.db1)
        self.dW2 = (-learningRate * gradW2) + (momentum * self.dW2)
        if self.right:
            self.db2 = (-learningRate * gradB2) + (momentum * self.db2)
        else:
            self.db2 - (-learningRate * gradB2) + (momentum * self.db2)
        self.W1 = self.W1 + self.dW1
        self.b1 = self.b1 + self.db1
        self.W2 = self.W2 + self.dW2
        self.b2 = self.b2 + self.db2


class TwoLayerNNLater(TwoLayerNN):
    right = True


def start_state():
    return None


def step(network, params, grads, state):
    nn = network(params, state or [np.zeros_like(p) for p in params])
    nn.Train(grads, LEARNING_RATE, MOMENTUM)
    return [nn.W1, nn.b1, nn.W2, nn.b2], [nn.dW1, nn.db1, nn.dW2, nn.db2]


def update(params, grads, state):
    """params and grads are lists of arrays; returns the new params and the new state."""
    return step(TwoLayerNN, params, grads, state)


def repaired_update(params, grads, state):
    return step(TwoLayerNNLater, params, grads, state)
