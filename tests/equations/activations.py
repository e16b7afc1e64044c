"""The equations of chapter "Activations, saturation and initialisation": both sides of each, evaluated from the equation itself."""
import functools
import itertools
from fractions import Fraction

import numpy as np
import sympy as sp

from .registry import equation
from .rounding import gamma, product, relative
from .symbolic import by_exponentials, exactly, fractions

STEP = 1e-30


def sigmoid(z):
    """The sigmoid of a symbol."""
    return 1 / (1 + sp.exp(-z))


def derivative(f, z):
    """df/dz by the complex step."""
    return f(z + 1j * STEP).imag / STEP


def layers(rng, sizes):
    """Random weights and biases, W[l] (n_l, n_{l-1}) and b[l] (n_l,), slot 0 unused."""
    W = [None] + [rng.standard_normal((n, n_before)) for n_before, n in zip(sizes, sizes[1:])]
    return W, [None] + [rng.standard_normal(n) for n in sizes[1:]]


def whole(rng, count):
    """Random fractions of whole numbers, for what holds exactly."""
    return [Fraction(int(above), 7) for above in rng.integers(-30, 31, count)]


def tanh_deltas(rng, sizes):
    """W, the slopes f'(z^l), and the deltas of one sample by the step-by-step recursion, from a random delta^L."""
    W, b = layers(rng, sizes)
    L, a, slopes = len(sizes) - 1, rng.standard_normal(sizes[0]), [None]
    for l in range(1, L + 1):
        z = W[l] @ a + b[l]
        a = np.tanh(z)
        slopes.append(1 / np.cosh(z) ** 2)
    delta = [None] * L + [rng.standard_normal(sizes[L])]
    for l in range(L - 1, 0, -1):
        delta[l] = np.array([slopes[l][k] * sum(W[l + 1][j, k] * delta[l + 1][j] for j in range(sizes[l + 1])) for k in range(sizes[l])])
    return W, slopes, delta


@equation("eq-sum-or-mean", mutants={
    "rate not multiplied": ("of_mean = (m * eta)", "of_mean = eta"),
    "two dropped": ("(2 * m * eta)", "(m * eta)"),
    "half dropped": ("error(i, theta) / 2", "error(i, theta)"),
    "sum for mean": ("error(i, theta) for i in range(m)) / m)", "error(i, theta) for i in range(m)))"),
    "sign": ("of_mean = (", "of_mean = -("),
})
def sum_or_mean(rng, sizes):
    """A step along the slope of the summed squares against steps along the slopes of their mean and half mean, all by the complex step."""
    m, eta = sizes[1], 0.01
    X, y, theta = rng.standard_normal((m, sizes[0])), rng.standard_normal(m), rng.standard_normal(sizes[0])

    def error(i, theta):
        return (np.tanh(X[i] @ theta) - y[i]) ** 2

    def gradient(cost):
        return np.array([cost(theta + 1j * STEP * unit).imag / STEP for unit in np.eye(len(theta))])

    slopes = [gradient(lambda theta, i=i: error(i, theta)) for i in range(m)]
    summed = eta * sum(slopes)
    of_mean = (m * eta) * gradient(lambda theta: sum(error(i, theta) for i in range(m)) / m)
    of_half_mean = (2 * m * eta) * gradient(lambda theta: sum(error(i, theta) / 2 for i in range(m)) / m)
    left, right = np.concatenate([summed, summed]), np.concatenate([of_mean, of_half_mean])
    # The slopes of the single errors are the same numbers on both sides: what differs are m additions, and up to five factors.
    error_of_sums = gamma(m + 5) * eta * sum(map(abs, slopes))
    return left, right, relative(2 * np.tile(error_of_sums, 2), left, right)


