"""Both sides of every labelled equation of the chapter "The chain rule, by hand".

Left sides are derivatives (by the complex step or by SymPy) or counts of programs written here; right sides are the formulas as they are printed.
"""
import itertools
import math

import numpy as np
import sympy as sp

from .registry import equation
from .rounding import LIBRARY, gamma, product, relative
from .symbolic import exactly, fractions

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


@equation("eq-chain-link", tolerance=0, mutants={            # exact fractions
    "slope of the activation": ("sp.exp(-z) / (1 + sp.exp(-z)) ** 2", "a"),
    "square dropped": ("(1 + sp.exp(-z)) ** 2", "(1 + sp.exp(-z))"),
    "input dropped": ("* slope * x", "* slope"),
    "weight for input": ("* slope * x", "* slope * w"),
    "sign": (", (a - y) * slope", ", (y - a) * slope"),
})
def chain_link(rng, sizes):
    """SymPy's derivative of the loss of one sigmoid unit against the product of the three slopes, in fractions."""
    w, x, b, y = sp.symbols("w x b y")
    z = w * x + b
    a = 1 / (1 + sp.exp(-z))
    slope = sp.exp(-z) / (1 + sp.exp(-z)) ** 2
    left, right = sp.diff((a - y) ** 2 / 2, w), (a - y) * slope * x
    places = []
    for _place in range(5):
        q, *numbers = fractions(rng, 4)
        values = dict(zip((w, x, y), numbers))
        places.append({**values, b: sp.log(q) - values[w] * values[x]})
    return [exactly(left, place) for place in places], [exactly(right, place) for place in places]


@equation("eq-sigmoid-slope", tolerance=0, mutants={         # exact fractions, at more points than the degree 4 asks for
    "sign of the exponent": ("first = sp.exp(-z)", "first = sp.exp(z)"),
    "square dropped": ("(1 + sp.exp(-z)) ** 2", "(1 + sp.exp(-z))"),
    "sign within": ("(1 - 1 / (1 + sp.exp(-z)))", "(1 + 1 / (1 + sp.exp(-z)))"),
    "first factor dropped": ("sigma * (1 - sigma)", "(1 - sigma)"),
    "sign": ("sigma * (1 - sigma)", "sigma * (sigma - 1)"),
})
def sigmoid_slope(rng, sizes):
    """SymPy's derivative of the sigmoid against the three forms of the line, in fractions."""
    z = sp.symbols("z")
    sigma = 1 / (1 + sp.exp(-z))
    first = sp.exp(-z) / (1 + sp.exp(-z)) ** 2
    second = 1 / (1 + sp.exp(-z)) * (1 - 1 / (1 + sp.exp(-z)))
    third = sigma * (1 - sigma)
    left, right = [], []
    for q in fractions(rng, 9):
        left += [exactly(sp.diff(sigma, z), {z: sp.log(q)})] * 3
        right += [exactly(form, {z: sp.log(q)}) for form in (first, second, third)]
    return left, right


@equation("eq-chain-many", mutants={
    "last path dropped": ("each[i] for i in range(n_v)", "each[i] for i in range(n_v - 1)"),
    "second slope of another path": ("* each[i]", "* each[0]"),
    "first slope of another path": ("by_v[i] *", "by_v[0] *"),
    "first slope dropped": ("by_v[i] *", ""),
    "sum for product": ("by_v[i] *", "by_v[i] +"),
})
def chain_many(rng, sizes):
    """The derivative of a loss through many units by the complex step against the sum over the units, one path each."""
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


@equation("eq-hand-network", mutants={
    "transpose": ("W[l][j, k]", "W[l][k, j]"),
    "bias dropped": (" + b[l][j]", ""),
    "last unit dropped": ("for k in range(sizes[l-1])", "for k in range(sizes[l-1] - 1)"),
    "sign of the exponent": ("math.exp(-number)", "math.exp(number)"),
    "half dropped": ("for value, target in zip(a, y)) / 2", "for value, target in zip(a, y))"),
    "sign of the target": ("(value - target)", "(value + target)"),
})
def hand_network(rng, sizes):
    """The sums and sigmoids of each layer, unit by unit, against the matrix form on the same activations; and the loss."""
    W, b, x, y = a_network(rng, sizes)
    a, left, right, errors = x, [], [], []
    for l in range(1, len(W)):
        z = [sum(W[l][j, k] * a[k] for k in range(sizes[l-1])) + b[l][j] for j in range(sizes[l])]
        bound = product(np.column_stack([W[l], b[l]]), np.append(a, 1.0))         # as many roundings as there are inputs and a bias
        left += z
        right.append(W[l] @ a + b[l])
        errors.append(2 * bound)
        left += [1 / (1 + math.exp(-number)) for number in z]
        a = 1 / (1 + np.exp(-np.array(z)))
        right.append(a)
        errors.append(2 * gamma(LIBRARY + 2) * a)                                 # exp, a sum of one sign, a quotient
    left.append(sum((value - target) ** 2 for value, target in zip(a, y)) / 2)
    right.append([np.dot(a - y, a - y) / 2])
    errors.append([2 * gamma(len(y) + 3) * left[-1]])                             # a sum of squares, each of a difference rounded once
    left, right = np.array(left), np.concatenate(right)
    return left, right, relative(np.concatenate(errors), left, right)


