"""Both sides of every labelled equation of the chapter "The chain rule, by hand".

Left sides are complex-step derivatives (or counts) of programs written here; right sides are the formulas as they are printed.
"""
from itertools import product

import numpy as np

from .registry import equation

STEP = 1e-30


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def slope_of(f, point):
    """The derivative of f, analytic, at each entry of point (f maps the array to one number)."""
    result = np.empty(point.shape)
    for place in np.ndindex(point.shape):
        moved = point.astype(complex)
        moved[place] += 1j * STEP
        result[place] = f(moved).imag / STEP
    return result


def a_network(rng, sizes):
    """W and b for layers 1..L (slot 0 is None), an input and a target."""
    W = [None] + [rng.normal(size=(n, n_before)) for n_before, n in zip(sizes, sizes[1:])]
    b = [None] + [rng.normal(size=n) for n in sizes[1:]]
    return W, b, rng.normal(size=sizes[0]), rng.random(sizes[-1])


def three_layers(sizes):
    """Sizes of a network with three layers in which every layer has a unit 2, as article B's has."""
    return tuple(max(2, n) for n in (tuple(sizes) * 4)[:4])


def forward(W, b, x):
    z, a = [None], [x]
    for l in range(1, len(W)):
        z.append(np.array([sum(W[l][j, k] * a[l-1][k] for k in range(len(a[l-1]))) + b[l][j] for j in range(len(b[l]))]))
        a.append(sigmoid(z[l]))
    return z, a


def loss(W, b, x, y):
    return sum((a - target) ** 2 for a, target in zip(forward(W, b, x)[1][-1], y)) / 2


def by_weight(W, b, x, y, l):
    """∂loss/∂W[l] by the complex step."""
    return slope_of(lambda matrix: loss(W[:l] + [matrix] + W[l+1:], b, x, y), W[l])


def by_sum(W, b, x, y, l):
    """∂loss/∂z[l] by the complex step: moving a bias moves its pre-activation by as much."""
    return slope_of(lambda vector: loss(W, b[:l] + [vector] + b[l+1:], x, y), b[l])


@equation("eq-chain-link")
def chain_link(rng, sizes):
    x, w, b, y = rng.normal(size=(4, sizes[0]))
    left = slope_of(lambda w: ((sigmoid(w * x + b) - y) ** 2 / 2).sum(), w)
    z = w * x + b
    return left, (sigmoid(z) - y) * (np.exp(-z) / (1 + np.exp(-z)) ** 2) * x


@equation("eq-sigmoid-slope")
def sigmoid_slope(rng, sizes):
    z = rng.normal(scale=3, size=sizes)
    left = np.imag(sigmoid(z + 1j * STEP)) / STEP, np.exp(-z) / (1 + np.exp(-z)) ** 2
    return np.stack(left), np.stack([sigmoid(z) * (1 - sigmoid(z))] * 2)


@equation("eq-chain-many")
def chain_many(rng, sizes):
    n_u, n_v = sizes[0], sizes[1]
    A, c, u = rng.normal(size=(n_v, n_u)), rng.normal(size=n_v), rng.normal(size=n_u)

    def v(u):
        return np.tanh(A @ u)

    def end(v):
        return np.sin(v @ c) + (v ** 3).sum()

    left = slope_of(lambda u: end(v(u)), u)
    by_v = slope_of(end, v(u))
    each = [slope_of(lambda u, i=i: v(u)[i], u) for i in range(n_v)]
    return left, sum(by_v[i] * each[i] for i in range(n_v))


@equation("eq-hand-network")
def hand_network(rng, sizes):
    W, b, x, y = a_network(rng, sizes)
    z, a = forward(W, b, x)
    array_a, array_z = x, []
    for l in range(1, len(W)):
        array_z.append(W[l] @ array_a + b[l])
        array_a = 1 / (1 + np.exp(-array_z[-1]))
    left = np.concatenate([*z[1:], a[-1], [loss(W, b, x, y)]])
    return left, np.concatenate([*array_z, array_a, [np.dot(array_a - y, array_a - y) / 2]])


@equation("eq-last-layer-weight")
def last_layer_weight(rng, sizes):
    W, b, x, y = a_network(rng, three_layers(sizes))
    z, a = forward(W, b, x)
    return by_weight(W, b, x, y, 3)[0, 1], (a[3][0] - y[0]) * sigmoid(z[3][0]) * (1 - sigmoid(z[3][0])) * a[2][1]


@equation("eq-middle-layer-weight")
def middle_layer_weight(rng, sizes):
    sizes = (*three_layers(sizes)[:3], 2)                     # as printed: two outputs
    W, b, x, y = a_network(rng, sizes)
    z, a = forward(W, b, x)
    s = [None] + [sigmoid(z[l]) * (1 - sigmoid(z[l])) for l in (1, 2, 3)]
    bracket = (a[3][0] - y[0]) * s[3][0] * W[3][0, 1] + (a[3][1] - y[1]) * s[3][1] * W[3][1, 1]
    return by_weight(W, b, x, y, 2)[1, 0], bracket * s[2][1] * a[1][0]