@equation("eq-linear-stack", mutants={
    "order reversed": ("W[L:lowest - 1:-1]", "W[lowest:L + 1]"),
    "bias goes through its own weights": ("product_down_to(l + 1)", "product_down_to(l)"),
    "last bias dropped": ("for l in range(1, L + 1))", "for l in range(1, L))"),
    "first weights dropped": ("product_down_to(1) @ a0", "product_down_to(2) @ a0"),
    "sign of the biases": ("@ a0 + sum(", "@ a0 - sum("),
})
def linear_stack(rng, sizes):
    """A network without activations, layer by layer, against one product of all the weights and the biases sent through it."""
    W, b = layers(rng, sizes)
    L, a0 = len(sizes) - 1, rng.standard_normal(sizes[0])
    a, size = a0, abs(a0)
    for l in range(1, L + 1):
        a, size = W[l] @ a + b[l], abs(W[l]) @ size + abs(b[l])

    def product_down_to(lowest):
        return functools.reduce(np.matmul, W[L:lowest - 1:-1], np.eye(sizes[L]))

    right = product_down_to(1) @ a0 + sum(product_down_to(l + 1) @ b[l] for l in range(1, L + 1))
    # The longest way leads through every sum: n_(l-1) products and a bias a layer, and L additions of the terms on the right; a product with the unit matrix is exact.
    return a, right, relative(2 * gamma(sum(sizes[:L]) + 2 * L) * size, a, right)


@equation("eq-least-squares-floor", tolerance=0, mutants={   # exact fractions
    "distance from the targets": ("for f, g in zip(a, best)", "for f, g in zip(a, y)"),
    "distance dropped": (" + mean((f - g) ** 2 for f, g in zip(a, best))", ""),
    "square dropped": ("mean((f - g) ** 2", "mean((f - g)"),
    "sign": (" + mean(", " - mean("),
    "line through the origin": ("best = [middle_y + slope * (t - middle_x)", "best = [slope * t"),
})
def least_squares_floor(rng, sizes):
    """The mean squared error of any line against that of the least-squares line plus their distance, in fractions."""
    def mean(values):
        values = list(values)
        return sum(values) / len(values)

    x, y = whole(rng, 3 * sizes[1]), whole(rng, 3 * sizes[1])
    middle_x, middle_y = mean(x), mean(y)
    slope = sum((s - middle_x) * (t - middle_y) for s, t in zip(x, y)) / sum((s - middle_x) ** 2 for s in x)
    best = [middle_y + slope * (t - middle_x) for t in x]
    w, b = whole(rng, 2)
    a = [w * t + b for t in x]
    return mean((f - t) ** 2 for f, t in zip(a, y)), mean((g - t) ** 2 for g, t in zip(best, y)) + mean((f - g) ** 2 for f, g in zip(a, best))


@equation("eq-noise-floor", tolerance=0, mutants={           # exact fractions
    "noise dropped": (" + Fraction(4, 100)", ""),
    "sign": (" + Fraction(4, 100)", " - Fraction(4, 100)"),
    "deviation for variance": ("+ Fraction(4, 100)", "+ Fraction(2, 10)"),
    "square dropped": ("right = (f - x ** 2) ** 2", "right = (f - x ** 2)"),
})
def noise_floor(rng, sizes):
    """The mean squared error over a noise of two equally likely values against the squared error without noise plus its variance, in fractions."""
    f, x = whole(rng, 2)
    two_values = Fraction(2, 10), -Fraction(2, 10)           # mean 0, variance 0.04: the expectation is a mean of two numbers
    right = (f - x ** 2) ** 2 + Fraction(4, 100)
    return sum((f - (x ** 2 + noise)) ** 2 for noise in two_values) / 2, right


def at_points(rng, *pairs, count=9):
    """Pairs of functions of a symbol z at logarithms of fractions, where both are fractions; 9 points are more than the degrees here."""
    z = sp.symbols("z")
    left, right = [], []
    for one, other in pairs:
        one, other = by_exponentials(one(z)), by_exponentials(other(z))
        for q in fractions(rng, count):
            left.append(exactly(one, {z: sp.log(q)}))
            right.append(exactly(other, {z: sp.log(q)}))
    return left, right