@equation("eq-last-layer-weight", mutants={
    "sign of the target": ("(a[3][0] - y[0])", "(a[3][0] + y[0])"),
    "slope of the activation": ("sigmoid(z[3][0]) * (1 - sigmoid(z[3][0]))", "sigmoid(a[3][0]) * (1 - sigmoid(a[3][0]))"),
    "half of the slope dropped": (" * (1 - sigmoid(z[3][0]))", ""),
    "input of another unit": ("a[2][1]", "a[2][0]"),
    "input of another layer": ("a[2][1]", "a[1][1]"),
})
def last_layer_weight(rng, sizes):
    """The slope of the loss with respect to one weight of the last layer, by the complex step, against the printed product."""
    W, b, x, y = a_network(rng, three_layers(sizes))
    z, a = forward(W, b, x)
    return by_weight(W, b, x, y, 3)[0, 1], (a[3][0] - y[0]) * sigmoid(z[3][0]) * (1 - sigmoid(z[3][0])) * a[2][1]


@equation("eq-middle-layer-weight", mutants={
    "twin forgotten": (" + (a[3][1] - y[1]) * s[3][1] * W[3][1, 1]", ""),
    "transpose": ("W[3][0, 1]", "W[3][1, 0]"),
    "slope of the twin dropped": ("* s[3][1] *", "*"),
    "slope of another unit": ("bracket * s[2][1]", "bracket * s[2][0]"),
    "sign": ("+ (a[3][1] - y[1])", "- (a[3][1] - y[1])"),
    "input of another unit": ("a[1][0]", "a[1][1]"),
})
def middle_layer_weight(rng, sizes):
    """The slope of the loss with respect to one weight of the middle layer, by the complex step, against the printed bracket of two paths."""
    sizes = (*three_layers(sizes)[:3], 2)                     # as printed: two outputs
    W, b, x, y = a_network(rng, sizes)
    z, a = forward(W, b, x)
    s = [None] + [sigmoid(z[l]) * (1 - sigmoid(z[l])) for l in (1, 2, 3)]
    bracket = (a[3][0] - y[0]) * s[3][0] * W[3][0, 1] + (a[3][1] - y[1]) * s[3][1] * W[3][1, 1]
    return by_weight(W, b, x, y, 2)[1, 0], bracket * s[2][1] * a[1][0]


@equation("eq-first-layer-weight", mutants={
    "transpose": ("W[3][i, j]", "W[3][j, i]"),
    "weight of another unit": ("W[2][j, 0]", "W[2][j, 1]"),
    "slope of the middle layer dropped": (" * s[2][j]", ""),
    "a path dropped": ("for j in range(3))", "for j in range(2))"),
    "sign of the target": ("(a[3][i] - y[i])", "(a[3][i] + y[i])"),
    "input of another unit": ("a[0][1]", "a[0][0]"),
})
def first_layer_weight(rng, sizes):
    """The slope of the loss with respect to one weight of the first layer, by the complex step, against the printed double sum of six paths."""
    n = three_layers(sizes)
    W, b, x, y = a_network(rng, (n[0], n[1], 3, 2))           # as printed: three units in layer 2, two outputs
    z, a = forward(W, b, x)
    s = [None] + [sigmoid(z[l]) * (1 - sigmoid(z[l])) for l in (1, 2, 3)]
    right = sum(sum((a[3][i] - y[i]) * s[3][i] * W[3][i, j] for i in range(2)) * s[2][j] * W[2][j, 0] * s[1][0] * a[0][1]
                for j in range(3))
    return by_weight(W, b, x, y, 1)[0, 1], right


@equation("eq-sum-over-paths", mutants={
    "sign of the target": ("(a[L][j[L]] - y[j[L]])", "(a[L][j[L]] + y[j[L]])"),
    "transpose": ("W[r][j[r], j[r-1]]", "W[r][j[r-1], j[r]]"),
    "slope of the layer above": ("* sigmoid(z[r-1][j[r-1]]) * (1 - sigmoid(z[r-1][j[r-1]]))", "* sigmoid(z[r][j[r]]) * (1 - sigmoid(z[r][j[r]]))"),
    "product one layer short": ("range(l + 1, L + 1):", "range(l + 2, L + 1):"),
    "last unit dropped": ("range(n) for n in sizes[l+1:]", "range(n - 1) for n in sizes[l+1:]"),
})
def sum_over_paths(rng, sizes):
    """The slopes of the loss with respect to each pre-activation, by the complex step, against the sum over all paths to the output."""
    W, b, x, y = a_network(rng, sizes)
    z, a = forward(W, b, x)
    L, left, right = len(W) - 1, [], []
    for l in range(1, L + 1):
        left.append(by_sum(W, b, x, y, l))
        for start in range(sizes[l]):
            total = 0.0
            for later in itertools.product(*(range(n) for n in sizes[l+1:])):
                j = dict(enumerate((start, *later), start=l))
                path = (a[L][j[L]] - y[j[L]]) * sigmoid(z[L][j[L]]) * (1 - sigmoid(z[L][j[L]]))
                for r in range(l + 1, L + 1):
                    path *= W[r][j[r], j[r-1]] * sigmoid(z[r-1][j[r-1]]) * (1 - sigmoid(z[r-1][j[r-1]]))
                total += path
            right.append(total)
    return np.concatenate(left), np.array(right)