@equation("eq-first-layer-weight")
def first_layer_weight(rng, sizes):
    n = three_layers(sizes)
    W, b, x, y = a_network(rng, (n[0], n[1], 3, 2))           # as printed: three units in layer 2, two outputs
    z, a = forward(W, b, x)
    s = [None] + [sigmoid(z[l]) * (1 - sigmoid(z[l])) for l in (1, 2, 3)]
    right = sum(sum((a[3][i] - y[i]) * s[3][i] * W[3][i, j] for i in range(2)) * s[2][j] * W[2][j, 0] * s[1][0] * a[0][1]
                for j in range(3))
    return by_weight(W, b, x, y, 1)[0, 1], right


@equation("eq-sum-over-paths")
def sum_over_paths(rng, sizes):
    W, b, x, y = a_network(rng, sizes)
    z, a = forward(W, b, x)
    L, left, right = len(W) - 1, [], []
    for l in range(1, L + 1):
        left.append(by_sum(W, b, x, y, l))
        for start in range(sizes[l]):
            total = 0.0
            for later in product(*(range(n) for n in sizes[l+1:])):
                j = dict(enumerate((start, *later), start=l))
                path = (a[L][j[L]] - y[j[L]]) * sigmoid(z[L][j[L]]) * (1 - sigmoid(z[L][j[L]]))
                for r in range(l + 1, L + 1):
                    path *= W[r][j[r], j[r-1]] * sigmoid(z[r-1][j[r-1]]) * (1 - sigmoid(z[r-1][j[r-1]]))
                total += path
            right.append(total)
    return np.concatenate(left), np.array(right)


@equation("eq-delta-by-hand")
def delta_by_hand(rng, sizes):
    W, b, x, y = a_network(rng, sizes)
    z, a = forward(W, b, x)
    L = len(W) - 1
    delta = {L: [(a[L][j] - y[j]) * sigmoid(z[L][j]) * (1 - sigmoid(z[L][j])) for j in range(sizes[L])]}
    for l in range(L - 1, 0, -1):
        delta[l] = [sigmoid(z[l][k]) * (1 - sigmoid(z[l][k])) * sum(W[l+1][j, k] * delta[l+1][j] for j in range(sizes[l+1]))
                    for k in range(sizes[l])]
    left = [by_sum(W, b, x, y, l) for l in range(1, L + 1)]
    return np.concatenate(left), np.concatenate([delta[l] for l in range(1, L + 1)])


@equation("eq-multiplications", tolerance=0)                  # whole numbers, compared exactly
def multiplications(rng, sizes):
    L, n = len(sizes) - 1, sizes
    by_path = by_recursion = 0
    for l in range(1, L + 1):
        for _unit in range(n[l]):
            by_recursion += 1                                 # the unit's own slope
            by_recursion += n[l+1] if l < L else 0            # the weights that lead away from it
            for _parameter in range(1 + n[l-1]):
                by_recursion += 1
                for later in product(*(range(n_later) for n_later in n[l+1:])):
                    factors = ["input", "slope"] + ["weight", "slope"] * len(later) + ["error"]
                    by_path += len(factors) - 1
    formula_paths = sum(n[l] * (1 + n[l-1]) * int(np.prod(n[l+1:], dtype=int)) * (2 * (L - l) + 2) for l in range(1, L + 1))
    formula_recursion = (sum(n[l] * (1 + n[l-1]) for l in range(1, L + 1)) + sum(n[l] for l in range(1, L + 1))
                         + sum(n[l] * n[l-1] for l in range(2, L + 1)))
    return np.array([by_path, by_recursion]), np.array([formula_paths, formula_recursion])


def a_program(rng, sizes):
    """A random program: value k is the sine of a mixture of some earlier values; the first sizes[0] values are inputs.

    Returns the mixing matrix and ``run(inputs, added)``, which adds ``added`` to the values as they are made.
    """
    inputs, length = sizes[0], sum(sizes)
    mix = np.tril(rng.normal(size=(length, length)) * (rng.random((length, length)) < 0.5), -1)
    mix[:inputs] = 0
    mix[inputs:, 0] = 1.0                                     # each value is made from something

    def run(start, added):
        values = np.zeros(length, complex)
        for k in range(length):
            values[k] = (start[k] if k < inputs else np.sin(mix[k] @ values)) + added[k]
        return values

    return mix, run, rng.normal(size=inputs)


@equation("eq-reverse-mode")
def reverse_mode(rng, sizes):
    mix, run, start = a_program(rng, sizes)
    length = len(mix)
    left = slope_of(lambda added: run(start, added)[-1], np.zeros(length))
    values = run(start, np.zeros(length)).real
    bar = np.zeros(length)
    bar[-1] = 1.0
    for u in range(length - 2, -1, -1):
        bar[u] = sum(bar[v] * np.cos(mix[v] @ values) * mix[v, u] for v in range(u + 1, length) if mix[v, u] != 0)
    return left, bar


@equation("eq-forward-mode")
def forward_mode(rng, sizes):
    mix, run, start = a_program(rng, sizes)
    length, inputs = len(mix), sizes[0]
    left = np.stack([run(start + 1j * STEP * unit, np.zeros(length)).imag / STEP for unit in np.eye(inputs)])
    values = run(start, np.zeros(length)).real
    dot = np.zeros((inputs, length))
    for i in range(inputs):
        dot[i, i] = 1.0
        for v in range(inputs, length):
            dot[i, v] = sum(np.cos(mix[v] @ values) * mix[v, u] * dot[i, u] for u in range(v) if mix[v, u] != 0)
    return left, dot
