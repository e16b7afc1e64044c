"""SGD lost its learning rate in a rewriting, and hands the layers their gradients as they are."""

import numpy as np

SOURCE = "https://github.com/giangtranml/ml-from-scratch/commit/2d7ba535e476ac62e05c22e4de9eddb08895a69a"
THREAD = "giangtranml/ml-from-scratch 2d7ba53"
DATE = "2020-04"
KIND = "update"
FORMULA = r"W \leftarrow W - \partial C / \partial W"
RIGHT = r"W \leftarrow W - \alpha\, \partial C / \partial W"
READ = "code"
LAYER = []
NAMES = [{"rate-missing"}]
NET = None  # there are no biases
BLOCKS = ["W[1]", "W[2]"]
SAMPLES = 7
LAM = 0.0


ALPHA = 0.01
SETTINGS = dict(like="sgd", lr=ALPHA)


def start(rng):
    return [rng.standard_normal((3, 5)), rng.standard_normal((5, 2))]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), np.eye(2)[rng.integers(0, 2, SAMPLES)]


class FCLayer:
    def __init__(self, W):
        self.W = W

    def forward(self, inputs):
        self.output = inputs.dot(self.W)
        return self.output

    def update_params(self, grad):
        self.W = self.W - grad


def forward(params, X):
    h = np.tanh(FCLayer(params[0]).forward(X))
    e = np.exp(FCLayer(params[1]).forward(h))
    return h, e / e.sum(1, keepdims=True)


def cost(params, X, Y):
    return -np.sum(Y * np.log(forward(params, X)[1])) / len(X)


def repaired(params, X, Y):
    """The right gradient, to train with."""
    h, Y_hat = forward(params, X)
    delta = (Y_hat - Y) / len(X)
    dA_prev = delta.dot(params[1].T) * (1 - h**2)
    return [X.T.dot(dA_prev), h.T.dot(delta)]


def start_state():
    return {}


class SGD:
    def __init__(self, alpha=0.01):
        self.alpha = alpha

    def step(self, grads, layers):
        for grad, layer in zip(grads, layers):
            layer.update_params(grad)


class SGDBefore:
    def __init__(self, alpha=0.01):
        self.alpha = alpha

    def minimize(self, grad):
        return self.alpha * grad

    def step(self, grads, layers):
        """What each layer did itself before."""
        for grad, layer in zip(grads, layers):
            layer.update_params(self.minimize(grad))


def backward(params, grads, optimizer):
    """The layers that learn, from the last to the first."""
    learnable_layers = [FCLayer(W) for W in params][::-1]
    optimizer.step(grads[::-1], learnable_layers)
    return [layer.W for layer in learnable_layers[::-1]]


def update(params, grads, state):
    return backward(params, grads, SGD(ALPHA)), state


def repaired_update(params, grads, state):
    return backward(params, grads, SGDBefore(ALPHA)), state
