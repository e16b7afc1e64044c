"""The softmax's backward multiplies each probability by one minus its exponential, entry by entry."""

import numpy as np

SOURCE = "https://github.com/fattorib/picograd/commit/ed3f820"
THREAD = "fattorib/picograd ed3f820"
DATE = "2020-12"
KIND = "gradient"
GROUP = "softmax"
FORMULA = r"\partial C / \partial z_i = \partial C / \partial p_i \cdot p_i (1 - e^{z_i})"
RIGHT = (
    r"\partial C / \partial z_i = p_i \bigl(\partial C / \partial p_i - "
    r"\textstyle\sum_j p_j\, \partial C / \partial p_j\bigr)"
)
READ = "code"
LAYER = [2]
NAMES = [{"softmax-diagonal"}, {"formula"}]
NET = dict(sizes=(3, 4, 3), hidden="relu", output="softmax", loss="cross_entropy")
SAMPLES = 7
LAM = 0.0


def start(rng):
    return [rng.standard_normal(shape) for shape in ((3, 4), (1, 4), (4, 3), (1, 3))]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), np.eye(3)[rng.integers(0, 3, SAMPLES)]


class Tensor:
    def __init__(self, value, children=()):
        self.value = value
        self.children = set(children)
        self._backward = lambda: None
        self.grad = np.zeros(np.shape(value))

    def __add__(self, other):
        """A bias is added to each row."""
        output = Tensor(self.value + other.value, children=(self, other))

        def _backward():
            self.grad = self.grad + output.grad
            other.grad = other.grad + output.grad.sum(axis=0, keepdims=True)

        output._backward = _backward
        return output

    def __mul__(self, other):
        output = Tensor(self.value * other.value, children=(self, other))

        def _backward():
            self.grad += (output.grad) * other.value
            other.grad += (output.grad) * self.value

        output._backward = _backward
        return output

    def mean(self):
        output = Tensor(np.mean(self.value), children=(self,))

        def _backward():
            self.grad += (1 / (self.value.shape[0] * self.value.shape[1])) * output.grad

        output._backward = _backward
        return output

    def dot(self, weight):
        output = Tensor(self.value.dot(weight.value), children=(self, weight))

        def _backward():
            self.grad += output.grad.dot(np.transpose(weight.value))
            weight.grad += np.transpose(self.value).dot(output.grad)

        output._backward = _backward
        return output

    def log(self):
        output = Tensor(np.log(self.value), children=(self,))

        def _backward():
            self.grad += output.grad * (self.value) ** (-1)

        output._backward = _backward
        return output

    def backward(self):
        self.grad = np.array(1)
        visited_nodes = set()
        topo_sorted_graph = []

        def build_graph(node):
            if node not in visited_nodes:
                visited_nodes.add(node)
                for child_nodes in node.children:
                    build_graph(child_nodes)
                topo_sorted_graph.append(node)

        build_graph(self)

        for node in reversed(topo_sorted_graph):
            node._backward()


def ReLU(input):
    val = np.where(input.value.real > 0, input.value, 0)
    output = Tensor(val, children=(input,))

    def _backward():
        input.grad += output.grad * ((val > 0).astype(float))

    output._backward = _backward
    return output


def Softmax(input, right):
    exp = np.exp(input.value)
    sum = np.sum(np.exp(input.value), 1)
    sum = np.expand_dims(sum, 1)
    val = exp / sum
    output = Tensor(val, children=(input,))

    def _backward():
        if right:
            R_bar = -np.sum(output.grad * exp, axis=1, keepdims=True) / (sum**2)
            input.grad += (output.grad) * (exp / sum) + R_bar * exp
        else:
            input.grad += (output.grad) * (val) * (1 - exp)

    output._backward = _backward
    return output


def NLLLoss(x, classes):
    scalar = classes.value.shape[1]
    classes.value = -scalar * classes.value
    return (x * classes).mean()


def loss_of(tensors, X, Y, right=True):
    W1, b1, W2, b2 = tensors
    x = ReLU(Tensor(X).dot(W1) + b1)
    x = Softmax(x.dot(W2) + b2, right)
    return NLLLoss(x.log(), Tensor(Y))


def cost(params, X, Y):
    return loss_of([Tensor(p) for p in params], X, Y).value


def gradients(params, X, Y, right):
    tensors = [Tensor(p) for p in params]
    loss_of(tensors, X, Y, right).backward()
    return [t.grad for t in tensors]


def grad(params, X, Y):
    return gradients(params, X, Y, False)


def repaired(params, X, Y):
    return gradients(params, X, Y, True)
