"""In a scalar engine a quotient hands its denominator a gradient without the minus: a tanh is one."""

import numpy as np

SOURCE = "https://github.com/LazaroHurtado/micrograd-rs/commit/c536e58"
THREAD = "LazaroHurtado/micrograd-rs c536e58"
DATE = "2023-01"
KIND = "gradient"
FORMULA = r"\frac{\partial}{\partial v} \frac{u}{v} = \frac{u}{v^2}"
RIGHT = r"\frac{\partial}{\partial v} \frac{u}{v} = -\frac{u}{v^2}"
READ = "code"
GROUP = "slope"
LAYER = [1, 2]
NAMES = []
SIZES = (3, 4, 1)
NET = dict(sizes=SIZES, hidden="tanh", output="tanh", loss="mse")
SAMPLES = 6
LAM = 0.0


def start(rng):
    return [
        [0.7 * rng.standard_normal((nout, nin)), 0.3 * rng.standard_normal(nout)] for nin, nout in zip(SIZES, SIZES[1:])
    ]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.choice([-1.0, 1.0], (SAMPLES, 1))


class Value:
    right = False

    def __init__(self, value, op=None, operands=()):
        self.value = value
        self.op = op
        self.operands = operands
        self.grad = 0.0
        self.back_pass = False

    def __add__(self, rhs):
        return Value(self.value + rhs.value, "add", (self, rhs))

    def __sub__(self, rhs):
        return Value(self.value - rhs.value, "sub", (self, rhs))

    def __mul__(self, rhs):
        return Value(self.value * rhs.value, "mul", (self, rhs))

    def __truediv__(self, rhs):
        return Value(self.value / rhs.value, "div", (self, rhs))

    def powf(self, exponent):
        self_exponent = Value(self.value**exponent, "pow", (self,))
        self_exponent.exponent = exponent
        return self_exponent

    def exp(self):
        return Value(np.exp(self.value), "exp", (self,))

    def propagate(self):
        grad = self.grad
        if self.op == "add":
            lhs, rhs = self.operands
            lhs.grad += grad
            rhs.grad += grad
        elif self.op == "sub":
            lhs, rhs = self.operands
            lhs.grad += grad
            rhs.grad += -grad
        elif self.op == "mul":
            lhs, rhs = self.operands
            lhs.grad += grad * rhs.value
            rhs.grad += grad * lhs.value
        elif self.op == "div":
            numer, denom = self.operands
            numer.grad += grad / denom.value
            if Value.right:
                denom.grad += grad * -(numer.value / denom.value**2.0)
            else:
                denom.grad += grad * (numer.value / denom.value**2.0)
        elif self.op == "pow":
            (variable,) = self.operands
            variable.grad += grad * (variable.value ** (self.exponent - 1.0) * self.exponent)
        elif self.op == "exp":
            (exponent,) = self.operands
            exponent.grad += grad * self.value

    def topo_sort(self):
        order = []
        self.back_pass = True
        for operand in self.operands:
            if not operand.back_pass:
                order += operand.topo_sort()
        order.append(self)
        return order

    def backward(self):
        topo_order = self.topo_sort()
        self.grad = 1.0
        for source in reversed(topo_order):
            source.propagate()


def tanh(value):
    two, one = Value(2.0), Value(1.0)
    return ((value * two).exp() - one) / ((value * two).exp() + one)


def loss_of(params, X, Y):
    """The loss, and the leaves of the parameters."""
    layers = [([[Value(w) for w in row] for row in W], [Value(b) for b in biases]) for W, biases in params]
    loss = Value(0.0)
    for x, y in zip(X, Y):
        a = [Value(each) for each in x]
        for weights, biases in layers:
            out = []
            for row, b in zip(weights, biases):
                total = Value(0.0)
                for w, each in zip(row, a):
                    total = total + w * each
                out.append(tanh(total + b))
            a = out
        for pred, actual in zip(a, y):
            loss = loss + (pred - Value(actual)).powf(2.0)
    return loss, layers


def cost(params, X, Y):
    return loss_of(params, X, Y)[0].value / len(X)


def gradients(params, X, Y, right):
    Value.right = right
    loss, layers = loss_of(params, X, Y)
    loss.backward()
    return [
        [np.array([[w.grad for w in row] for row in weights]) / len(X), np.array([b.grad for b in biases]) / len(X)]
        for weights, biases in layers
    ]


def grad(params, X, Y):
    return gradients(params, X, Y, right=False)


def repaired(params, X, Y):
    return gradients(params, X, Y, right=True)
