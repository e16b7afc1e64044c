"""The equations of the chapter "Θ matrices and the regularised cost", each evaluated on both sides."""
import functools
from math import log

import numpy as np
import sympy as sp

from .registry import equation
from .rounding import LIBRARY, U, gamma, network, product, relative
from .symbolic import exactly, fractions

STEP = 1e-30


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def random_thetas(rng, sizes):
    """Random Theta[l] = [b | W] of shape (n_l, 1 + n_{l-1}); slot 0 is None."""
    return [None] + [rng.standard_normal((n, 1 + n_before)) for n_before, n in zip(sizes, sizes[1:])]


def forward(Theta, x):
    """The activations of one sample, entry by entry, from the sums with the bias apart."""
    a = [list(x)]
    for T in Theta[1:]:
        a.append([sigmoid(T[j, 0] + sum(T[j, k + 1] * a[-1][k] for k in range(len(a[-1])))) for j in range(len(T))])
    return a


def cost(Theta, X, Y, lam):
    """Loss and penalty in loops; column 0 is not in the penalty."""
    m, total, squares = len(X), 0.0, 0.0
    for x, y in zip(X, Y):
        for h, target in zip(forward(Theta, x)[-1], y):
            total -= target * np.log(h) + (1 - target) * np.log(1 - h)
    for T in Theta[1:]:
        for row in T:
            for entry in row[1:]:
                squares += entry * entry
    return total / m + lam / (2 * m) * squares


def slopes(function, Theta, columns=None):
    """The derivative of ``function(Theta)`` with respect to every entry, or to those of the first columns alone, by the complex step."""
    found = [None]
    for l in range(1, len(Theta)):
        part = np.empty(Theta[l][:, :columns].shape)
        for place in np.ndindex(part.shape):
            moved = [T if T is None else T.astype(complex) for T in Theta]
            moved[l][place] += 1j * STEP
            part[place] = function(moved).imag / STEP
        found.append(part)
    return found


def flat(matrices):
    return np.concatenate([np.ravel(part) for part in matrices[1:]])


def data(rng, sizes, m=6):
    return rng.standard_normal((m, sizes[0])), rng.integers(0, 2, (m, sizes[-1])).astype(float)


def deltas(Theta, X, Y):
    """For each sample [None, δ^1, …, δ^L]: the derivative of its loss with respect to the bias, through which z^l is moved."""
    return [[None] + [part[:, 0] for part in slopes(lambda moved, x=x, y=y: cost(moved, [x], [y], 0.0), Theta, columns=1)[1:]] for x, y in zip(X, Y)]


# One matrix per layer

@equation("eq-theta-layer", mutants={
    "one at the end": ("np.concatenate([[1.0], a])", "np.concatenate([a, [1.0]])"),
    "zero for one": ("np.concatenate([[1.0], a])", "np.concatenate([[0.0], a])"),
    "bias dropped": ("T[:, 0] + T[:, 1:] @ a", "T[:, 1:] @ a"),
    "columns shifted": ("T[:, 1:] @ a", "T[:, :-1] @ a"),
    "sum starts at the bias": ("T[j, k] * a[k - 1]", "T[j, k - 1] * a[k - 1]"),
})
def layer(rng, sizes):
    """Both matrix forms, [b | W] times [1; a] and bias plus product, against the sum written out entry by entry."""
    left, middle, right, errors = [], [], [], []
    for T, n in zip(random_thetas(rng, sizes)[1:], sizes):
        a = rng.standard_normal(n)
        left.append(T @ np.concatenate([[1.0], a]))
        middle.append(T[:, 0] + T[:, 1:] @ a)
        right.append([T[j, 0] + sum(T[j, k] * a[k - 1] for k in range(1, n + 1)) for j in range(len(T))])
        errors.append(2 * product(T, np.append(1.0, a)))                 # sums of n + 1 products on both sides
    left, right = np.concatenate(left + middle), np.concatenate(right + right)
    return left, right, relative(np.concatenate(errors + errors), left, right)


