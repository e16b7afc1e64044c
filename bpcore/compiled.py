"""Backpropagation as loops: the four equations for one sample after another, compiled by Numba (an optional extra)."""

import functools
import math
import warnings

import numpy as np

from .activations import ACTIVATIONS, leaky_relu
from .losses import LOSSES

try:
    from numba import njit
except ModuleNotFoundError as missing:
    cure = "install it with `pip install numba`, or use engine='numpy'"
    raise ModuleNotFoundError(f"engine='numba' needs Numba, which is not installed: {cure}", name="numba") from missing

IDENTITY, SIGMOID, TANH, RELU, LEAKY_RELU, SOFTMAX = range(6)
HALF_SQUARED, MSE, BINARY_CROSS_ENTROPY, CROSS_ENTROPY = range(4)
ACTIVATION_CODES = {ACTIVATIONS[name]: code for code, name in enumerate(
    ("identity", "sigmoid", "tanh", "relu", "leaky_relu", "softmax"))}  # fmt: skip
LOSS_CODES = {LOSSES[name]: code for code, name in enumerate(
    ("half_squared", "mse", "binary_cross_entropy", "cross_entropy"))}  # fmt: skip

LARGE = 10**6  # TODO

# sizes[l] is n_l.  theta[start[l] + i·(1 + n_(l-1)) + j] is Θ^l_ij; j = 0 is the bias, and g lies as theta does.
# a[l, 0] = 1 and a[l, 1 + i] is a^l_i: row l of a is [1; a^l].  z[l, i] and d[l, i] are z^l_i and δ^l_i.
compiled = njit(cache=True, error_model="numpy")  # as NumPy: what divides by zero is infinite


@compiled
def activate(f, slope, n, z, a):
    # a = f(z); a begins with the constant 1
    if f == SOFTMAX:
        largest, total = z[:n].max(), 0.0
        for i in range(n):
            a[1 + i] = math.exp(z[i] - largest)
            total += a[1 + i]
        for i in range(n):
            a[1 + i] /= total
        return
    for i in range(n):
        if f == SIGMOID:
            small = math.exp(-abs(z[i]))  # at most 1: nothing overflows
            a[1 + i] = (1 if z[i] > 0 else small) / (1 + small)
        elif f == TANH:
            a[1 + i] = math.tanh(z[i])
        elif f == RELU or f == LEAKY_RELU:
            a[1 + i] = slope * z[i] if z[i] <= 0 else z[i]
        else:
            a[1 + i] = z[i]


@compiled
def pull(f, slope, n, z, a, d):
    # d ← d ⊙ f'(z), or d times the Jacobian of softmax
    mean = 0.0
    if f == SOFTMAX:
        for i in range(n):
            mean += d[i] * a[1 + i]
    for i in range(n):
        if f == SIGMOID:
            d[i] *= a[1 + i] * (1 - a[1 + i])
        elif f == TANH:
            d[i] *= 1 - a[1 + i] * a[1 + i]
        elif f == RELU or f == LEAKY_RELU:
            d[i] *= 1 if z[i] > 0 else slope
        elif f == SOFTMAX:
            d[i] = a[1 + i] * (d[i] - mean)


@compiled
def loss_of(loss, n, z, a, y):
    # ℓ of one sample, from z^L where that form is exact at any z
    total, largest = 0.0, 0
    if loss == CROSS_ENTROPY:
        for i in range(1, n):
            if z[i] > z[largest]:
                largest = i
        others = 0.0
        for i in range(n):
            others += 0.0 if i == largest else math.exp(z[i] - z[largest])
            total -= y[i] * (z[i] - z[largest])
        return total + math.log1p(others)
    for i in range(n):
        if loss == BINARY_CROSS_ENTROPY:
            total += math.log1p(math.exp(-abs(z[i]))) + z[i] * ((z[i] > 0) - y[i])
        else:
            total += (a[1 + i] - y[i]) ** 2 * (0.5 if loss == HALF_SQUARED else 1 / n)
    return total


@compiled
def forward(theta, sizes, start, f, slope, z, a):
    for l in range(1, len(sizes)):
        k = start[l]
        for i in range(sizes[l]):
            # z^l_i = Σ_j Θ^l_ij [1; a^(l-1)]_j
            total = 0.0
            for j in range(1 + sizes[l - 1]):
                total += theta[k] * a[l - 1, j]
                k += 1
            z[l, i] = total
        activate(f[l], slope[l], sizes[l], z[l], a[l])


@compiled
def backward(theta, sizes, start, f, slope, loss, z, a, d, y, g):
    L = len(sizes) - 1
    for i in range(sizes[L]):
        # BP1: δ^L = a^L - y where f belongs to the loss, and otherwise ∂ℓ/∂a^L ⊙ f'(z^L)
        d[L, i] = (a[L, 1 + i] - y[i]) * (2 / sizes[L] if loss == MSE else 1)
    if loss == HALF_SQUARED or loss == MSE:
        pull(f[L], slope[L], sizes[L], z[L], a[L], d[L])
    for l in range(L, 0, -1):
        before = sizes[l - 1]
        d[l - 1, :before] = 0.0
        k = start[l]
        for i in range(sizes[l]):
            # BP3 and BP4: ∂ℓ/∂Θ^l_ij = δ^l_i [1; a^(l-1)]_j, added to that of the samples before
            for j in range(1 + before):
                g[k + j] += d[l, i] * a[l - 1, j]
            # BP2: δ^(l-1)_j = Σ_i W^l_ij δ^l_i, times f'(z^(l-1)_j)
            if l > 1:
                for j in range(before):
                    d[l - 1, j] += theta[k + 1 + j] * d[l, i]
            k += 1 + before
        if l > 1:
            pull(f[l - 1], slope[l - 1], before, z[l - 1], a[l - 1], d[l - 1])


