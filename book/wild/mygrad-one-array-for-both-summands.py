"""Both summands of a sum are given one array for their gradients, and what is added to one is added to the other."""

import numpy as np

SOURCE = "https://github.com/rsokl/MyGrad/commit/407b2764"
THREAD = "rsokl/MyGrad 407b2764"
DATE = "2018-08"
KIND = "gradient"
FORMULA = r"\bar q = \bar t + 2\, p \odot \bar w,\; t = p + q,\; w = p \odot p"
RIGHT = r"\bar q = \bar t,\; \bar p = \bar t + 2\, p \odot \bar w,\; t = p + q,\; w = p \odot p"
READ = "code"
GROUP = "blocks"
LAYER = [1]
NAMES = []
N = 4
NET = None  # two vectors, of which one is used twice
BLOCKS = ["p[1]", "q[1]"]
SAMPLES = 7
LAM = 0.0


def start(rng):
    return [rng.standard_normal(N), rng.standard_normal(N)]


def data(rng):
    """Two inputs for each sample."""
    return rng.standard_normal((2, SAMPLES, N)), rng.standard_normal(SAMPLES)


class Tensor:
    def __init__(self, data, creator=None):
        self.data, self.creator, self.grad = np.asarray(data), creator, None
        self.ops, self.accum_ops = set(), set()

    def backward(self, grad):
        self.grad = np.asarray(grad)
        self.propagate()

    def propagate(self):
        """Once all operations have sent theirs."""
        if self.creator is not None and not self.ops - self.accum_ops:
            self.accum_ops.clear()
            self.creator.backward(self.grad)


class Operation:
    def backward(self, grad):
        for index, var in enumerate(self.variables):
            if var.grad is None:
                var.grad = np.asarray(self.backward_var(grad, index))
            else:
                var.grad += self.backward_var(grad, index)
        for var in dict.fromkeys(self.variables):
            var.accum_ops.add(self)
            var.propagate()


class Add(Operation):
    def __call__(self, a, b):
        self.variables = (a, b)
        return a.data + b.data

    def backward(self, grad):
        super().backward(np.copy(grad))

    def backward_var(self, grad, index):
        return grad


class AddLater(Add):
    def backward(self, grad):
        Operation.backward(self, grad)

    def backward_var(self, grad, index):
        return np.copy(grad)


class Multiply(Operation):
    def __call__(self, a, b):
        self.variables = (a, b)
        return a.data * b.data

    def backward_var(self, grad, index):
        return grad * self.variables[1 - index].data


class MatMul(Operation):
    """By a constant matrix."""

    def __init__(self, matrix):
        self.matrix = matrix

    def __call__(self, a):
        self.variables = (a,)
        return self.matrix @ a.data

    def backward_var(self, grad, index):
        return self.matrix.T @ grad


def op(f, *variables):
    out = Tensor(f(*variables), f)
    for var in variables:
        var.ops.add(f)
    return out


def model(p, q, X, add):
    linear = op(MatMul(X[0]), op(add(), p, q))
    square = op(MatMul(X[1]), op(Multiply(), p, p))
    return op(add(), linear, square)


def cost(params, X, Y):
    p, q = map(Tensor, params)
    return 0.5 * np.sum((model(p, q, X, Add).data - Y) ** 2) / SAMPLES


def gradients(params, X, Y, add):
    p, q = map(Tensor, params)
    out = model(p, q, X, add)
    out.backward((out.data - Y) / SAMPLES)
    return [p.grad, q.grad]


def grad(params, X, Y):
    return gradients(params, X, Y, Add)


def repaired(params, X, Y):
    return gradients(params, X, Y, AddLater)