@equation("eq-sigmoid-derivative", tolerance=0, mutants={    # exact fractions
    "first factor dropped": ("sigmoid(z) * (1 -", "(1 -"),
    "sign within": ("(1 - sigmoid(z))", "(1 + sigmoid(z))"),
    "square of the first": ("(1 - sigmoid(z))", "(sigmoid(z))"),
    "argument": ("(1 - sigmoid(z))", "(1 - z)"),
    "sign": ("lambda z: sigmoid(z) *", "lambda z: -sigmoid(z) *"),
})
def sigmoid_derivative(rng, sizes):
    """SymPy's derivative of the sigmoid against the product of the sigmoid and its distance from 1, in fractions."""
    return at_points(rng, (lambda z: sp.diff(sigmoid(z), z), lambda z: sigmoid(z) * (1 - sigmoid(z))))


@equation("eq-tanh-derivative", tolerance=0, mutants={       # exact fractions
    "square dropped": ("sp.tanh(z) ** 2", "sp.tanh(z)"),
    "sign": ("1 - sp.tanh(z)", "1 + sp.tanh(z)"),
    "the sigmoid's formula": ("1 - sp.tanh(z) ** 2", "sp.tanh(z) * (1 - sp.tanh(z))"),
    "argument": ("1 - sp.tanh(z) ** 2", "1 - sp.tanh(2 * z) ** 2"),
})
def tanh_derivative(rng, sizes):
    """SymPy's derivative of tanh against one minus its square, in fractions."""
    return at_points(rng, (lambda z: sp.diff(sp.tanh(z), z), lambda z: 1 - sp.tanh(z) ** 2))


@equation("eq-tanh-is-a-sigmoid", tolerance=0, mutants={     # exact fractions
    "argument not doubled": ("sigmoid(2 * z)", "sigmoid(z)"),
    "not stretched": ("2 * sigmoid(2", "sigmoid(2"),
    "not shifted": (" - 1)", ")"),
    "sign of the shift": (" - 1)", " + 1)"),
})
def tanh_is_a_sigmoid(rng, sizes):
    """tanh against the sigmoid of twice the argument, stretched by two and lowered by one, in fractions."""
    return at_points(rng, (lambda z: sp.tanh(z), lambda z: 2 * sigmoid(2 * z) - 1))


@equation("eq-piecewise-derivative", mutants={
    "slope on the wrong side": ("np.where(z > 0, 1.0, s)", "np.where(z < 0, 1.0, s)"),
    "slope below is zero": ("np.where(z > 0, 1.0, s)", "np.where(z > 0, 1.0, 0.0)"),
    "function for its slope": ("np.where(z > 0, 1.0, s)", "np.where(z > 0, z, s * z)"),
    "sign": ("np.where(z > 0, 1.0, s)", "np.where(z > 0, 1.0, -s)"),
})
def piecewise_derivative(rng, sizes):
    """The slope of the piecewise linear activations by the complex step against 1 and s on the two sides of the kink."""
    z = rng.standard_normal(sizes[:2])
    left, right = [], []
    for s in 1.0, 0.0, 0.01:
        left.append(derivative(lambda z, s=s: np.where(z.real > 0, z, s * z), z))
        right.append(np.where(z > 0, 1.0, s))
    return np.array(left), np.array(right), gamma(2)         # s times the step, and the quotient by it; the right side is exact


@equation("eq-two-conventions", tolerance=0, mutants={       # exact fractions
    "derivative of a taken at z": ("d_a(sigmoid(z))", "d_a(z)"),
    "derivative of z taken at a": ("lambda z: d_z(z)),", "lambda z: d_z(sigmoid(z))),"),
    "first factor dropped": ("return a * (1 - a)", "return (1 - a)"),
    "sign": ("return a * (1 - a)", "return a * (1 + a)"),
})
def two_conventions(rng, sizes):
    """SymPy's derivative of the sigmoid against the form that is given z and the form that is given a, in fractions."""
    def d_z(z):
        return sigmoid(z) * (1 - sigmoid(z))

    def d_a(a):
        return a * (1 - a)

    return at_points(rng, (lambda z: sp.diff(sigmoid(z), z), lambda z: d_z(z)), (lambda z: sp.diff(sigmoid(z), z), lambda z: d_a(sigmoid(z))))


