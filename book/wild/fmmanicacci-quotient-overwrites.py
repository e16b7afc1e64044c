"""In a quotient's backward step the gradients of both operands are assigned and not added to."""

import numpy as np

SOURCE = "https://github.com/fmmanicacci/nanograd/commit/cc3d03f"
THREAD = "fmmanicacci/nanograd cc3d03f"
DATE = "2023-03"
KIND = "gradient"
FORMULA = r"\partial C / \partial s = -\frac{e_k}{s^2}\, \frac{\partial C}{\partial p_k} \text{ for one } k"
RIGHT = r"\partial C / \partial s = -\sum_k \frac{e_k}{s^2}\, \frac{\partial C}{\partial p_k},\; p_k = e_k / s"
READ = "code"
GROUP = "down"
LAYER = [1]
NAMES = [{"gradient-overwritten"}]
NET = dict(sizes=(3, 3), hidden="tanh", output="softmax", loss="half_squared")
SAMPLES = 6
LAM = 0.0


def start(rng):
    return [rng.standard_normal((3, 3)), rng.standard_normal(3)]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), np.eye(3)[rng.integers(0, 3, SAMPLES)]


class Scalar:
    right = False

    def __init__(self, data, _children=()):
        self.data = data
        self._grad = 0.0
        self._prev = _children
        self._backward_fn = lambda: None

    def __add__(self, other):
        out = Scalar(self.data + other.data, (self, other))

        def _backward_fn():
            self._grad += out._grad
            other._grad += out._grad

        out._backward_fn = _backward_fn
        return out

    def __mul__(self, other):
        out = Scalar(self.data * other.data, (self, other))

        def _backward_fn():
            self._grad += other.data * out._grad
            other._grad += self.data * out._grad

        out._backward_fn = _backward_fn
        return out

    def __truediv__(self, other):
        out = Scalar(self.data / other.data, (self, other))

        def _backward_fn():
            if Scalar.right:
                self._grad += (1.0 / other.data) * out._grad
                other._grad += (-self.data / (other.data**2)) * out._grad
            else:
                self._grad = (1.0 / other.data) * out._grad
                other._grad = (-self.data / (other.data**2)) * out._grad

        out._backward_fn = _backward_fn
        return out

    def exp(self):
        out = Scalar(np.exp(self.data), (self,))

        def _backward_fn():
            self._grad += out.data * out._grad

        out._backward_fn = _backward_fn
        return out

    def backward(self):
        topo, visited = [], set()

        def build(v):
            if v not in visited:
                visited.add(v)
                for child in v._prev:
                    build(child)
                topo.append(v)

        build(self)
        self._grad = 1.0
        for v in reversed(topo):
            v._backward_fn()


def loss(w, b, X, Y):
    total = Scalar(0.0)
    for x, y in zip(X, Y):
        e = []
        for k in range(3):
            z = b[k]
            for j in range(3):
                z = z + w[j][k] * Scalar(x[j])
            e.append(z.exp())
        s = e[0] + e[1] + e[2]
        for k in range(3):
            d = e[k] / s + Scalar(-y[k])
            total = total + d * d * Scalar(0.5 / len(X))
    return total


def scalars(params):
    return [[Scalar(v) for v in row] for row in params[0]], [Scalar(v) for v in params[1]]


def cost(params, X, Y):
    return loss(*scalars(params), X, Y).data


def grad(params, X, Y, right=False):
    Scalar.right = right
    w, b = scalars(params)
    loss(w, b, X, Y).backward()
    return [np.array([[v._grad for v in row] for row in w]), np.array([v._grad for v in b])]


def repaired(params, X, Y):
    return grad(params, X, Y, True)
