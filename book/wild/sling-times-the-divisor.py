"""The backward of a quotient multiplies the numerator's gradient by the divisor instead of dividing."""

import numpy as np

SOURCE = "https://github.com/google/sling/pull/358"
THREAD = "google/sling PR #358, fb444b5b"
DATE = "2019-04"
KIND = "gradient"
GROUP = "slope"
FORMULA = r"\partial C / \partial x = y\, \partial C / \partial z,\; z = x / y"
RIGHT = r"\partial C / \partial x = \tfrac1y\, \partial C / \partial z,\; z = x / y"
READ = "reconstruction"  # the gradient functions and CosSim are the author's, the loss around them is made up
LAYER = [1]
NAMES = []
NET = None  # a flow of operations
BLOCKS = ["W[1]", "b[1]"]
SAMPLES = 6
LAM = 0.0


def start(rng):
    return {"W": rng.standard_normal((3, 4)), "b": rng.standard_normal(4)}


def data(rng):
    """Each output should point where its target does."""
    return rng.standard_normal((SAMPLES, 3)), rng.standard_normal((SAMPLES, 4))


COMPUTE = {
    "Add": lambda x, y: x + y,
    "Sub": lambda x, y: x - y,
    "Mul": lambda x, y: x * y,
    "Div": lambda x, y: x / y,
    "MatMul": lambda x, y: x @ y,
    "Sqrt": np.sqrt,
    "Square": lambda x: x * x,
    "Tanh": np.tanh,
    "Sum": np.sum,
}


class Variable:
    def __init__(self, value):
        self.value = value


class Operation:
    def __init__(self, type, inputs):
        self.type, self.inputs = type, inputs
        self.outputs = [Variable(COMPUTE[type](*[x.value for x in inputs]))]


class FlowBuilder:
    def __init__(self):
        self.ops = []

    def Op(self, type, *inputs):
        self.ops.append(Operation(type, inputs))
        return self.ops[-1].outputs[0]

    def DotProduct(self, x, y):
        return self.Op("Sum", self.Op("Mul", x, y))

    def Norm(self, v):
        return self.Op("Sqrt", self.Op("Sum", self.Op("Square", v)))

    def CosSim(self, x, y):
        return self.Op("Div", self.DotProduct(x, y), self.Op("Mul", self.Norm(x), self.Norm(y)))


class Gradients:
    def __init__(self):
        self.adjoints = {}

    def d(self, x):
        return self.adjoints[x]

    def v(self, x):
        return x.value

    def add(self, x, term):
        self.adjoints[x] = self.adjoints.get(x, 0.0) + term


def add_grad(x, y, z, g):
    g.add(x, g.d(z))
    g.add(y, g.d(z))


def sub_grad(x, y, z, g):
    g.add(x, g.d(z))
    g.add(y, -g.d(z))


def mul_grad(x, y, z, g):
    g.add(x, g.d(z) * g.v(y))
    g.add(y, g.v(x) * g.d(z))


def matmul_grad(x, y, z, g):
    g.add(x, g.d(z) @ g.v(y).T)
    g.add(y, g.v(x).T @ g.d(z))


def div_grad(x, y, z, g):
    g.add(x, g.d(z) * g.v(y))
    g.add(y, g.d(z) * (-g.v(z) / g.v(y)))


def later_div_grad(x, y, z, g):
    g.add(x, g.d(z) / g.v(y))
    g.add(y, g.d(z) * (-g.v(z) / g.v(y)))


def square_grad(x, y, g):
    g.add(x, g.d(y) * (2.0 * g.v(x)))


def sqrt_grad(x, y, g):
    g.add(x, g.d(y) / (2.0 * g.v(y)))


def tanh_grad(x, y, g):
    g.add(x, g.d(y) * (1.0 - g.v(y) ** 2))


def sum_grad(x, y, g):
    g.add(x, np.broadcast_to(g.d(y), g.v(x).shape))


LIBRARY = {"Add": add_grad, "Sub": sub_grad, "Mul": mul_grad, "MatMul": matmul_grad, "Div": div_grad}
LIBRARY |= {"Square": square_grad, "Sqrt": sqrt_grad, "Tanh": tanh_grad, "Sum": sum_grad}


def flow(W, b, x, y):
    f = FlowBuilder()
    h = f.Op("Tanh", f.Op("Add", f.Op("MatMul", Variable(x[None]), W), b))
    return f.Op("Sub", Variable(1.0), f.CosSim(h, Variable(y[None]))), f.ops


def cost(params, X, Y):
    W, b = Variable(params["W"]), Variable(params["b"][None])
    return sum(flow(W, b, x, y)[0].value for x, y in zip(X, Y))


def gradient(params, X, Y, library):
    W, b = Variable(params["W"]), Variable(params["b"][None])
    g = Gradients()
    for x, y in zip(X, Y):
        loss, ops = flow(W, b, x, y)
        g.adjoints[loss] = 1.0
        for op in reversed(ops):
            library[op.type](*op.inputs, *op.outputs, g)
    return {"W": g.d(W), "b": g.d(b)[0]}


def grad(params, X, Y):
    return gradient(params, X, Y, LIBRARY)


def repaired(params, X, Y):
    return gradient(params, X, Y, LIBRARY | {"Div": later_div_grad})
