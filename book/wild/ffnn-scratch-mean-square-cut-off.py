"""The root mean square that divides a layer is made a new leaf of the graph, so that nothing flows through it."""

import numpy as np

SOURCE = "https://github.com/mrsuiii/FFNN-Scratch/commit/b376c7a"
THREAD = "mrsuiii/FFNN-Scratch b376c7a"
DATE = "2025-03"
KIND = "gradient"
GROUP = "down"
FORMULA = r"\delta^{z}_{j} = \gamma_j\, \delta^{out}_{j} / r,\; r = \sqrt{\operatorname{mean}(z^2) + \epsilon}"
RIGHT = r"\delta^{z}_{j} = \gamma_j\, \delta^{out}_{j} / r - z_j / (n r^3) \textstyle\sum_k \gamma_k \delta^{out}_k z_k"
READ = "code"  # numbers are kept in double precision, the author has float32
LAYER = [1]
NAMES = []
NET = None  # the hidden layer is normalised by its root mean square
BLOCKS = ["W[1]", "b[1]", "W[2]", "b[2]"]
SAMPLES = 6
LAM = 0.0
GAMMA = np.array([[0.7, -1.3, 0.9, 1.6]])  # random at the start, and not trained


def start(rng):
    return [rng.standard_normal((4, 3)), rng.standard_normal(4), rng.standard_normal((2, 4)), rng.standard_normal(2)]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.integers(0, 2, (SAMPLES, 2)).astype(float)


class Value:
    def __init__(self, data, prev=()):
        self.data, self.grad, self._prev, self._backward = np.array(data), None, prev, lambda: None

    def receive(self, grad):
        self.grad = (self.grad if self.grad is not None else np.zeros_like(self.data)) + grad

    def backward(self):
        self.grad = np.ones_like(self.data)
        topo, visited = [], set()

        def build_topo(t):
            if t not in visited:
                visited.add(t)
                for child in t._prev:
                    build_topo(child)
                topo.append(t)

        build_topo(self)
        for t in reversed(topo):
            t._backward()

    def made(self, data, prev, backward):
        out = Value(data, prev)
        out._backward = lambda: backward(out)
        return out

    @staticmethod
    def of(other):
        return other if isinstance(other, Value) else Value(other)

    def __add__(self, other):
        other = Value.of(other)

        def _backward(out):
            self.receive(out.grad)
            other.receive(out.grad)

        return self.made(self.data + other.data, (self, other), _backward)

    def unbroadcast(self, grad, shape):
        while grad.ndim > len(shape):
            grad = grad.sum(axis=0)
        for i, dim in enumerate(shape):
            if grad.shape[i] != dim:
                grad = grad.sum(axis=i, keepdims=True)
        return grad

    def __mul__(self, other):
        other = Value.of(other)

        def _backward(out):
            self.receive(self.unbroadcast(other.data * out.grad, self.data.shape))
            other.receive(self.unbroadcast(self.data * out.grad, other.data.shape))

        return self.made(self.data * other.data, (self, other), _backward)

    def __neg__(self):
        return self * (-1)

    def reciprocal(self):
        return self.made(1.0 / self.data, (self,), lambda out: self.receive(-out.data * out.data * out.grad))

    def __truediv__(self, other):
        return self * Value.of(other).reciprocal()

    def matmul(self, other):
        def _backward(out):
            self.receive(out.grad.dot(other.data.T))
            other.receive(self.data.T.dot(out.grad))

        return self.made(self.data.dot(other.data), (self, other), _backward)

    def log(self):
        return self.made(np.log(self.data), (self,), lambda out: self.receive((1 / self.data) * out.grad))

    def exp(self):
        return self.made(np.exp(self.data), (self,), lambda out: self.receive(out.data * out.grad))

    def sqrt(self):
        return self.made(np.sqrt(self.data), (self,), lambda out: self.receive((0.5 / out.data) * out.grad))

    def sum(self, axis, keepdims):
        data = np.sum(self.data, axis=axis, keepdims=keepdims)
        return self.made(data, (self,), lambda out: self.receive(np.ones_like(self.data) * out.grad))

    def mean(self):
        return self.made(np.mean(self.data), (self,), lambda out: self.receive(out.grad / self.data.size))

    def transpose(self):
        return self.made(self.data.T, (self,), lambda out: self.receive(out.grad.T))


def sigmoid(x):
    return Value(1) / ((-x).exp() + 1)


class Layer:
    def __init__(self, W, b, activation, rmsnorm=False, eps=1e-8, right=False):
        self.W, self.b, self.activation = Value(W), Value(b), activation
        self.rmsnorm, self.eps, self.right = rmsnorm, eps, right

    def rmsnorm_func(self, x):
        if self.right:
            ms = (x * x).sum(axis=1, keepdims=True) / x.data.shape[1]
            rms = (ms + self.eps).sqrt()
        else:
            ms = Value(np.mean(x.data**2, axis=1, keepdims=True))
            rms = Value(np.sqrt(ms.data + self.eps))
        return x / rms * Value(GAMMA)

    def __call__(self, x):
        z = x.matmul(self.W.transpose()) + self.b
        if self.rmsnorm:
            z = self.rmsnorm_func(z)
        return self.activation(z)


def build(params, X, Y, right=False):
    layers = [Layer(*params[:2], sigmoid, True, right=right), Layer(*params[2:], sigmoid)]
    pred, target = layers[1](layers[0](Value(X))), Value(Y)
    return layers, (-(target * pred.log() + (-target + 1.0) * (-pred + 1.0).log())).mean()


def cost(params, X, Y):
    return build(params, X, Y)[1].data


def gradients(params, X, Y, right):
    layers, loss = build(params, X, Y, right)
    loss.backward()
    grads = [v.grad for layer in layers for v in (layer.W, layer.b)]
    return [g if g.shape == p.shape else g.sum(axis=0) for g, p in zip(grads, params)]


def grad(params, X, Y):
    return gradients(params, X, Y, False)


def repaired(params, X, Y):
    return gradients(params, X, Y, True)
