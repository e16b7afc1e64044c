"""A value used twice passes on the whole sum of its gradients at each visit, not what has just arrived."""

import numpy as np

SOURCE = "https://github.com/windshadow233/autograd-with-numpy/commit/6f51032"
THREAD = "windshadow233/autograd-with-numpy 6f51032"
DATE = "2020-10"
KIND = "gradient"
GROUP = "down"
FORMULA = (
    r"\text{at each of its } k \text{ visits } x \text{ passes on } g_x^{(k)} = \textstyle\sum_{j \le k} g_{y_j}\, "
    r"\partial y_j / \partial x"
)
RIGHT = r"\text{at the } k\text{-th visit } x \text{ passes on } g_{y_k}\, \partial y_k / \partial x"
READ = "code"
LAYER = [1]
NAMES = []
NET = None  # the hidden layer is added to the output of the second
BLOCKS = ["W[1]", "b[1]", "W[2]", "b[2]"]
SAMPLES = 7
LAM = 0.0


def start(rng):
    """Weights as in the author's Linear: a row for each unit."""
    shapes = [(4, 3), (4,), (4, 4), (4,)]
    return [rng.standard_normal(shape) for shape in shapes]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.standard_normal((SAMPLES, 4))


class AddBackward:
    def calculate_grad(self, grad, children, place):
        x = children[place][0].data
        grad = np.ones_like(children[1 - place][0].data) * grad
        return grad if grad.shape == x.shape else grad.sum(axis=0)


class SubBackward:
    def calculate_grad(self, grad, children, place):
        return (-2.0 * place + 1.0) * np.ones_like(children[place][0].data) * grad


class DivBackward:
    def calculate_grad(self, grad, children, place):
        return np.ones_like(children[0][0].data) * grad / children[1][0]


class PowBackward:
    def calculate_grad(self, grad, children, place):
        x, exponent = children[0]
        return exponent * x.data ** (exponent - 1) * grad


class SumBackward:
    def calculate_grad(self, grad, children, place):
        return np.ones_like(children[0][0].data) * grad


class TBackward:
    def calculate_grad(self, grad, children, place):
        return grad.T


class SigmoidBackward:
    def calculate_grad(self, grad, children, place):
        y = children[0][1]
        return grad * y * (1.0 - y)


class MmBackward:
    def calculate_grad(self, grad, children, place):
        a = children[1 - place][0].data
        return grad @ a.T if place == 0 else a.T @ grad


class Tensor:
    def __init__(self, data, children=(), grad_fn=None, right=False):
        self.data, self.children, self.grad_fn, self.grad, self.right = data, children, grad_fn, None, right

    def _result(self, data, children, grad_fn):
        return Tensor(data, children, grad_fn, self.right)

    def __add__(self, other):
        return self._result(self.data + other.data, [(self, None), (other, None)], AddBackward())

    def __sub__(self, other):
        return self._result(self.data - other.data, [(self, None), (other, None)], SubBackward())

    def __truediv__(self, number):
        return self._result(self.data / number, [(self, None), (number, None)], DivBackward())

    def pow(self, exponent):
        return self._result(self.data**exponent, [(self, exponent)], PowBackward())

    def sum(self):
        return self._result(np.sum(self.data), [(self, None)], SumBackward())

    @property
    def T(self):
        return self._result(self.data.T, [(self, None)], TBackward())

    def sigmoid(self):
        y = 1.0 / (1.0 + np.exp(-self.data))
        return self._result(y, [(self, y)], SigmoidBackward())

    def matmul(self, other):
        return self._result(self.data @ other.data, [(self, None), (other, None)], MmBackward())

    def backward(self, grad=1.0):
        if self.grad_fn is None:
            return
        recurse_children = []
        for i, child in enumerate(self.children):
            child_tensor = child[0]
            if isinstance(child_tensor, Tensor):
                recurse_children.append(child_tensor)
                if child_tensor.grad is None:
                    child_tensor.grad = np.zeros_like(child_tensor.data)
                child_grad = self.grad_fn.calculate_grad(grad, self.children, i)
                child_tensor.grad = child_tensor.grad + child_grad
                if self.right:
                    child_tensor.backward(child_grad)
        if not self.right:
            for child_tensor in recurse_children:
                child_tensor.backward(child_tensor.grad)


def linear(x, w, b):
    return x.matmul(w.T) + b


def loss_of(params, X, Y, right=False):
    w1, b1, w2, b2 = leaves = [Tensor(p, right=right) for p in params]
    h = linear(Tensor(X, right=right), w1, b1).sigmoid()
    y_hat = linear(h, w2, b2) + h
    return leaves, (y_hat - Tensor(Y, right=right)).pow(2).sum() / len(X)


def cost(params, X, Y):
    return loss_of(params, X, Y)[1].data


def gradients(params, X, Y, right):
    leaves, loss = loss_of(params, X, Y, right)
    loss.backward()
    return [leaf.grad for leaf in leaves]


def grad(params, X, Y):
    return gradients(params, X, Y, False)


def repaired(params, X, Y):
    return gradients(params, X, Y, True)
