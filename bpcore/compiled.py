"""Backpropagation as loops: the four equations for one sample after another, compiled by Numba (an optional extra)."""

import math
import warnings

import numpy as np

from .activations import ACTIVATIONS
from .losses import LOSSES

try:
    from numba import njit
except ModuleNotFoundError as missing:
    raise ModuleNotFoundError("engine='numba' needs Numba: run `pip install numba`", name="numba") from missing

IDENTITY, SIGMOID, TANH, RELU, LEAKY_RELU, SOFTMAX = range(6)
HALF_SQUARED, MSE, BINARY_CROSS_ENTROPY, CROSS_ENTROPY = range(4)
ACTIVATION_NAMES = "identity", "sigmoid", "tanh", "relu", "leaky_relu", "softmax"  # in the order of their numbers
LOSS_NAMES = "half_squared", "mse", "binary_cross_entropy", "cross_entropy"
RECORDS = {name: (ACTIVATIONS | LOSSES)[name] for name in ACTIVATION_NAMES + LOSS_NAMES}
SLOPE = RECORDS["leaky_relu"].f.args[0]
LARGE = 10_000  # parameters times samples of a batch: from about here the matrix products of NumPy are faster

# sizes[l] is n_l.  theta[start[l] + i·(1 + n_(l-1)) + j] is Θ^l_ij; j = 0 is the bias, and g lies as theta does.
# a[l, 0] = 1 and a[l, 1 + i] is a^l_i: row l of a is [1; a^l].  z[l, i] and d[l, i] are z^l_i and δ^l_i.
inlined = njit(inline="always")  # for a small layer, a call would take longer than what it does


@inlined
def activate(l, n, f, z, a):
    if f == SOFTMAX:
        e = np.exp(z[l, :n] - z[l, :n].max())
        a[l, 1 : 1 + n] = e / e.sum()
        return
    for i in range(n):
        if f == SIGMOID:
            small = math.exp(-abs(z[l, i]))  # at most 1: nothing overflows
            a[l, 1 + i] = (1 if z[l, i] > 0 else small) / (1 + small)
        elif f == TANH:
            a[l, 1 + i] = math.tanh(z[l, i])
        elif (f == RELU or f == LEAKY_RELU) and z[l, i] <= 0:
            a[l, 1 + i] = 0.0 if f == RELU else SLOPE * z[l, i]
        else:
            a[l, 1 + i] = z[l, i]


@inlined
def pull(l, n, f, z, a, d):
    # d ← d ⊙ f'(z), or d times the Jacobian of softmax
    mean = (d[l, :n] * a[l, 1 : 1 + n]).sum() if f == SOFTMAX else 0.0
    for i in range(n):
        if f == SIGMOID:
            d[l, i] *= a[l, 1 + i] * (1 - a[l, 1 + i])
        elif f == TANH:
            d[l, i] *= 1 - a[l, 1 + i] * a[l, 1 + i]
        elif (f == RELU or f == LEAKY_RELU) and z[l, i] <= 0:
            d[l, i] *= 0.0 if f == RELU else SLOPE
        elif f == SOFTMAX:
            d[l, i] = a[l, 1 + i] * (d[l, i] - mean)


@inlined
def loss_of(l, n, loss, z, a, Y, s):
    # ℓ of one sample, from z^L where that form is exact at any z
    total = 0.0
    if loss == CROSS_ENTROPY:
        largest, others = z[l, :n].argmax(), 0.0
        for i in range(n):
            others += 0.0 if i == largest else math.exp(z[l, i] - z[l, largest])
            total -= Y[s, i] * (z[l, i] - z[l, largest])
        return total + math.log1p(others)
    for i in range(n):
        if loss == BINARY_CROSS_ENTROPY:
            total += math.log1p(math.exp(-abs(z[l, i]))) + z[l, i] * ((z[l, i] > 0) - Y[s, i])
        else:
            total += (a[l, 1 + i] - Y[s, i]) ** 2 * (0.5 if loss == HALF_SQUARED else 1 / n)
    return total


@inlined
def forward(theta, sizes, start, f, z, a):
    for l in range(1, len(sizes)):
        k = start[l]
        for i in range(sizes[l]):
            # z^l_i = Σ_j Θ^l_ij [1; a^(l-1)]_j
            total = 0.0
            for j in range(1 + sizes[l - 1]):
                total += theta[k] * a[l - 1, j]
                k += 1
            z[l, i] = total
        activate(l, sizes[l], f[l], z, a)


