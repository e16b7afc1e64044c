"""A concatenation hands the sum of all gradients to each of its parts instead of each part's own."""

import numpy as np

SOURCE = "https://github.com/NotXia/nn-from-scratch/commit/c5da36a"
THREAD = "NotXia/nn-from-scratch c5da36a"
DATE = "2024-07"
KIND = "gradient"
FORMULA = r"\partial C / \partial u_j = \textstyle\sum_k g_k,\; g = \partial C / \partial (u_1, \dots, u_n)"
RIGHT = r"\partial C / \partial u_j = g_j"
READ = "code"
GROUP = "down"
LAYER = [1]
NAMES = []
NET = None  # a graph of arrays
BLOCKS = ["first[1]", "second[1]", "third[1]", "out[2]"]
SAMPLES = 6
LAM = 0.0


def match_shape(array, shape):
    array = array.sum(axis=tuple(range(array.ndim - len(shape))))
    for axis, size in enumerate(shape):
        if size == 1:
            array = np.sum(array, axis=axis, keepdims=True)
    return array


class Node:
    def __init__(self, value, parents=()):
        self.value, self.parents = value, list(parents)
        self.grad = np.zeros_like(value)

    def store_derivatives(self):
        pass

    def backward(self):
        order, seen = [], set()

        def visit(node):
            if id(node) not in seen:
                seen.add(id(node))
                for parent in node.parents:
                    visit(parent)
                order.append(node)

        visit(self)
        self.grad = np.ones_like(self.value)
        for node in reversed(order):
            node.store_derivatives()


class MatMul(Node):
    def __init__(self, a, b):
        super().__init__(a.value @ b.value, [a, b])

    def store_derivatives(self):
        a, b = self.parents
        a.grad = a.grad + self.grad @ b.value.T
        b.grad = b.grad + a.value.T @ self.grad


class Tanh(Node):
    def __init__(self, node):
        super().__init__(np.tanh(node.value), [node])

    def store_derivatives(self):
        self.parents[0].grad = self.parents[0].grad + self.grad * (1 - self.value**2)


class Concatenate(Node):
    slices = True

    def __init__(self, nodes, axis=-1):
        super().__init__(np.concatenate([node.value for node in nodes], axis=axis), nodes)
        self.axis = axis

    def store_derivatives(self):
        for i, parent in enumerate(self.parents):
            if Concatenate.slices:
                part = [slice(None)] * self.grad.ndim
                part[self.axis] = slice(i, i + 1)
                parent.grad = parent.grad + self.grad[tuple(part)]
            else:
                parent.grad = parent.grad + match_shape(self.grad, parent.grad.shape)


class MeanSquaredError(Node):
    def __init__(self, node, targets):
        self.errors = node.value - targets
        super().__init__(np.mean(self.errors**2), [node])

    def store_derivatives(self):
        self.parents[0].grad = self.parents[0].grad + self.grad * 2 * self.errors / self.errors.size


def start(rng):
    return [rng.standard_normal((3, 1)) for _ in range(3)] + [rng.standard_normal((3, 2))]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.standard_normal((SAMPLES, 2))


def graph(params, X, Y):
    leaves, inputs = [Node(p) for p in params], Node(X)
    *columns, out = leaves
    joined = Concatenate([Tanh(MatMul(inputs, column)) for column in columns])
    return leaves, MeanSquaredError(MatMul(joined, out), Y)


def cost(params, X, Y):
    return graph(params, X, Y)[1].value


def run(params, X, Y, slices):
    Concatenate.slices = slices
    leaves, loss = graph(params, X, Y)
    loss.backward()
    return [leaf.grad for leaf in leaves]


def grad(params, X, Y):
    return run(params, X, Y, slices=False)


def repaired(params, X, Y):
    return run(params, X, Y, slices=True)