@equation("eq-theta-layer-batch", mutants={
    "transpose dropped": ("@ T.T)", "@ T)"),
    "ones at the end": ("[np.ones(7), A]) @", "[A, np.ones(7)]) @"),
    "bias of another unit": ("np.outer(np.ones(7), T[:, 0])", "np.outer(np.ones(7), T[::-1, 0])"),
    "bias dropped": (" + np.outer(np.ones(7), T[:, 0])", ""),
    "columns shifted": ("A @ T[:, 1:].T", "A @ T[:, :-1].T"),
    "sign of the bias": ("+ np.outer", "- np.outer"),
})
def layer_batch(rng, sizes):
    """Both matrix forms for a batch against the sum written out sample by sample and entry by entry."""
    left, middle, right, errors = [], [], [], []
    for T, n in zip(random_thetas(rng, sizes)[1:], sizes):
        A = rng.standard_normal((7, n))
        left.append(np.column_stack([np.ones(7), A]) @ T.T)
        middle.append(A @ T[:, 1:].T + np.outer(np.ones(7), T[:, 0]))
        right.append(np.array([[T[j, 0] + sum(T[j, k + 1] * A[i, k] for k in range(n)) for j in range(len(T))] for i in range(7)]))
        errors.append(2 * product(np.column_stack([np.ones(7), A]), T.T))        # sums of n + 1 products on both sides
    left, right = flat([None, *left, *middle]), flat([None, *right, *right])
    return left, right, relative(flat([None, *errors, *errors]), left, right)


# The cost, and its case for a pencil

@equation("eq-theta-cost", mutants={
    "biases penalised": ("T[:, 1:]) ** 2", "T) ** 2"),
    "half dropped": ("lam / (2 * m)", "lam / m"),
    "penalty not divided": ("lam / (2 * m)", "lam / 2"),
    "sum for mean": ("np.log(1 - H)).sum() / m", "np.log(1 - H)).sum()"),
    "targets swapped": ("Y == 1", "Y == 0"),
    "sign of the penalty": ("mean + lam", "mean - lam"),
    "mean over all entries": ("np.log(1 - H)).sum() / m", "np.log(1 - H)).mean()"),
})
def regularised_cost(rng, sizes):
    """The cost in arrays, penalty with matrix norms, against the double and triple sum in loops, on the same outputs."""
    Theta, (X, Y), lam = random_thetas(rng, sizes), data(rng, sizes), rng.uniform(1, 5)
    m, H = len(X), np.array([forward(Theta, x)[-1] for x in X])
    mean = -np.where(Y == 1, np.log(H), np.log(1 - H)).sum() / m
    left = mean + lam / (2 * m) * sum(np.linalg.norm(T[:, 1:]) ** 2 for T in Theta[1:])
    # No term is negative, so that the sums are wrong relatively; that 1 - h is rounded moves its logarithm by u.
    terms, entries = Y.size, sum(T.size for T in Theta[1:])
    return left, cost(Theta, X, Y, lam), 2 * gamma(LIBRARY + terms + entries + 9) + 2 * U * terms / m / left


@equation("eq-theta-sigmoid-log", tolerance=0, mutants={     # exact fractions, at more points than the degree 1 asks for
    "sign of the logarithm": ("sp.exp(-sp.log(q))", "sp.exp(sp.log(q))"),
    "one dropped": ("q / (1 + q)", "q / q"),
    "numerator": ("q / (1 + q)", "1 / (1 + q)"),
    "sign": ("q / (1 + q)", "q / (1 - q)"),
})
def sigmoid_of_a_logarithm(rng, sizes):
    """SymPy's sigmoid of the logarithm of a fraction against the quotient."""
    points = fractions(rng, 9)
    return [1 / (1 + sp.exp(-sp.log(q))) for q in points], [q / (1 + q) for q in points]


def pencil(log3=sp.log(3), log2=sp.log(2)):
    """The parameters of the case for a pencil, the rows of its X = Y, and its network: the activations of one sample, layer by layer."""
    Theta1 = [[-log3, 2 * log3, log3]]
    Theta2 = [[-2 * log3, 4 * log3], [3 * log2, -4 * log2]]

    def network(Theta, x):
        a = [list(x)]
        for T in Theta:
            a.append([1 / (1 + sp.exp(-sum(entry * value for entry, value in zip(row, [1, *a[-1]])))) for row in T])
        return a

    return [Theta1, Theta2], [(1, 0), (0, 1)], network