@equation("eq-mixed-conventions", mutants={
    "limits swapped": ("[quarter, beyond]", "[beyond, quarter]"),
    "not mixed": ("a = sigmoid(sigmoid(z))", "a = sigmoid(z)"),
    "half for a quarter": ("sp.Rational(1, 4)", "sp.Rational(1, 2)"),
    "factor dropped": ("sigmoid(1) * (1 - sigmoid(1))", "sigmoid(1)"),
    "sign": ("(1 - sigmoid(1))", "(1 + sigmoid(1))"),
})
def mixed_conventions(rng, sizes):
    """The mixed derivative 100 to the left and right of zero, in 50 digits, against its two limits, and 0.197 against the second, rounded."""
    z = sp.symbols("z")
    a = sigmoid(sigmoid(z))
    slope = a * (1 - a)
    left = [sp.N(slope.subs(z, far), 50) for far in (-100, 100)]
    quarter, beyond = sp.Rational(1, 4), sigmoid(1) * (1 - sigmoid(1))
    right = [sp.N(limit, 50) for limit in [quarter, beyond]]
    # The sigmoid is exp(-100) from its limits, its slopes are below 1/4, and the 50 digits are rounded to doubles.
    return [*map(float, left), 0.197], [*map(float, right), round(float(right[1]), 3)], gamma(1)


@equation("eq-mixed-output", mutants={
    "right derivative": ("mixed = sigmoid(a) * (1 - sigmoid(a))", "mixed = a * (1 - a)"),
    "sign for y = 1": ("-mixed / a", "mixed / a"),
    "cases swapped": ("np.where(Y == 1,", "np.where(Y == 0,"),
    "denominator for y = 0": ("mixed / (1 - a))", "mixed / a)"),
    "logistic denominator dropped": ("middle = (a - Y) * mixed / (a * (1 - a))", "middle = (a - Y) * mixed"),
})
def mixed_output(rng, sizes):
    """Article A's lines, the slope of the cross-entropy by the complex step times σ′ of the activation, against both forms of the delta."""
    def sigmoid(z):
        return 1 / (1 + np.exp(-z))

    m, n = sizes[:2]
    Y, a = np.arange(m * n).reshape(m, n) % 2, sigmoid(rng.standard_normal((m, n)))
    moved = a + 1j * STEP
    slope = -(Y * np.log(moved) + (1 - Y) * np.log(1 - moved)).imag / STEP       # of the cross-entropy, with respect to a
    left = slope * sigmoid(a) * (1 - sigmoid(a))
    mixed = sigmoid(a) * (1 - sigmoid(a))
    middle = (a - Y) * mixed / (a * (1 - a))
    right = np.where(Y == 1, -mixed / a, mixed / (1 - a))
    return np.concatenate([left.ravel(), left.ravel()]), np.concatenate([middle.ravel(), right.ravel()])


@equation("eq-delta-product", mutants={
    "slope of layer l dropped": ("factors = [np.diag(slopes[1])]", "factors = [np.eye(sizes[1])]"),
    "slope of the output added": ("* (k < L)", "* (k <= L)"),
    "transpose dropped": ("[W[k].T]", "[W[k]]"),
    "slopes before the weights": ("[W[k].T] + [np.diag(slopes[k])] * (k < L)", "[np.diag(slopes[k])] * (k < L) + [W[k].T]"),
    "weights once more": ("range(2, L + 1)", "range(1, L + 1)"),
})
def delta_product(rng, sizes):
    """The first layer's δ by the recursion, unit by unit, against one product of all slopes and transposed weights."""
    W, slopes, delta = tanh_deltas(rng, sizes)
    L = len(sizes) - 1
    factors = [np.diag(slopes[1])]
    for k in range(2, L + 1):
        factors += [W[k].T] + [np.diag(slopes[k])] * (k < L)
    right = np.linalg.multi_dot([*factors, delta[L]])
    # The slopes are the same numbers on both sides; the product is one of matrices, and the recursion makes no rounding more than it.
    return delta[1], right, relative(2 * product(*factors, delta[L]), delta[1], right)


