"""A product passes to each factor the other's gradient, and not its value times what comes back."""

import numpy as np

SOURCE = "https://github.com/iyasinn/micrograd-plusplus/commit/611b16c"
THREAD = "iyasinn/micrograd-plusplus 611b16c"
DATE = "2025-03"
KIND = "gradient"
GROUP = "down"
FORMULA = r"\bar u \mathrel{+}= \bar v,\; \bar v \mathrel{+}= \bar u \text{ for } p = u v"
RIGHT = r"\bar u \mathrel{+}= v\, \bar p,\; \bar v \mathrel{+}= u\, \bar p"
READ = "reconstruction"  # the nodes are the author's; the line that they fit is small and plain
LAYER = [1]
NAMES = [{"no-gradient"}]
NET = dict(sizes=(3, 1), hidden="identity", output="identity", loss="mse")
SAMPLES = 7
LAM = 0.0


def start(rng):
    return [rng.standard_normal((1, 3)), rng.standard_normal(1)]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.standard_normal((SAMPLES, 1))


class Value:
    def __init__(self, value, prev=()):
        self._value = value
        self._gradient = 0
        self.gradient_func = None
        self.prev = list(prev)

    def __neg__(self):
        output = type(self)(-1 * self._value, [self])

        def gradient_func():
            output.prev[0]._gradient += -1 * output._gradient

        output.gradient_func = gradient_func
        return output

    def __add__(left, right):
        output = type(left)(left._value + right._value, [left, right])

        def gradient_func():
            output.prev[0]._gradient += output._gradient
            output.prev[1]._gradient += output._gradient

        output.gradient_func = gradient_func
        return output

    def __sub__(left, right):
        return left + (-right)

    def __mul__(left, right):
        output = type(left)(left._value * right._value, [left, right])

        def gradient_func():
            output.prev[0]._gradient += output.prev[1]._gradient
            output.prev[1]._gradient += output.prev[0]._gradient

        output.gradient_func = gradient_func
        return output


class ValueLater(Value):
    def __mul__(left, right):
        output = type(left)(left._value * right._value, [left, right])

        def gradient_func():
            first = output.prev[0]
            second = output.prev[1]
            output.prev[0]._gradient += second._value * output._gradient
            output.prev[1]._gradient += first._value * output._gradient

        output.gradient_func = gradient_func
        return output


def backward(root):
    order, visited = [], set()

    def visit(node):
        if node not in visited:
            visited.add(node)
            for p in node.prev:
                visit(p)
            order.append(node)

    visit(root)
    root._gradient = 1
    for node in reversed(order):
        if node.gradient_func:
            node.gradient_func()


def loss(params, X, Y, kind):
    w, b = [np.vectorize(kind, otypes=[object])(p) for p in params]
    total = kind(0.0)
    for x, y in zip(X, Y):
        out = b[0]
        for j in range(len(x)):
            out = out + w[0, j] * kind(x[j])
        difference = out - kind(y[0])
        total = total + difference * difference
    return total * kind(1 / len(X)), (w, b)


def cost(params, X, Y):
    return loss(params, X, Y, Value)[0]._value


def gradients(params, X, Y, kind):
    value, leaves = loss(params, X, Y, kind)
    backward(value)
    return [np.array([float(v._gradient) for v in p.flat]).reshape(p.shape) for p in leaves]


def grad(params, X, Y):
    return gradients(params, X, Y, Value)


def repaired(params, X, Y):
    return gradients(params, X, Y, ValueLater)
