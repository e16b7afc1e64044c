"""The backward pass of a sigmoid divides by the number of its entries, as if it were a mean."""

import numpy as np

SOURCE = "https://github.com/abhijat01/autodiff.light/commit/274b36d"
THREAD = "abhijat01/autodiff.light 274b36d"
DATE = "2020-05"
KIND = "gradient"
FORMULA = r"\delta^1 = \tfrac{1}{n_1}\, \epsilon^1 \odot a^1 (1 - a^1)"
RIGHT = r"\delta^1 = \epsilon^1 \odot a^1 (1 - a^1)"
READ = "code"
GROUP = "factor"
LAYER = [1]
NAMES = [{"factor"}]
NET = dict(sizes=(4, 5, 3), hidden="sigmoid", output="softmax", loss="cross_entropy")
SAMPLES = 6
LAM = 0.0


def start(rng):
    return {
        "w1": rng.standard_normal((5, 4)),
        "b1": rng.standard_normal((5, 1)),
        "w2": rng.standard_normal((3, 5)),
        "b2": rng.standard_normal((3, 1)),
    }


def data(rng):
    return rng.standard_normal((SAMPLES, 4)), np.eye(3)[rng.integers(0, 3, SAMPLES)]


class DenseLayer:
    def __init__(self, input_node, w, b):
        self.input_node, self.w, self.b = input_node, w, b

    def forward(self):
        self.node_value = self.w @ self.input_node.forward() + self.b
        return self.node_value

    def backward(self, downstream_grad, found):
        found.append(downstream_grad.sum(axis=1, keepdims=True))
        found.append(downstream_grad @ self.input_node.node_value.T)
        self.input_node.backward(self.w.T @ downstream_grad, found)


class SigmoidNode:
    def __init__(self, input_node, divided=False):
        self.input_node, self.divided = input_node, divided

    def forward(self):
        self.node_value = 1 / (1 + np.exp(-self.input_node.forward()))
        return self.node_value

    def backward(self, downstream_grad, found):
        sig_grad = self.node_value * (1 - self.node_value)
        grad_to_input = sig_grad * downstream_grad
        if self.divided:
            grad_to_input = grad_to_input / sig_grad.size
        self.input_node.backward(grad_to_input, found)


class Softmax:
    def __init__(self, input_node):
        self.input_node = input_node

    def forward(self):
        e = np.exp(self.input_node.forward())
        self.node_value = e / np.sum(e, axis=0)
        return self.node_value

    def backward(self, downstream_grad, found):
        p = self.node_value
        self.input_node.backward(p * (downstream_grad - np.sum(downstream_grad * p)), found)


class VarNode:
    def __init__(self, value):
        self.node_value = value

    def forward(self):
        return self.node_value

    def backward(self, downstream_grad, found):
        """Nothing lies below."""


def network(params, x, divided=False):
    hidden = SigmoidNode(DenseLayer(VarNode(x[:, None]), params["w1"], params["b1"]), divided)
    return Softmax(DenseLayer(hidden, params["w2"], params["b2"]))


def cost(params, X, Y):
    return -sum(np.sum(y[:, None] * np.log(network(params, x).forward())) for x, y in zip(X, Y)) / len(X)


def optimize(params, X, Y, divided):
    """Sample by sample."""
    totals = {name: np.zeros_like(array) for name, array in params.items()}
    for x, y in zip(X, Y):
        top, found = network(params, x, divided), []
        predicted = top.forward()
        top.backward(-np.reciprocal(predicted) * y[:, None], found)
        for name, gradient in zip(params, reversed(found)):
            totals[name] += gradient / len(X)
    return totals


def grad(params, X, Y):
    return optimize(params, X, Y, divided=True)


def repaired(params, X, Y):
    return optimize(params, X, Y, divided=False)
