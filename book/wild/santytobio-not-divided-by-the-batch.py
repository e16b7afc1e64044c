"""The layers' gradients are summed over the batch, by whose size the reported loss is divided."""

import numpy as np

SOURCE = "https://github.com/santy-tobio/neural-network-from-scratch/commit/638fb35"
THREAD = "santy-tobio/neural-network-from-scratch 638fb35"
DATE = "2025-10"
KIND = "gradient"
FORMULA = r"\partial C / \partial W = \delta\, a^\top,\; \partial C / \partial b = \textstyle\sum_i \delta_i"
RIGHT = (
    r"\partial C / \partial W = \tfrac1m \delta\, a^\top,\; "
    r"\partial C / \partial b = \tfrac1m \textstyle\sum_i \delta_i"
)
READ = "code"
GROUP = "factor"
LAYER = [1, 2]
NAMES = [{"mean-missing"}]
NET = dict(sizes=(3, 4, 3), hidden="relu", output="softmax", loss="cross_entropy")
SAMPLES = 7
LAM = 0.0


class Linear:
    right = False

    def __init__(self, weights, bias, batch_size):
        self.weights, self.bias, self.batch_size = weights, bias, batch_size

    def forward(self, x):
        self.input = x
        return self.weights @ x + self.bias

    def backward(self, prev_grad):
        if self.right:
            self.grad_weights = (prev_grad @ self.input.T) / self.batch_size
            self.grad_bias = np.sum(prev_grad, axis=1, keepdims=True) / self.batch_size
        else:
            self.grad_weights = prev_grad @ self.input.T
            self.grad_bias = np.sum(prev_grad, axis=1, keepdims=True)
        return self.weights.T @ prev_grad


class Relu:
    def forward(self, x):
        self.mask = np.array(x.real > 0, dtype=float)
        return x * self.mask

    def backward(self, prev_grad):
        return prev_grad * self.mask


class CESoftmax:
    def forward(self, logits):
        exp_input = np.exp(logits - np.max(logits.real, axis=0, keepdims=True))
        self.output = exp_input / np.sum(exp_input, axis=0, keepdims=True)
        return self.output

    def backward(self, prev_grad):
        return self.output - prev_grad


class MLP:
    def __init__(self, params, batch_size):
        self.layers = [*(Linear(*params[:2], batch_size), Relu()), *(Linear(*params[2:], batch_size), CESoftmax())]

    def forward(self, x):
        for layer in self.layers:
            x = layer.forward(x)
        return x

    def backward(self, y):
        prev_grad = y
        for layer in reversed(self.layers):
            prev_grad = layer.backward(prev_grad)
        return prev_grad


def start(rng):
    return [
        *(rng.standard_normal((4, 3)), rng.standard_normal((4, 1))),
        *(rng.standard_normal((3, 4)), rng.standard_normal((3, 1))),
    ]


def data(rng):
    """Samples in rows, and labels."""
    return rng.standard_normal((SAMPLES, 3)), rng.integers(0, 3, SAMPLES)


def batch(X, Y):
    X_batch = X.T
    y_batch = np.zeros((3, len(X)))
    y_batch[Y, np.arange(len(X))] = 1.0
    return X_batch, y_batch


def cost(params, X, Y):
    X_batch, y_batch = batch(X, Y)
    return -np.sum(y_batch * np.log(MLP(params, len(X)).forward(X_batch))) / len(X)


def train_step(params, X, Y, right):
    model = MLP(params, len(X))
    X_batch, y_batch = batch(X, Y)
    model.forward(X_batch)
    linear = [layer for layer in model.layers if isinstance(layer, Linear)]
    for layer in linear:
        layer.right = right
    model.backward(y_batch)
    return [g for layer in linear for g in (layer.grad_weights, layer.grad_bias)]


def grad(params, X, Y):
    return train_step(params, X, Y, False)


def repaired(params, X, Y):
    return train_step(params, X, Y, True)