@equation("eq-sigmoid-quarter", tolerance=0, mutants={       # exact fractions
    "half for a quarter": ("sp.Rational(1, 4) - (sigmoid", "sp.Rational(1, 2) - (sigmoid"),
    "square dropped": ("sp.Rational(1, 2)) ** 2", "sp.Rational(1, 2))"),
    "sign": ("sp.Rational(1, 4) - (", "sp.Rational(1, 4) + ("),
    "a lower ceiling": ("slope - sp.Rational(1, 4)", "slope - sp.Rational(1, 5)"),
})
def sigmoid_quarter(rng, sizes):
    """SymPy's derivative of the sigmoid against a quarter less a square, in fractions; and at no point, zero among them, is it above a quarter."""
    left, right = at_points(rng, (lambda z: sp.diff(sigmoid(z), z), lambda z: sp.Rational(1, 4) - (sigmoid(z) - sp.Rational(1, 2)) ** 2))
    at_zero = sp.diff(sigmoid(sp.Symbol("z")), sp.Symbol("z")).subs("z", 0)
    excess = [max(slope - sp.Rational(1, 4), 0) for slope in [*left, at_zero]]
    return [*left, *excess], [*right, *[0] * len(excess)]


@equation("eq-vanishing-bound", mutants={
    "a slope too many": ("steepest ** (L - l)", "steepest ** (L - l + 1)"),
    "slopes dropped": ("steepest ** (L - l) * ", ""),
    "one layer's weights dropped": ("for k in range(l + 1, L + 1)", "for k in range(l + 2, L + 1)"),
    "delta dropped": (" * np.linalg.norm(delta)", ""),
    "sum for product": ("np.prod([", "np.sum(["),
})
def vanishing_bound(rng, sizes):
    """No δ of a random network is longer than the bound, and a network with one path and one slope, made for it, reaches it."""
    L = len(sizes) - 1

    def bound(l, steepest, W, delta):
        return steepest ** (L - l) * np.prod([np.linalg.norm(W[k], 2) for k in range(l + 1, L + 1)]) * np.linalg.norm(delta)

    W, _, delta = tanh_deltas(rng, sizes)
    lengths = np.array([np.linalg.norm(delta[l]) for l in range(1, L)])
    above = np.array([bound(l, 1.0, W, delta[L]) for l in range(1, L)])          # the largest slope of tanh is 1
    ways = [rng.standard_normal(n) for n in sizes]
    path = [None] + [np.outer(ways[l], ways[l - 1]) for l in range(1, L + 1)]
    passed, reached, reachable = ways[L], [], []
    for l in range(L - 1, 0, -1):
        passed = 0.25 * (path[l + 1].T @ passed)
        reached.append(np.linalg.norm(passed))
        reachable.append(bound(l, 0.25, path, ways[L]))
    return np.concatenate([lengths, reached]), np.concatenate([np.minimum(lengths, above), reachable])


