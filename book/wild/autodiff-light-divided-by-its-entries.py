"""The backward pass of a sigmoid divides by the number of its entries, although the loss has averaged already."""

import numpy as np

SOURCE = "https://github.com/abhijat01/autodiff.light/commit/274b36d"
THREAD = "abhijat01/autodiff.light 274b36d"
DATE = "2020-05"
KIND = "gradient"
FORMULA = r"\delta^1 = \tfrac{1}{m n_1}\, \epsilon^1 \odot a^1 (1 - a^1)"
RIGHT = r"\delta^1 = \epsilon^1 \odot a^1 (1 - a^1)"
READ = "code"
GROUP = "factor"
LAYER = [1]
NAMES = [{"factor"}]
NET = dict(sizes=(3, 4, 2), hidden="sigmoid", output="identity", loss="mse")
SAMPLES = 6
LAM = 0.0


def start(rng):
    return {
        "w1": rng.standard_normal((4, 3)),
        "b1": rng.standard_normal((4, 1)),
        "w2": rng.standard_normal((2, 4)),
        "b2": rng.standard_normal((2, 1)),
    }


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.standard_normal((SAMPLES, 2))


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


class VarNode:
    def __init__(self, value):
        self.node_value = value

    def forward(self):
        return self.node_value

    def backward(self, downstream_grad, found):
        """Nothing lies below."""


def network(params, X, divided=False):
    hidden = SigmoidNode(DenseLayer(VarNode(X.T), params["w1"], params["b1"]), divided)
    return DenseLayer(hidden, params["w2"], params["b2"])


def cost(params, X, Y):
    return np.mean((network(params, X).forward() - Y.T) ** 2)


def optimize(params, X, Y, divided):
    top, found = network(params, X, divided), []
    top.backward(2 * (top.forward() - Y.T) / Y.size, found)
    return dict(zip(params, reversed(found)))


def grad(params, X, Y):
    return optimize(params, X, Y, divided=True)


def repaired(params, X, Y):
    return optimize(params, X, Y, divided=False)
