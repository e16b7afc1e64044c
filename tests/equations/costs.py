"""The equations of the chapter "What it costs": each count is taken in loops that do the work, and compared exactly with its formula."""
from fractions import Fraction

import numpy as np

from bpcore import Network

from .registry import equation


class Counter:
    """A matrix product in loops over plain numbers, which counts its multiply-adds."""

    def __init__(self):
        self.multiply_adds = 0

    def times(self, A, B):
        C = [[0.0] * len(B[0]) for _ in A]
        for i, row in enumerate(A):
            for k, value in enumerate(row):
                for j, other in enumerate(B[k]):
                    C[i][j] += value * other
                    self.multiply_adds += 1
        return np.array(C)


def count(rng, sizes, m):
    """Multiply-adds of a forward and of a backward pass with identity activations and the half squared error; the gradient must be right."""
    W = [None] + [rng.standard_normal((n, n_before)) for n_before, n in zip(sizes, sizes[1:])]
    A, there, back = [rng.standard_normal((m, sizes[0]))], Counter(), Counter()
    for l in range(1, len(W)):
        A.append(there.times(A[-1], W[l].T))
    Y = rng.standard_normal((m, sizes[-1]))
    delta, gradient = A[-1] - Y, [None] * len(W)
    for l in range(len(W) - 1, 0, -1):
        gradient[l] = back.times(delta.T, A[l - 1])
        if l > 1:
            delta = back.times(delta, W[l])
    moved = [None] + [part.astype(complex) for part in W[1:]]
    moved[1][0, 0] += 1e-30j
    out = A[0].astype(complex)
    for part in moved[1:]:
        out = out @ part.T
    slope = (((out - Y) ** 2).sum() / 2).imag / 1e-30
    assert abs(slope - gradient[1][0, 0]) <= 1e-12 * abs(gradient[1]).max(), "the counted pass does not compute the gradient"
    return there.multiply_adds, back.multiply_adds


def weights(sizes):
    """n_l n_{l-1} for l = 1, …, L."""
    return [n * n_before for n_before, n in zip(sizes, sizes[1:])]


@equation("eq-cost-forward", tolerance=0, mutants={"m dropped": ("m * sum", "sum"), "last layer dropped": ("weights(sizes)", "weights(sizes)[:-1]"),
                                                   "first layer dropped": ("weights(sizes)", "weights(sizes)[1:]")})
def forward(rng, sizes):
    """The multiply-adds that loops take for a forward pass against the sum over the layers."""
    m = 7
    return count(rng, sizes, m)[0], m * sum(weights(sizes))


@equation("eq-cost-backward", tolerance=0, mutants={"deltas from layer 1": ("weights(sizes)[1:]", "weights(sizes)"), "deltas dropped": (" + m * sum(weights(sizes)[1:])", ""),
                                                    "m dropped": ("+ m * sum(weights(sizes)[1:])", "+ sum(weights(sizes)[1:])")})
def backward(rng, sizes):
    """The multiply-adds that loops take for a backward pass against gradients in all layers and deltas from layer 2 on."""
    m = 7
    return count(rng, sizes, m)[1], m * sum(weights(sizes)) + m * sum(weights(sizes)[1:])


@equation("eq-cost-ratio", tolerance=0, mutants={"last layer's share": ("sizes[1] * sizes[0]", "sizes[-1] * sizes[-2]"), "sign": ("2 - share", "2 + share"), "three": ("2 - share", "3 - share")})
def ratio(rng, sizes):
    """The quotient of both counts, as a fraction, against two less the first layer's share."""
    there, back = count(rng, sizes, 5)
    share = Fraction(sizes[1] * sizes[0], sum(weights(sizes)))
    return float(Fraction(back, there)), float(2 - share)


@equation("eq-cost-numerical", tolerance=0, mutants={"one evaluation": ("2 * P, 1", "P, 1"), "backward pass alone": ("3 - share", "2 - share"), "share dropped": ("3 - share", "3")})
def numerical(rng, sizes):
    """A central difference for every parameter, its evaluations counted, against one forward and backward pass."""
    m, net, evaluations = 4, Network(sizes, "identity", "identity", "half_squared"), 0
    X, Y, theta = rng.standard_normal((m, sizes[0])), rng.standard_normal((m, sizes[-1])), net.init(0)
    found = []
    for k in range(theta.size):
        up, down = theta.copy(), theta.copy()
        up[k] += 1e-3
        down[k] -= 1e-3
        found.append((net.cost(up, X, Y) - net.cost(down, X, Y)) / 2e-3)
        evaluations += 2
    assert np.linalg.norm(np.array(found) - net.grad(theta, X, Y)) < 1e-4 * np.linalg.norm(found)
    there, back = count(rng, sizes, m)
    share = Fraction(sizes[1] * sizes[0], sum(weights(sizes)))
    P = net.n_params
    return float(Fraction(evaluations * there, there + back)), float(Fraction(2 * P, 1) / (3 - share))


@equation("eq-cost-depth", tolerance=0, mutants={"two passes": ("3 * L - 1", "2 * L - 1"), "the inputs' deltas": ("3 * L - 1", "3 * L"), "halves dropped": ("Fraction(3 * L - 1, 2)", "Fraction(3 * L - 1, 1)")})
def depth(rng, sizes):
    """Layers of equal width, with inputs as wide, as many as the sizes have numbers."""
    left, right = [], []
    one = sum(count(rng, (sizes[1],) * 2, 3))
    for L in range(2, len(sizes) + 2):
        left.append(float(Fraction(sum(count(rng, (sizes[1],) * (L + 1), 3)), one)))
        right.append(float(Fraction(3 * L - 1, 2)))
    return left, right


@equation("eq-cost-trace", tolerance=0, mutants={"two arrays per unit": ("3 * n + 2", "2 * n + 2"), "ones forgotten": ("1 + sizes[0]", "sizes[0]"), "ones of the layers forgotten": ("3 * n + 2", "3 * n"),
                                                 "m dropped": ("8 * m", "8"), "biases forgotten": ("n * (1 + n_before)", "n * n_before")})
def trace(rng, sizes):
    """The bytes of a pass of bpcore, found from its arrays, and those of its parameters."""
    m, net = 6, Network(sizes)
    theta = net.init(0)
    t = net.backward(theta, net.forward(theta, rng.standard_normal((m, sizes[0]))), rng.integers(0, 2, (m, sizes[-1])).astype(float))
    found = sum(part.size * part.itemsize for part in [*t.A, *t.Z[1:], *t.G[1:]])
    formula = 8 * m * (1 + sizes[0] + sum(3 * n + 2 for n in sizes[1:]))
    return [found, theta.nbytes], [formula, 8 * sum(n * (1 + n_before) for n_before, n in zip(sizes, sizes[1:]))]