def pencil_cost_of(Theta):
    """Its cross-entropy, for numbers and symbols."""
    _, rows, network = pencil()
    losses = [-sum(sp.log(h) if target else sp.log(1 - h) for h, target in zip(network(Theta, y)[-1], y)) for y in rows]
    return sum(losses) / len(rows)


@functools.cache
def pencil_slopes():
    """SymPy's derivatives of that cost with respect to the entries of both matrices, at their values, row by row."""
    values, _, _ = pencil()
    symbols = [[[sp.Symbol(f"t{l}{j}{k}") for k in range(len(row))] for j, row in enumerate(T)] for l, T in enumerate(values)]
    place = {symbol: entry for S, T in zip(symbols, values) for names, row in zip(S, T) for symbol, entry in zip(names, row)}
    return [exactly(sp.diff(pencil_cost_of(symbols), symbol), place) for symbol in place]


def in_logarithms(value):
    """The fractions before 1, ln 2, ln 3 and their squares and product, in a number made of them."""
    two, three = sp.symbols("two three")
    written = sp.expand_log(sp.sympify(value), factor=True).subs({sp.log(2): two, sp.log(3): three})
    polynomial = sp.Poly(sp.expand(written), two, three)
    return [polynomial.coeff_monomial(two ** i * three ** k) for i in range(3) for k in range(3 - i)]


@equation("eq-theta-pencil-network", tolerance=0, mutants={  # exact fractions
    "sign of the bias": ("[[-log3, 2", "[[log3, 2", "pencil"),
    "weights swapped": ("2 * log3, log3]", "log3, 2 * log3]", "pencil"),
    "two for three": ("[3 * log2", "[3 * log3", "pencil"),
    "sign of a weight": ("-4 * log2", "4 * log2", "pencil"),
    "factor": ("[-2 * log3", "[-log3", "pencil"),
})
def pencil_network(rng, sizes):
    """The activations of the network for a pencil, which SymPy computes without rounding, against the fractions that its parameters were chosen for."""
    Theta, rows, network = pencil()
    half, two_thirds, three_quarters = sp.Rational(1, 2), sp.Rational(2, 3), sp.Rational(3, 4)
    found = [a for x in rows for part in network(Theta, x)[1:] for a in part]
    return found, [three_quarters, three_quarters, half, half, half, two_thirds]


@equation("eq-theta-pencil-cost", tolerance=0, mutants={     # exact fractions before ln 2 and ln 3
    "half dropped": ("sp.log(8) / 2", "sp.log(8)"),
    "three for eight": ("sp.log(8)", "sp.log(3)"),
    "factor": ("sp.Rational(3, 2)", "sp.Rational(1, 2)"),
    "sign": ("sp.Rational(3, 2) *", "-sp.Rational(3, 2) *"),
})
def pencil_cost(rng, sizes):
    """SymPy's cost of the network for a pencil against both printed values, as fractions before ln 2 and ln 3."""
    value = in_logarithms(pencil_cost_of(pencil()[0]))
    return value * 2, in_logarithms(sp.log(8) / 2) + in_logarithms(sp.Rational(3, 2) * sp.log(2))


@equation("eq-theta-pencil-penalty", tolerance=0, mutants={  # exact fractions before the squares of ln 2 and ln 3
    "biases penalised": ("for weight in row[1:]", "for weight in row"),
    "factor": ("sp.Rational(3, 4)", "sp.Rational(3, 2)"),
    "squares swapped": ("21 * sp.log(3) ** 2 + 16 * sp.log(2) ** 2", "21 * sp.log(2) ** 2 + 16 * sp.log(3) ** 2"),
    "sign": ("+ 16", "- 16"),
    "square dropped": ("21 * sp.log(3) ** 2", "21 * sp.log(3)"),
})
def pencil_penalty(rng, sizes):
    """The penalty of the network for a pencil with λ = 3 and m = 2, weight by weight, against the printed value, as fractions before ln² 2 and ln² 3."""
    Theta, rows, _ = pencil()
    squares = sum(weight ** 2 for T in Theta for row in T for weight in row[1:])
    return in_logarithms(sp.Rational(3, 2 * len(rows)) * squares), in_logarithms(sp.Rational(3, 4) * (21 * sp.log(3) ** 2 + 16 * sp.log(2) ** 2))