@equation("eq-delta-by-hand", mutants={
    "sign of the target": ("(a[L][j] - y[j])", "(a[L][j] + y[j])"),
    "transpose": ("W[l+1][j, k]", "W[l+1][k, j]"),
    "slope of the activation": ("[sigmoid(z[l][k]) * (1 - sigmoid(z[l][k]))", "[sigmoid(a[l][k]) * (1 - sigmoid(a[l][k]))"),
    "half of the slope dropped": (" * (1 - sigmoid(z[L][j]))", ""),
    "delta of another unit": ("delta[l+1][j]", "delta[l+1][0]"),
})
def delta_by_hand(rng, sizes):
    """The slopes of the loss with respect to each pre-activation, by the complex step, against the recursion from layer to layer."""
    W, b, x, y = a_network(rng, sizes)
    z, a = forward(W, b, x)
    L = len(W) - 1
    delta = {L: [(a[L][j] - y[j]) * sigmoid(z[L][j]) * (1 - sigmoid(z[L][j])) for j in range(sizes[L])]}
    for l in range(L - 1, 0, -1):
        delta[l] = [sigmoid(z[l][k]) * (1 - sigmoid(z[l][k])) * sum(W[l+1][j, k] * delta[l+1][j] for j in range(sizes[l+1]))
                    for k in range(sizes[l])]
    left = [by_sum(W, b, x, y, l) for l in range(1, L + 1)]
    return np.concatenate(left), np.concatenate([delta[l] for l in range(1, L + 1)])


@equation("eq-multiplications", tolerance=0, mutants={        # whole numbers, compared exactly
    "bias forgotten": ("formula_paths = sum(n[l] * (1 + n[l-1])", "formula_paths = sum(n[l] * n[l-1]"),
    "factors of a path": ("(2 * (L - l) + 2)", "(2 * (L - l) + 1)"),
    "paths from the layer itself": ("np.prod(n[l+1:], dtype=int)", "np.prod(n[l:], dtype=int)"),
    "first layer has a backward product": ("n[l] * n[l-1] for l in range(2, L + 1)", "n[l] * n[l-1] for l in range(1, L + 1)"),
    "slopes not counted": (" + sum(n[l] for l in range(1, L + 1))", ""),
})
def multiplications(rng, sizes):
    """Multiplications counted one by one, path by path and by the recursion, against the two closed formulas."""
    L, n = len(sizes) - 1, sizes
    by_path = by_recursion = 0
    for l in range(1, L + 1):
        for _unit in range(n[l]):
            by_recursion += 1                                 # the unit's own slope
            by_recursion += n[l+1] if l < L else 0            # the weights that lead away from it
            for _parameter in range(1 + n[l-1]):
                by_recursion += 1
                for later in itertools.product(*(range(n_later) for n_later in n[l+1:])):
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


@equation("eq-reverse-mode", mutants={
    "sensitivity of the value itself": ("bar[v] *", "bar[u] *"),
    "local slope dropped": (" * np.cos(mix[v] @ values)", ""),
    "transpose": ("mix[v, u] for v", "mix[u, v] for v"),
    "last successor dropped": ("range(u + 1, length)", "range(u + 1, length - 1)"),
    "sign": ("= sum(bar[v]", "= -sum(bar[v]"),
})
def reverse_mode(rng, sizes):
    """The slopes of a random program's last value with respect to every value, by the complex step, against the sweep from its end."""
    mix, run, start = a_program(rng, sizes)
    length = len(mix)
    left = slope_of(lambda added: run(start, added)[-1], np.zeros(length))
    values = run(start, np.zeros(length)).real
    bar = np.zeros(length)
    bar[-1] = 1.0
    for u in range(length - 2, -1, -1):
        bar[u] = sum(bar[v] * np.cos(mix[v] @ values) * mix[v, u] for v in range(u + 1, length) if mix[v, u] != 0)
    return left, bar


@equation("eq-forward-mode", mutants={
    "slope of the value itself": ("* dot[i, u]", "* dot[i, v]"),
    "local slope dropped": ("np.cos(mix[v] @ values) * ", ""),
    "transpose": ("mix[v, u] * dot", "mix[u, v] * dot"),
    "first parent dropped": ("for u in range(v)", "for u in range(1, v)"),
    "sign": ("= sum(np.cos", "= -sum(np.cos"),
})
def forward_mode(rng, sizes):
    """The slopes of every value of a random program with respect to its inputs, by the complex step, against the sweep from its start."""
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
