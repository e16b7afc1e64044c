"""The equations of chapter "Slopes that vanish and die": both sides of each, evaluated from the equation itself."""
import numpy as np
import sympy as sp

from .four_equations import flat, sample
from .registry import equation
from .rounding import gamma, product, relative
from .straight_lines import layers, whole
from .symbolic import by_exponentials, exactly, fractions

STEP = 1e-30


def sigmoid(z):
    """The sigmoid of a symbol."""
    return 1 / (1 + sp.exp(-z))


def derivative(f, z):
    """df/dz by the complex step."""
    return f(z + 1j * STEP).imag / STEP


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


@equation("eq-delta-bound", mutants={
    "smallest slope for largest": ("abs(slopes).max()", "abs(slopes).min()"),
    "slope dropped": ("abs(slopes).max() * ", ""),
    "Frobenius norm": ("np.linalg.norm(weights, 2)", "np.linalg.norm(weights)"),
    "weights dropped": (" * np.linalg.norm(weights, 2)", ""),
    "delta dropped": (" * np.linalg.norm(delta)", ""),
})
def delta_bound(rng, sizes):
    """No δ is longer than its bound, and two layers made for it reach theirs: one with equal slopes, one with a single path."""
    def bound(slopes, weights, delta):
        return abs(slopes).max() * np.linalg.norm(weights, 2) * np.linalg.norm(delta)

    net, x, y = sample(rng, sizes)
    z, _ = net.forward(x)
    deltas, hidden = net.deltas(x, y), range(1, net.L)
    lengths = np.array([np.linalg.norm(deltas[l]) for l in hidden])
    above = np.array([bound(net.f[l][1](z[l]), net.W[l + 1], deltas[l + 1]) for l in hidden])
    reached, reachable = [], []
    for l in hidden:
        slopes, direction = rng.uniform(-1, 1, sizes[l]), rng.standard_normal(sizes[l + 1])
        best = np.eye(sizes[l])[abs(slopes).argmax()]
        equal, longest = np.full(sizes[l], 0.3), 2 * np.linalg.svd(net.W[l + 1])[0][:, 0]
        for layer in (slopes, np.outer(direction, best), direction), (equal, net.W[l + 1], longest):
            reached.append(np.linalg.norm(layer[1].T @ layer[2] * layer[0]))
            reachable.append(bound(*layer))
    return flat([lengths, reached]), flat([np.minimum(lengths, above), reachable])


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
