"""The backward pass of a product with a number adds that number to the gradient instead of multiplying."""

import numpy as np

SOURCE = "https://github.com/Miraj98/tensor-rs/commit/d60aef1"
THREAD = "Miraj98/tensor-rs d60aef1"
DATE = "2022-12"
KIND = "gradient"
FORMULA = r"\partial C / \partial x = c + \partial C / \partial y,\; y = c\, x"
RIGHT = r"\partial C / \partial x = c \cdot \partial C / \partial y,\; y = c\, x"
READ = "code"
GROUP = "slope"
LAYER = [2]
NAMES = []
NET = None  # a network whose outputs are multiplied by a number
BLOCKS = ["W[1]", "b[1]", "W[2]", "b[2]"]
SAMPLES = 6
LAM = 0.0
SCALE = 0.5


def start(rng):
    shapes = [(4, 3), (4, 1), (2, 4), (2, 1)]
    return [rng.standard_normal(shape) for shape in shapes]


def data(rng):
    """Samples are columns."""
    return rng.standard_normal((3, SAMPLES)), rng.standard_normal((2, SAMPLES))


class Tensor:
    """Each operation appends its way back to one common list, which is run from its end."""

    def __init__(self, data, backward_ops):
        self.data, self.backward_ops, self.g = data, backward_ops, np.zeros_like(data)

    def out(self, data):
        return Tensor(data, self.backward_ops)

    def matmul(self, rhs):
        out = self.out(self.data @ rhs.data)

        def op():
            self.g = self.g + out.g @ rhs.data.T
            rhs.g = rhs.g + self.data.T @ out.g

        self.backward_ops.append(op)
        return out

    def add(self, rhs):
        out = self.out(self.data + rhs.data)

        def op():
            self.g = self.g + out.g
            rhs.g = rhs.g + np.sum(out.g, axis=1, keepdims=True)

        self.backward_ops.append(op)
        return out

    def sub(self, rhs):
        out = self.out(self.data - rhs.data)

        def op():
            self.g = self.g + out.g
            rhs.g = rhs.g - out.g

        self.backward_ops.append(op)
        return out

    def sigmoid(self):
        out = self.out(1 / (1 + np.exp(-self.data)))

        def op():
            self.g = self.g + out.data * (1.0 - out.data) * out.g

        self.backward_ops.append(op)
        return out

    def square(self):
        out = self.out(self.data * self.data)

        def op():
            local = 2.0 * self.data
            local = local * out.g
            self.g = self.g + local

        self.backward_ops.append(op)
        return out

    def mean(self):
        out = self.out(np.mean(self.data))

        def op():
            self.g = self.g + np.full_like(self.data, out.g / self.data.size)

        self.backward_ops.append(op)
        return out

    def mul_scalar(self, rhs, right=False):
        out = self.out(self.data * rhs)

        def op():
            local_grad = np.full_like(self.data, rhs)
            if right:
                local_grad *= out.g
            else:
                local_grad += out.g
            self.g = self.g + local_grad

        self.backward_ops.append(op)
        return out

    def backward(self):
        self.g = np.ones_like(self.data)
        for op in reversed(self.backward_ops):
            op()


def mse_loss(output, target):
    return output.sub(target).square().mean()


def forward(params, X, Y, right=False):
    ops = []
    w1, b1, w2, b2 = leaves = [Tensor(p, ops) for p in params]
    a = w1.matmul(Tensor(X, ops)).add(b1).sigmoid()
    output = w2.matmul(a).add(b2).mul_scalar(SCALE, right)
    return leaves, mse_loss(output, Tensor(Y, ops))


def cost(params, X, Y):
    return forward(params, X, Y)[1].data


def gradients(params, X, Y, right):
    leaves, loss = forward(params, X, Y, right)
    loss.backward()
    return [leaf.g for leaf in leaves]


def grad(params, X, Y):
    return gradients(params, X, Y, False)


def repaired(params, X, Y):
    return gradients(params, X, Y, True)