@equation("eq-dead-unit", tolerance=0, mutants={     # whether each derivative is exactly zero: products with a zero are exact
    "at most one sample at zero": ("-(X @ W1[0]).max()", "-(X @ W1[0]).min()"),
    "weights of a living unit": ("moved[0, k]", "moved[1, k]"),
    "bias of a living unit": ("np.eye(n1)[0]", "np.eye(n1)[1]"),
    "leaky below zero": ("np.where(z.real > 0, z, 0)", "np.where(z.real > 0, z, 0.01 * z)"),
})
def dead_unit(rng, sizes):
    """The slopes of a cost without a penalty, along the bias and weights of a ReLU unit that no sample lifts above zero, against exactly zero."""
    m, (n0, n1, n2) = 6, sizes[:3]
    X, Y = rng.standard_normal((m, n0)), rng.standard_normal((m, n2))
    W1, W2, b1 = rng.standard_normal((n1, n0)), rng.standard_normal((n2, n1)), rng.standard_normal(n1)
    b1[0] = -(X @ W1[0]).max()                       # unit 0 is never above zero
    b1[1] = 1 - (X @ W1[1]).min()                    # unit 1 always is

    def cost(W1, b1):
        z = X @ W1.T + b1
        return (((np.where(z.real > 0, z, 0) @ W2.T) - Y) ** 2).sum() / (2 * m)

    slopes = [cost(W1, b1 + 1j * STEP * np.eye(n1)[0]).imag / STEP]
    for k in range(n0):
        moved = W1.astype(complex)
        moved[0, k] += 1j * STEP
        slopes.append(cost(moved, b1).imag / STEP)
    return np.array(slopes) == 0, np.ones(1 + n0, bool)


@equation("eq-range-floor", tolerance=0, mutants={           # exact fractions
    "largest for smallest": ("floor = sum(min(target, 0)", "floor = sum(max(target, 0)"),
    "square dropped": ("min(target, 0) ** 2", "-min(target, 0)"),
    "half dropped": ("for target in y) / (2 * m)", "for target in y) / m"),
    "all targets": ("min(target, 0) ** 2", "target ** 2"),
})
def range_floor(rng, sizes):
    """No output that is never negative has a smaller cost than the floor, and the best one has exactly that, in fractions."""
    m = 2 * sizes[1]
    y = whole(rng, m)

    def cost(a):
        return sum((value - target) ** 2 for value, target in zip(a, y)) / (2 * m)

    floor = sum(min(target, 0) ** 2 for target in y) / (2 * m)
    best = [max(target, 0) for target in y]
    excess = [max(floor - cost([max(value + move, 0) for value, move in zip(best, whole(rng, m))]), 0) for _ in range(20)]
    return [*excess, cost(best)], [*[0] * 20, floor]


@equation("eq-symmetry", mutants={
    "equal on the way in alone": ("Theta1[1], W2[:, 1] = Theta1[0], W2[:, 0]", "Theta1[1] = Theta1[0]"),
    "equal on the way out alone": ("Theta1[1], W2[:, 1] = Theta1[0], W2[:, 0]", "W2[:, 1] = W2[:, 0]"),
    "opposite on the way in": ("Theta1[0], W2[:, 0]", "-Theta1[0], W2[:, 0]"),
    "biases differ": ("moved(Theta1, unit, k)", "moved(Theta1 + np.eye(n1)[:, :1] @ np.eye(1 + n0)[:1], unit, k)"),
})
def symmetry(rng, sizes):
    """The slopes of the cost by everything that leads into and out of one unit, by the complex step, against those of its twin."""
    n0, n1, n2 = sizes[:3]
    X, Y = rng.standard_normal((5, n0)), rng.standard_normal((5, n2))
    Theta1, W2 = rng.standard_normal((n1, 1 + n0)), rng.standard_normal((n2, n1))
    Theta1[1], W2[:, 1] = Theta1[0], W2[:, 0]        # units 0 and 1 are equal on the way in and on the way out

    def cost(Theta1, W2):
        a1 = np.tanh(Theta1[:, 0] + X @ Theta1[:, 1:].T)
        return ((np.tanh(a1 @ W2.T) - Y) ** 2).sum() / 10

    def moved(array, *place):
        array = array.astype(complex)
        array[place] += 1j * STEP
        return array

    sides = []
    for unit in 0, 1:
        way_in = [cost(moved(Theta1, unit, k), W2).imag / STEP for k in range(1 + n0)]
        way_out = [cost(Theta1, moved(W2, i, unit)).imag / STEP for i in range(n2)]
        sides.append(np.array(way_in + way_out))
    return tuple(sides)


def all_signs(count):
    """Every choice of signs: the expectation over independent ±1 as a finite mean."""
    return list(itertools.product((-1, 1), repeat=count))