@equation("eq-theta-pencil-gradient", tolerance=0, mutants={ # exact fractions before ln 2 and ln 3
    "sign": ("log3 / 4 + log2 / 6", "log3 / 4 - log2 / 6"),
    "three for twelve": ("sp.log(12)", "sp.log(3)"),
    "rows and columns": ("[one / 8, one / 32, one / 12, 5 * one / 48]", "[one / 8, one / 12, one / 32, 5 * one / 48]"),
    "denominator": ("5 * log3 / 32", "5 * log3 / 16"),
    "numerator": ("5 * one / 48", "one / 48"),
})
def pencil_gradient(rng, sizes):
    """SymPy's derivatives of the cost for a pencil with respect to all seven parameters against the printed matrices, as fractions before ln 2 and ln 3."""
    log2, log3, one = sp.log(2), sp.log(3), sp.Integer(1)
    by_pencil = [5 * log3 / 32 - log2 / 48, -3 * sp.log(12) / 32, log3 / 4 + log2 / 6] + [one / 8, one / 32, one / 12, 5 * one / 48]
    return [in_logarithms(slope) for slope in pencil_slopes()], [in_logarithms(value) for value in by_pencil]


# The spared bias

@equation("eq-theta-shift", mutants={
    "sign of the shift": ("moved[1][j, 0] -=", "moved[1][j, 0] +="),
    "bias counted as a weight": ("Theta[1][j, k + 1]", "Theta[1][j, k]"),
    "one feature forgotten": ("for k in range(sizes[0]))", "for k in range(1, sizes[0]))"),
    "parameters not moved": ("moved, X + np.outer", "Theta, X + np.outer"),
    "inputs not moved": ("X + np.outer(np.ones(len(X)), c)", "X"),
})
def shift(rng, sizes):
    """The cost of a network on shifted inputs, its first biases moved to make up for it, against the cost before, penalty included."""
    Theta, (X, Y), lam = random_thetas(rng, sizes), data(rng, sizes), rng.uniform(1, 5)
    c = rng.uniform(-3, 3, sizes[0])
    moved = [None, Theta[1].copy(), *Theta[2:]]
    for j in range(sizes[1]):
        moved[1][j, 0] -= sum(Theta[1][j, k + 1] * c[k] for k in range(sizes[0]))
    left, right = cost(moved, X + np.outer(np.ones(len(X)), c), Y, lam), cost(Theta, X, Y, lam)
    # The first sums on the left: each weight meets |x| and |c|, and |c| again in the bias, with as many roundings more for the bias,
    # its last one and x + c. Then, as in any network, a sigmoid passes on a quarter; a logarithm is moved by the error over its
    # argument, and by u where 1 - h is rounded; and the sums of the cost have no negative term.
    first = product(np.column_stack([np.ones(len(X)), abs(X) + 2 * abs(c)]), abs(Theta[1]).T, more=sizes[0] + 2)
    passes = [forward(Theta, x) for x in X]
    A, H = np.array([a[1] for a in passes]), np.array([a[-1] for a in passes])
    W, b = [None] + [T[:, 1:] for T in Theta[2:]], [None] + [T[:, 0] for T in Theta[2:]]
    error = network(W, b, A, [sigmoid] * len(W[1:]), [0.25] * len(W[1:]), error=0.25 * first + gamma(LIBRARY + 2) * A)
    moving = (error / (np.minimum(H, 1 - H) - error) + U).sum() / len(X)
    return left, right, 2 * (moving / right + gamma(LIBRARY + Y.size + sum(T.size for T in Theta[1:]) + 9))


