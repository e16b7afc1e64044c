"""The gradient of a permutation of axes is permuted by the same order instead of the inverse one."""

import numpy as np

SOURCE = "https://github.com/lmalms/minitorch/commit/462c9a1"
THREAD = "lmalms/minitorch 462c9a1"
DATE = "2022-10"
KIND = "gradient"
GROUP = "blocks"
FORMULA = r"\partial C / \partial A = P_\sigma(\partial C / \partial P_\sigma(A))"
RIGHT = r"\partial C / \partial A = P_{\sigma^{-1}}(\partial C / \partial P_\sigma(A))"
READ = "code"  # of Permute and the chain rule; the small model around it is made up
LAYER = [1]
NAMES = [{"order"}, {"transposed-block"}]
NET = None  # a tensor of weights whose three axes are turned before it is used
BLOCKS = ["W[1]", "v[2]"]
SAMPLES = 5
LAM = 0.0
ORDER = (1, 2, 0)


def start(rng):
    return [rng.standard_normal((2, 2, 2)), rng.standard_normal((2, 2))]


def data(rng):
    return rng.standard_normal((SAMPLES, 2, 2, 2)), rng.standard_normal(SAMPLES)


class Context:
    def save_for_backward(self, *values):
        self.saved_tensors = values


class Permute:
    @classmethod
    def forward(cls, ctx, a, order):
        ctx.save_for_backward(a, order)
        return a.transpose([order[i] for i in range(len(order))])

    @classmethod
    def backward(cls, ctx, grad_out):
        a, order = ctx.saved_tensors
        return (grad_out.transpose([order[i] for i in range(len(order))]),)


class PermuteLater(Permute):
    @classmethod
    def backward(cls, ctx, grad_out):
        a, order = ctx.saved_tensors
        order_list = [order[i] for i in range(len(order))]
        reverse_order, _ = zip(*sorted(enumerate(order_list), key=lambda pair: pair[1]))
        return (grad_out.transpose(reverse_order),)


class Mul:
    @classmethod
    def forward(cls, ctx, a, b):
        ctx.save_for_backward(a, b)
        return a * b

    @classmethod
    def backward(cls, ctx, grad_out):
        a, b = ctx.saved_tensors
        return grad_out * b, grad_out * a


class Tanh:
    @classmethod
    def forward(cls, ctx, a):
        out = np.tanh(a)
        ctx.save_for_backward(out)
        return out

    @classmethod
    def backward(cls, ctx, grad_out):
        (out,) = ctx.saved_tensors
        return (grad_out * (1 - out * out),)


class Sum:
    @classmethod
    def forward(cls, ctx, a, dim):
        ctx.save_for_backward(a.shape, dim)
        return a.sum(dim)

    @classmethod
    def backward(cls, ctx, grad_out):
        shape, dim = ctx.saved_tensors
        return (np.broadcast_to(np.expand_dims(grad_out, dim), shape),)


def model(params, X, permute):
    """The outputs, and a function that takes their gradient back to the parameters."""
    W, v = params
    steps = []

    def apply(function, *inputs):
        ctx = Context()
        steps.append((function, ctx))
        return function.forward(ctx, *inputs)

    turned = apply(permute, W, ORDER)
    hidden = apply(Tanh, apply(Sum, apply(Mul, turned[None], X), 3))
    out = apply(Sum, apply(Mul, v[None], hidden), (1, 2))

    def back(grad_out):
        backward = lambda g: (lambda function, ctx: function.backward(ctx, g))(*steps.pop())
        (g,) = backward(grad_out)
        grad_v, g = backward(g)
        (g,) = backward(g)
        (g,) = backward(g)
        grad_turned, _ = backward(g)
        (grad_W,) = backward(grad_turned.sum(0))
        return [grad_W, grad_v.sum(0)]

    return out, back


def cost(params, X, Y):
    return np.mean((model(params, X, Permute)[0] - Y) ** 2)


def gradients(params, X, Y, permute):
    out, back = model(params, X, permute)
    return back(2 * (out - Y) / len(Y))


def grad(params, X, Y):
    return gradients(params, X, Y, Permute)


def repaired(params, X, Y):
    return gradients(params, X, Y, PermuteLater)
