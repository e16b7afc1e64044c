"""The backward of a power lowers the exponent and forgets to multiply by it."""

import numpy as np

SOURCE = "https://github.com/darglein/TinyTorch/commit/dd33d35"
THREAD = "darglein/TinyTorch dd33d35"
DATE = "2024-01"
KIND = "gradient"
GROUP = "factor"
FORMULA = r"\partial C / \partial a = a^{b - 1}\, \partial C / \partial r,\; r = a^b,\; b = 2"
RIGHT = r"\partial C / \partial a = b\, a^{b - 1}\, \partial C / \partial r,\; r = a^b"
READ = "reconstruction"  # the model is that of samples/main.cpp, but for its loss: square(...) there, pow(..., 2) here
LAYER = [1]
NAMES = [{"two-missing"}, {"factor"}]
NET = None  # sums and products entry by entry
BLOCKS = ["a[1]", "b[1]", "c[1]", "d[1]"]
SAMPLES = 3
LAM = 0.0


def start(rng):
    return [rng.uniform(0.3, 1.3, (3, 5)) for _ in range(4)]


def data(rng):
    """The observation and the target."""
    return rng.uniform(0, 1, (3, 5)), rng.uniform(0, 1, (3, 5))


class Tensor:
    def __init__(self, values, node=None):
        self.values, self.node, self.grad = values, node, np.zeros(np.shape(values))


class FunctionNode:
    """Each subclass has forward and backward; backward gives a gradient for each of next."""

    @classmethod
    def apply(cls, *next, **saved_data):
        ctx = cls()
        ctx.next, ctx.saved_data = next, saved_data
        return Tensor(ctx.forward(*[t.values for t in next]), ctx)


class AddNode(FunctionNode):
    def forward(self, a, b):
        return a + b

    def backward(self, g):
        return [g, g]


class SubNode(FunctionNode):
    def forward(self, a, b):
        return a - b

    def backward(self, g):
        return [g, -g]


class MultNode(FunctionNode):
    def forward(self, a, b):
        self.saved_variables = a, b
        return a * b

    def backward(self, g):
        a, b = self.saved_variables
        return [b * g, a * g]


class DivNode(FunctionNode):
    def forward(self, a, b):
        self.saved_variables = a, b
        return a / b

    def backward(self, g):
        a, b = self.saved_variables
        return [1 / b * g, -a / (b * b) * g]


class SumNode(FunctionNode):
    def forward(self, a):
        self.size = a.shape
        return np.sum(a)

    def backward(self, g):
        return [np.full(self.size, g)]


class PowScalarNode(FunctionNode):
    right = False

    def forward(self, a):
        self.saved_variables = (a,)
        return a ** self.saved_data["b"]

    def backward(self, g):
        a = self.saved_variables[0]
        b = self.saved_data["b"]
        grad_a = a ** (b - 1)
        grad_a = grad_a * g * b if PowScalarNode.right else grad_a * g
        return [grad_a]


def scalar(c):
    return Tensor(np.full((3, 5), c))


def model(params, x):
    x = AddNode.apply(AddNode.apply(x, params[0]), scalar(5.0))
    x = DivNode.apply(x, params[0])
    x = MultNode.apply(x, MultNode.apply(params[0], scalar(-1.0)))
    x = AddNode.apply(AddNode.apply(x, params[1]), scalar(5.0))
    x = MultNode.apply(MultNode.apply(x, params[2]), scalar(-1.0))
    return AddNode.apply(x, MultNode.apply(scalar(2.0), params[3]))


def loss_of(params, X, Y):
    prediction = model(params, Tensor(X))
    return SumNode.apply(PowScalarNode.apply(SubNode.apply(prediction, Tensor(Y)), b=2.0))


def backward(loss):
    order = []

    def visit(t):
        if t not in order:
            for n in t.node.next if t.node else ():
                visit(n)
            order.append(t)

    visit(loss)
    loss.grad = 1.0
    for t in reversed(order):
        if t.node:
            for n, g in zip(t.node.next, t.node.backward(t.grad)):
                n.grad = n.grad + g


def cost(params, X, Y):
    return loss_of([Tensor(p) for p in params], X, Y).values


def gradients(params, X, Y, right):
    tensors = [Tensor(p) for p in params]
    PowScalarNode.right = right
    backward(loss_of(tensors, X, Y))
    return [t.grad for t in tensors]


def grad(params, X, Y):
    return gradients(params, X, Y, False)


def repaired(params, X, Y):
    return gradients(params, X, Y, True)
