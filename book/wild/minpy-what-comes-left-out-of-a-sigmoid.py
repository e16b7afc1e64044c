"""The rule for a sigmoid gives its slope back and leaves out the gradient that comes."""

import numpy as np

SOURCE = "https://github.com/dmlc/minpy/commit/0120f6b"
THREAD = "dmlc/minpy 0120f6b"
DATE = "2016-09"
KIND = "gradient"
FORMULA = r"\partial C / \partial z = a \odot (1 - a),\; a = \sigma(z)"
RIGHT = r"\partial C / \partial z = g \odot a \odot (1 - a),\; g = \partial C / \partial a"
READ = "code"
GROUP = "down"
LAYER = [1]
NAMES = []
NET = None  # a mixture by a gate
BLOCKS = ["gate[1]", "left[2]", "right[2]"]
SAMPLES = 7
LAM = 0.0


class Primitive:
    """A function, and a gradient function for each of its arguments."""

    def __init__(self, f):
        self.f, self.grads = f, {}

    def def_grad(self, make, argnum=0):
        self.grads[argnum] = make

    def __call__(self, *args):
        answer = self.f(*[a.value if isinstance(a, Array) else a for a in args])
        return Array(answer, self, args)


class Array:
    def __init__(self, value, primitive=None, args=()):
        self.value, self.primitive, self.args, self.grad = value, primitive, args, 0


def prims_of(right):
    prims = {
        "dot": Primitive(np.dot),
        "multiply": Primitive(np.multiply),
        "add": Primitive(np.add),
        "sigmoid": Primitive(lambda x: 1 / (1 + np.exp(-x))),
        "one_minus": Primitive(lambda x: 1 - x),
        "mean_square": Primitive(lambda x, y: np.mean((x - y) ** 2)),
    }
    prims["dot"].def_grad(lambda answer, a, b: lambda g: np.dot(g, b.T))
    prims["dot"].def_grad(lambda answer, a, b: lambda g: np.dot(a.T, g), argnum=1)
    prims["multiply"].def_grad(lambda answer, a, b: lambda g: g * b)
    prims["multiply"].def_grad(lambda answer, a, b: lambda g: g * a, argnum=1)
    prims["add"].def_grad(lambda answer, a, b: lambda g: g)
    prims["add"].def_grad(lambda answer, a, b: lambda g: g, argnum=1)
    prims["one_minus"].def_grad(lambda answer, x: lambda g: -g)
    prims["mean_square"].def_grad(lambda answer, x, y: lambda g: g * 2 * (x - y) / y.size)
    if right:
        prims["sigmoid"].def_grad(lambda answer, x: lambda g: g * answer * (1 - answer))
    else:
        prims["sigmoid"].def_grad(lambda answer, x: lambda g: answer * (1 - answer))
    return prims


def backward(target):
    order, seen = [], set()

    def visit(node):
        if isinstance(node, Array) and id(node) not in seen:
            seen.add(id(node))
            for arg in node.args:
                visit(arg)
            order.append(node)

    visit(target)
    target.grad = 1.0
    for node in reversed(order):
        if node.primitive is not None:
            values = [a.value if isinstance(a, Array) else a for a in node.args]
            for argnum, make in node.primitive.grads.items():
                if isinstance(node.args[argnum], Array):
                    node.args[argnum].grad = node.args[argnum].grad + make(node.value, *values)(node.grad)


def start(rng):
    return [rng.standard_normal((3, 2)) for _ in range(3)]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.standard_normal((SAMPLES, 2))


def loss(weights, X, Y, f):
    """A gate weighs two linear maps."""
    gate, left, right = weights
    share = f["sigmoid"](f["dot"](X, gate))
    first = f["multiply"](share, f["dot"](X, left))
    second = f["multiply"](f["one_minus"](share), f["dot"](X, right))
    return f["mean_square"](f["add"](first, second), Y)


def cost(params, X, Y):
    return loss([Array(p) for p in params], X, Y, prims_of(right=True)).value


def run(params, X, Y, right):
    weights = [Array(p) for p in params]
    backward(loss(weights, X, Y, prims_of(right)))
    return [w.grad for w in weights]


def grad(params, X, Y):
    return run(params, X, Y, right=False)


def repaired(params, X, Y):
    return run(params, X, Y, right=True)