@equation("eq-variance-forward", tolerance=0, mutants={      # exact fractions
    "units not counted": ("n_before * v *", "v *"),
    "deviation for variance": ("n_before * v *", "n_before * s *"),
    "mean for mean square": ("sum(entry ** 2 for entry in a) / n_before", "sum(a) / n_before"),
    "sum for mean": ("for entry in a) / n_before", "for entry in a)"),
})
def variance_forward(rng, sizes):
    """The mean square of a pre-activation over every choice of signs of its weights against the formula, in fractions."""
    n_before, s = sizes[1], Fraction(int(rng.integers(6, 20)), 5)
    a, v = whole(rng, n_before), s ** 2
    squares = [sum(sign * s * entry for sign, entry in zip(signs, a)) ** 2 for signs in all_signs(n_before)]
    return sum(squares) / len(squares), n_before * v * (sum(entry ** 2 for entry in a) / n_before)


@equation("eq-variance-backward", tolerance=0, mutants={     # exact fractions
    "units not counted": ("n * v *", "v *"),
    "units of the layer below": ("n * v *", "sizes[0] * v *"),
    "deviation for variance": ("n * v *", "n * s *"),
    "sum for mean": ("for entry in delta) / n)", "for entry in delta))"),
})
def variance_backward(rng, sizes):
    """The mean square of a δ passed back, over every choice of signs of a column of weights, against the formula, in fractions."""
    n, s = sizes[1], Fraction(int(rng.integers(6, 20)), 5)
    delta, v = whole(rng, n), s ** 2
    squares = [sum(sign * s * entry for sign, entry in zip(column, delta)) ** 2 for column in all_signs(n)]
    return sum(squares) / len(squares), n * v * (sum(entry ** 2 for entry in delta) / n)


@functools.cache
def variance_of_uniform():
    """SymPy's integral of w² over the uniform distribution on [-r, r]."""
    r, w = sp.symbols("r w")
    return sp.integrate(w ** 2 / (2 * r), (w, -r, r))


@equation("eq-glorot", tolerance=0, mutants={                # exact fractions
    "three for six": ("sp.Integer(6)", "sp.Integer(3)"),
    "root dropped": ("sp.sqrt(sp.Integer(6) / (n_in + n_out))", "sp.Integer(6) / (n_in + n_out)"),
    "one side alone": ("2 / sp.Integer(n_in + n_out)", "2 / sp.Integer(n_in)"),
    "two dropped": ("2 / sp.Integer(n_in + n_out)", "1 / sp.Integer(n_in + n_out)"),
})
def glorot(rng, sizes):
    """SymPy's integral of w² over the uniform distribution with the bound r against the variance v."""
    n_in, n_out = sizes[:2]
    r = sp.sqrt(sp.Integer(6) / (n_in + n_out))
    return exactly(variance_of_uniform(), {sp.symbols("r"): r}), 2 / sp.Integer(n_in + n_out)


@equation("eq-he", tolerance=0, mutants={                    # exact fractions
    "half dropped": ("for value in z) / len(z) / 2", "for value in z) / len(z)"),
    "no negative ones": ("z + [-value for value in z]", "[abs(value) for value in z]"),
    "variance without the two": ("Fraction(2, n)", "Fraction(1, n)"),
    "fan of another layer": ("Fraction(2, n)", "Fraction(2, sizes[0])"),
})
def he(rng, sizes):
    """The mean square that relu lets through against half of it; and with v = 2/n, over all signs, against the mean square below, in fractions."""
    n = sizes[1]
    z = whole(rng, 50)
    z = z + [-value for value in z]                          # as often negative as positive, symmetrically
    a, variance = whole(rng, n), Fraction(2, n)
    squares = [max(sum(sign * entry for sign, entry in zip(signs, a)), 0) ** 2 * variance for signs in all_signs(n)]
    left = [sum(max(value, 0) ** 2 for value in z) / len(z), sum(squares) / len(squares)]
    return left, [sum(value ** 2 for value in z) / len(z) / 2, sum(entry ** 2 for entry in a) / n]