@compiled
def update(theta, g, first, second, rate, momentum, beta1, beta2, eps, step):
    if step:  # Adam counts its steps; descent does not
        scale = rate * (1 - beta2**step) ** 0.5 / (1 - beta1**step)
        for k in range(len(theta)):
            first[k] = beta1 * first[k] + (1 - beta1) * g[k]
            second[k] = beta2 * second[k] + (1 - beta2) * g[k] * g[k]
            theta[k] -= scale * first[k] / (second[k] ** 0.5 + eps)
    else:
        for k in range(len(theta)):
            first[k] = momentum * first[k] + rate * g[k]
            theta[k] -= first[k]


@compiled
def epoch(theta, X, Y, order, size, decay, rate, rule, steps, net, room, learn, note):
    # one pass over the samples: their mean cost, each batch's before its update (0 where nobody asks for it)
    sizes, start, f, slope, loss = net
    z, a, d, first, second, g = room
    total, weights = 0.0, 0.0
    for begin in range(0, len(order), size):
        end = min(begin + size, len(order))
        g[:] = 0.0
        for s in range(begin, end):
            x, y = X[order[s]], Y[order[s]]
            for j in range(sizes[0]):
                a[0, 1 + j] = x[j]
            forward(theta, sizes, start, f, slope, z, a)
            if note:
                total += loss_of(loss, sizes[-1], z[-1], a[len(sizes) - 1], y)
            if learn:
                backward(theta, sizes, start, f, slope, loss, z, a, d, y, g)
        g /= end - begin
        if decay > 0:
            # the penalty: λ/n W^l, and nothing for the biases, which stand at j = 0
            weights = 0.0
            for l in range(1, len(sizes)):
                for k in range(start[l], start[l] + sizes[l] * (1 + sizes[l - 1])):
                    if (k - start[l]) % (1 + sizes[l - 1]):
                        g[k] += decay * theta[k]
                        weights += theta[k] ** 2
            total += (end - begin) * decay / 2 * weights
        if learn:
            steps += rule[4]
            update(theta, g, first, second, rate, rule[0], rule[1], rule[2], rule[3], steps)
    return total / len(order)


def slope_of(f):
    """The slope of a leaky ReLU below zero, whichever it is, and 0 for any other activation."""
    return f.f.args[0] if isinstance(f.f, functools.partial) and f is leaky_relu(f.f.args[0]) else 0.0


def code(argument, record, codes, slope=0.0):
    if record not in codes:
        known = ", ".join(repr(known.name) for known in codes)
        cure = f"expected one of {known}, or engine='numpy', which runs any"
        raise ValueError(f"engine='numba' has no loop for the {argument} {record.name!r}: {cure}")
    return codes[record]


class Loops:
    """The engine "numba" of ``sgd`` and ``adam``: the same steps as NumPy's, to rounding, without its matrices.

    Compiling takes some seconds, once on each machine: Numba keeps the result beside this file, or in its cache folder.
    A loop does a sample at a time, so that a large network is faster in NumPy, whose matrix products use the whole
    processor; a warning says where that is so.

    Raises
    ------
    TypeError, ValueError
        For a rule other than those of ``sgd`` and ``adam``, and for an activation or a loss of one's own.

    Warns
    -----
    UserWarning
        For a network and batches with which NumPy is faster.
    """

    def __init__(self, net, theta, X, Y, rule, size, decay):
        if not hasattr(rule, "constants"):
            raise TypeError(
                "engine='numba' runs the rules of sgd and adam: expected engine='numpy' for a rule of yours"
            )
        slopes = [slope_of(f) for f in net.activations[1:]]
        f = [
            code("activation", ACTIVATIONS["leaky_relu"] if slope else f, ACTIVATION_CODES)
            for f, slope in zip(net.activations[1:], slopes)
        ]
        if net.n_params * min(size, 50) > LARGE:
            given = f"{net.n_params} parameters in batches of {size}"
            warnings.warn(f"{given}: engine='numpy' is likely to be faster than 'numba'", UserWarning, stacklevel=5)
        sizes = np.array(net.sizes)
        start = np.concatenate([[0, 0], np.cumsum(sizes[1:] * (1 + sizes[:-1]))[:-1]])
        self.net = sizes, start, np.array([0, *f]), np.array([0.0, *slopes]), code("loss", net.loss, LOSS_CODES)
        room = [np.ones((len(sizes), 1 + max(net.sizes)), theta.dtype) for _ in range(3)]
        self.room = *room, *(np.zeros_like(theta) for _ in range(3))
        self.theta, self.X, self.Y = theta, np.ascontiguousarray(X), np.ascontiguousarray(Y)
        self.size, self.decay, self.rule, self.steps = size, decay, rule.constants, 0
        self.order = np.arange(len(X))

    def epoch(self, rate, order, note):
        """One pass over the batches with their updates; return the mean of their costs, each before its update."""
        order = self.order if order is None else order
        cost = epoch(
            self.theta, self.X, self.Y, order, self.size, self.decay, rate, self.rule, self.steps, self.net, self.room,
            True, note,
        )  # fmt: skip
        self.steps += self.rule[-1] * -(-len(order) // self.size)
        return cost

    def cost(self):
        """The cost over the training set."""
        return epoch(
            self.theta, self.X, self.Y, self.order, len(self.X), self.decay, 0.0, self.rule, 0, self.net, self.room,
            False, True,
        )  # fmt: skip