@inlined
def backward(theta, sizes, start, f, loss, z, a, d, Y, s, g):
    L = len(sizes) - 1
    for i in range(sizes[L]):
        # BP1: δ^L = a^L - y where f belongs to the loss, and otherwise ∂ℓ/∂a^L ⊙ f'(z^L)
        d[L, i] = (a[L, 1 + i] - Y[s, i]) * (2 / sizes[L] if loss == MSE else 1)
    if loss == HALF_SQUARED or loss == MSE:
        pull(L, sizes[L], f[L], z, a, d)
    for l in range(L, 0, -1):
        before = sizes[l - 1]
        for i in range(sizes[l]):
            # BP3 and BP4: ∂ℓ/∂Θ^l_ij = δ^l_i [1; a^(l-1)]_j, added to that of the samples before
            delta, k = d[l, i], start[l] + i * (1 + before)
            for j in range(1 + before):
                g[k + j] += delta * a[l - 1, j]
        if l > 1:
            for j in range(before):
                # BP2: δ^(l-1)_j = Σ_i W^l_ij δ^l_i ⊙ f'(z^(l-1)_j)
                total = 0.0
                for i in range(sizes[l]):
                    total += theta[start[l] + i * (1 + before) + 1 + j] * d[l, i]
                d[l - 1, j] = total
            pull(l - 1, before, f[l - 1], z, a, d)


@inlined
def update(theta, g, mean, square, rate, rule, step):
    adam, momentum, beta1, beta2, eps = rule
    scale = rate * (1 - beta2**step) ** 0.5 / (1 - beta1**step)
    for k in range(len(theta)):
        if adam:
            mean[k] = beta1 * mean[k] + (1 - beta1) * g[k]
            square[k] = beta2 * square[k] + (1 - beta2) * g[k] * g[k]
            theta[k] -= scale * mean[k] / (square[k] ** 0.5 + eps)
        else:
            mean[k] = momentum * mean[k] + rate * g[k]
            theta[k] -= mean[k]


@njit(cache=True, error_model="numpy")  # as in NumPy, a division by zero is not an error
def epoch(theta, order, size, rate, step, learn, note, X, Y, decay, rule, net, room):
    # one pass over the samples: the mean of the batch costs, each before its update (0 if nobody takes note)
    sizes, start, f, loss = net
    z, a, d, mean, square, g = room
    L, total = len(sizes) - 1, 0.0
    for begin in range(0, len(order), size):
        samples = order[begin : begin + size]
        g[:] = 0.0
        for s in samples:
            a[0, 1 : 1 + sizes[0]] = X[s]
            forward(theta, sizes, start, f, z, a)
            if note:
                total += loss_of(L, sizes[L], loss, z, a, Y, s)
            if learn:
                backward(theta, sizes, start, f, loss, z, a, d, Y, s, g)
        g /= len(samples)
        if decay > 0:
            # the penalty: λ/n W^l, and nothing for the biases, which stand at j = 0
            for l in range(1, L + 1):
                for k in range(start[l], start[l] + sizes[l] * (1 + sizes[l - 1])):
                    if (k - start[l]) % (1 + sizes[l - 1]) > 0:
                        g[k] += decay * theta[k]
                        total += len(samples) * decay / 2 * theta[k] ** 2
        if learn:
            step += 1
            update(theta, g, mean, square, rate, rule, step)
    return total / len(order)


def number_of(argument, record, names):
    if record is RECORDS.get(record.name):
        return names.index(record.name)
    expected = f"expected {', '.join(map(repr, names))}, or engine='numpy', which runs any"
    raise ValueError(f"engine='numba' has no loop for the {argument} {record.name!r}: {expected}")


class Loops:
    """The engine "numba", with the methods of training's engine "numpy": the same steps to rounding, sample by sample.

    Compiling takes some seconds, once: Numba keeps what it compiled beside this file, or in its own cache folder.
    """

    def __init__(self, net, theta, X, Y, rule, size, decay):
        if not hasattr(rule, "constants"):
            raise TypeError("rule has no loop in engine='numba': expected sgd or adam, or engine='numpy'")
        numbers = [0] + [number_of("activation", f, ACTIVATION_NAMES) for f in net.activations[1:]]
        loss = number_of("loss", net.loss, LOSS_NAMES)
        if size * net.n_params > LARGE:
            given = f"engine='numba' takes batches of {size} samples through {net.n_params} parameters one by one"
            warnings.warn(f"{given}: engine='numpy' is likely to be faster", UserWarning, stacklevel=4)
        sizes = np.array(net.sizes)
        start = np.concatenate([[0, 0], np.cumsum(sizes[1:] * (1 + sizes[:-1]))[:-1]])
        room = [np.ones((len(sizes), 1 + max(net.sizes)), theta.dtype) for _ in "zad"]
        room += [np.zeros_like(theta) for _ in ("mean", "square", "g")]
        self.theta, self.order, self.size, self.steps = theta, np.arange(len(X)), size, 0
        adam, *constants = rule.constants
        data, rule = (np.ascontiguousarray(X), np.ascontiguousarray(Y)), (adam, *map(float, constants))
        self.fixed = *data, float(decay), rule, (sizes, start, np.array(numbers), loss), tuple(room)

    def epoch(self, rate, order, note):
        order = self.order if order is None else order
        cost = epoch(self.theta, order, self.size, float(rate), self.steps, True, note, *self.fixed)
        self.steps += -(-len(self.order) // self.size)
        return cost

    def cost(self):
        return epoch(self.theta, self.order, len(self.order), 0.0, 0, False, True, *self.fixed)
