"""A loop gives each slope to a name of its own and not to the array, which stays full of zeros."""

import numpy as np

SOURCE = "https://github.com/lewisl/SimpleNN/commit/590423f"
THREAD = "lewisl/SimpleNN 590423f"
DATE = "2025-03"
KIND = "gradient"
FORMULA = r"\delta^1 = (W^2)^\top \delta^2 \odot 0"
RIGHT = r"\delta^1 = (W^2)^\top \delta^2 \odot [z^1 > 0]"
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = [{"layer-forgotten"}, {"no-gradient"}]
SIZES = (3, 4, 3)
NET = dict(sizes=SIZES, hidden="relu", output="softmax", loss="cross_entropy")
SAMPLES = 7
LAM = 0.0

ADJ = 0.0


def start(rng):
    return [dict(weight=rng.standard_normal((k, n)), bias=rng.standard_normal(k)) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), np.eye(SIZES[-1])[rng.integers(0, SIZES[-1], SAMPLES)]


class LinearLayer:
    def __init__(self, weight, bias):
        self.weight, self.bias = weight, bias

    def forward(self, x):
        self.z = self.weight @ x + self.bias[:, None]
        self.a_below = x
        self.grad_a = np.zeros_like(self.z)
        return self.z

    def backward(self, layer_next, n_samples, right, output=False):
        if not output:
            relu_grad(self.grad_a, self.z, ADJ, right)
            self.eps_l = (layer_next.weight.T @ layer_next.eps_l) * self.grad_a
        self.grad_weight = (self.eps_l @ self.a_below.T) * (1 / n_samples)
        self.grad_bias = self.eps_l.sum(1) * (1 / n_samples)


def relu(z, adj):
    return np.where(z.real > adj, z, adj)


def relu_grad(grad, z, adj, right):
    for i in np.ndindex(z.shape):
        slope = 1.0 if z[i].real > 0 else adj
        if right:
            grad[i] = slope
        else:
            grad = slope


def softmax(z):
    exp = np.exp(z - z.real.max(0))
    return exp / exp.sum(0)


def forward(params, X):
    hidden, out = [LinearLayer(**layer) for layer in params]
    return hidden, out, softmax(out.forward(relu(hidden.forward(X.T), ADJ)))


def cost(params, X, Y):
    return -np.sum(Y.T * np.log(forward(params, X)[-1])) / len(X)


def backprop(params, X, Y, right):
    hidden, out, a = forward(params, X)
    out.eps_l = a - Y.T
    out.backward(None, len(X), right, output=True)
    hidden.backward(out, len(X), right)
    return [dict(weight=layer.grad_weight, bias=layer.grad_bias) for layer in (hidden, out)]


def grad(params, X, Y):
    return backprop(params, X, Y, right=False)


def repaired(params, X, Y):
    return backprop(params, X, Y, right=True)