@equation("eq-theta-base-rates", mutants={
    "sign": ("return cost(Theta, X, Y, 100.0), -sum", "return cost(Theta, X, Y, 100.0), sum"),
    "second half dropped": (" + (1 - q) * log(1 - q)", ""),
    "sign of the bias": ("np.log(p / (1 - p))", "np.log((1 - p) / p)"),
    "base rates of the samples": ("Y.mean(axis=0)", "Y.mean() * np.ones(K)"),
    "factor dropped": ("(q * log(q)", "(log(q)"),
})
def base_rates(rng, sizes):
    """The cost with all weights zero and the biases at its minimum, which the complex step confirms, against the entropy of the base rates."""
    """With all weights zero, the least cost over the biases: the one at which the cost's slope with respect to each bias vanishes."""
    K, m = sizes[-1], 12
    Y = np.array([rng.permutation([1.0] * ones + [0.0] * (m - ones)) for ones in rng.integers(1, m, K)]).T
    p = Y.mean(axis=0)
    Theta = [None, np.column_stack([np.log(p / (1 - p)), np.zeros((K, sizes[0]))])]
    X = rng.standard_normal((m, sizes[0]))
    by_bias = slopes(lambda moved: cost(moved, X, Y, 0.0), Theta)[1][:, 0]
    assert abs(by_bias).max() < 1e-14                              # so the biases are at the minimum
    return cost(Theta, X, Y, 100.0), -sum(q * log(q) + (1 - q) * log(1 - q) for q in p)


# Rolled and unrolled

@equation("eq-theta-place", tolerance=0, mutants={
    "bias column forgotten before": ("sizes[r] * (1 + sizes[r-1])", "sizes[r] * sizes[r-1]"),
    "bias column forgotten within": ("(j - 1) * (1 + sizes[l-1])", "(j - 1) * sizes[l-1]"),
    "counted from zero": ("(j - 1) *", "j *"),
    "column dropped": ("* (1 + sizes[l-1]) + k", "* (1 + sizes[l-1])"),
    "column by column": ("(j - 1) * (1 + sizes[l-1]) + k", "k * sizes[l] + j - 1"),
})
def place(rng, sizes):
    """The entries of the unrolled vector at the places that the formula gives, against the matrices read row by row."""
    Theta = random_thetas(rng, sizes)
    theta, found = flat(Theta), []
    for l in range(1, len(sizes)):
        for j in range(1, sizes[l] + 1):
            for k in range(1 + sizes[l-1]):
                found.append(theta[sum(sizes[r] * (1 + sizes[r-1]) for r in range(1, l)) + (j - 1) * (1 + sizes[l-1]) + k])
    return np.array(found), np.array([entry for T in Theta[1:] for row in T for entry in row])


# The gradient, sample by sample and in matrix form

def summed(Theta, X, found):
    """G^l: for each sample, the outer product of its delta, one of those found, with [1; a], added up one number at a time."""
    G = [None] + [np.zeros_like(T) for T in Theta[1:]]
    for x, delta in zip(X, found):
        a = forward(Theta, x)
        for l in range(1, len(Theta)):
            for j, d in enumerate(delta[l]):
                for k, value in enumerate([1.0, *a[l-1]]):
                    G[l][j, k] += d * value
    return G


@equation("eq-theta-accumulate", mutants={
    "biases penalised": ("np.column_stack([np.zeros(len(T)), T[:, 1:]])", "T"),
    "penalty not divided": ("(G + lam * np.column_stack([np.zeros(len(T)), T[:, 1:]])) / len(X)", "G / len(X) + lam * np.column_stack([np.zeros(len(T)), T[:, 1:]])"),
    "penalty dropped": (" + lam * np.column_stack([np.zeros(len(T)), T[:, 1:]])", ""),
    "sum for mean": (") / len(X))", "))"),
    "sign of the penalty": ("(G + lam", "(G - lam"),
    "activation of the layer itself": ("[1.0, *a[l-1]]", "[1.0, *a[l]]", "summed"),
})
def accumulate(rng, sizes):
    """The slopes of the regularised cost by the complex step against the outer products added up sample by sample, and the penalty."""
    Theta, (X, Y), lam = random_thetas(rng, sizes), data(rng, sizes), rng.uniform(1, 5)
    right = [None]
    for T, G in zip(Theta[1:], summed(Theta, X, deltas(Theta, X, Y))[1:]):
        right.append((G + lam * np.column_stack([np.zeros(len(T)), T[:, 1:]])) / len(X))
    return flat(slopes(lambda moved: cost(moved, X, Y, lam), Theta)), flat(right)


@equation("eq-theta-matrix-form", mutants={
    "transpose dropped": ("Delta.T @", "Delta @"),
    "ones at the end": ("[np.ones(len(X)), A]", "[A, np.ones(len(X))]"),
    "activations of the layer itself": ("a[l-1] for a", "a[l] for a"),
    "zeros for ones": ("np.ones(len(X))", "np.zeros(len(X))"),
    "samples shuffled": ("Delta.T @", "Delta[::-1].T @"),
})
def matrix_form(rng, sizes):
    """The outer products added up sample by sample against one matrix product, with the same δ and activations."""
    Theta, (X, Y) = random_thetas(rng, sizes), data(rng, sizes)
    found, passes, right, errors = deltas(Theta, X, Y), [forward(Theta, x) for x in X], [None], [None]
    for l in range(1, len(Theta)):
        Delta, A = np.array([delta[l] for delta in found]), np.array([a[l-1] for a in passes])
        rows = np.column_stack([np.ones(len(X)), A])
        right.append(Delta.T @ rows)
        errors.append(2 * product(Delta.T, rows))                        # sums of m products on both sides
    left, right = flat(summed(Theta, X, found)), flat(right)
    return left, right, relative(flat(errors), left, right)


@equation("eq-theta-drop-row", mutants={
    "slope dropped": ("back * a1 * (1 - a1)", "np.array(back)"),
    "transpose": ("W2[j, k] * delta2[j]", "W2[k, j] * delta2[j]"),
    "the wrong row dropped": ("W2 = Theta[2][:, 0], Theta[2][:, 1:]", "W2 = Theta[2][:, 0], Theta[2][:, :-1]"),
    "bias row last": ("[sum(b2 * delta2)], back]", "back, [sum(b2 * delta2)]]"),
    "slope of the activation once more": ("a1 * (1 - a1)", "(a1 * (1 - a1)) ** 2"),
})
def drop_row(rng, sizes):
    """The first layer's δ by the complex step, and the product with the whole matrix, against the sums over the weights and over the biases."""
    """Both halves: the delta of the layer below, and the product with the whole matrix, whose first row is dropped."""
    sizes = sizes[:3]
    Theta, (X, Y) = random_thetas(rng, sizes), data(rng, sizes, m=1)
    (_, delta1, delta2), a1 = deltas(Theta, X, Y)[0], np.array(forward(Theta, X[0])[1])
    b2, W2 = Theta[2][:, 0], Theta[2][:, 1:]
    left = np.concatenate([delta1, Theta[2].T @ delta2])
    back = [sum(W2[j, k] * delta2[j] for j in range(sizes[2])) for k in range(sizes[1])]
    return left, np.concatenate([back * a1 * (1 - a1), [sum(b2 * delta2)], back])


@equation("eq-theta-init", tolerance=0, mutants={            # exact fractions
    "three for six": ("sp.Integer(6)", "sp.Integer(3)"),
    "root dropped": ("sp.sqrt(sp.Integer(6) / (n_in + n_out))", "sp.Integer(6) / (n_in + n_out)"),
    "third dropped": ("r ** 2 / 3", "r ** 2"),
    "one side alone": ("2 / sp.Integer(n_in + n_out)", "2 / sp.Integer(n_in)"),
})
def init(rng, sizes):
    """SymPy's integral of w² over the uniform distribution with the bound r of each layer against both forms of its variance."""
    left, right = [], []
    for n_in, n_out in zip(sizes, sizes[1:]):
        r, w = sp.sqrt(sp.Integer(6) / (n_in + n_out)), sp.symbols("w")
        primitive = sp.integrate(w ** 2, w)
        variance = (primitive.subs(w, r) - primitive.subs(w, -r)) / (2 * r)
        left += [variance, variance]
        right += [r ** 2 / 3, 2 / sp.Integer(n_in + n_out)]
    return left, right
