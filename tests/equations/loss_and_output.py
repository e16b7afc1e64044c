"""The equations of the chapter "Loss and output belong together", each evaluated on both sides."""
from fractions import Fraction

import numpy as np
import sympy as sp

from .four_equations import flat, loss_slope, sample
from .numerical import STEP, derivative, sigmoid, softmax
from .registry import equation
from .symbolic import exactly, fractions


def one_hot_rows(rng, m, K):
    return np.eye(K)[rng.integers(0, K, m)]


def cross_entropy(z, y):
    return -(y * np.log(softmax(z))).sum()


@equation("eq-cls-probability", mutants={"the exponents exchanged": ("a ** y * (1 - a) ** (1 - y)", "a ** (1 - y) * (1 - a) ** y"),
                                         "1 - a forgotten": ("(1 - a) ** (1 - y)", "a ** (1 - y)"), "a sum for the product": (".prod(axis=1)", ".sum(axis=1)"),
                                         "the exponent forgotten": ("A ** Y", "A")})
def probability(rng, sizes):
    """The probability that was given to the label, picked by an if, against the formula with exponents."""
    m, K = 4, sizes[0] + 1
    a, y = rng.uniform(0.05, 0.6, m), np.arange(m) % 2
    A, Y = np.array([softmax(z) for z in rng.standard_normal((m, K))]), one_hot_rows(rng, m, K)
    picked = [a[i] if y[i] == 1 else 1 - a[i] for i in range(m)] + [A[i, k] for i in range(m) for k in range(K) if Y[i, k] == 1]
    return np.array(picked), np.concatenate([a ** y * (1 - a) ** (1 - y), (A ** Y).prod(axis=1)])


@equation("eq-cls-minus-log", mutants={"sign of the first": ("-y * np.log(a)", "y * np.log(a)"), "1 - a forgotten": ("np.log(1 - a)", "np.log(a)"),
                                       "1 - y forgotten": ("(1 - y) *", "y *"), "sign of the second": ("-(Y * np.log(A))", "(Y * np.log(A))"),
                                       "the label forgotten": ("Y * np.log(A)", "np.log(A)")})
def minus_log(rng, sizes):
    """Minus the logarithm of the probability of the label, against the two cross-entropies."""
    m, K = 5, sizes[0]
    a, y = rng.uniform(0.05, 0.6, m), np.arange(m) % 2
    A, Y = np.array([softmax(z) for z in rng.standard_normal((m, K))]), one_hot_rows(rng, m, K)
    left = np.concatenate([-np.log(np.where(y == 1, a, 1 - a)), [-np.log(A[i, Y[i].argmax()]) for i in range(m)]])
    return left, np.concatenate([-y * np.log(a) - (1 - y) * np.log(1 - a), -(Y * np.log(A)).sum(axis=1)])


@equation("eq-cls-likelihood", mutants={"m forgotten": ("np.exp(-m * C)", "np.exp(-C)"), "sign": ("-m * C", "m * C"),
                                        "a sum for the mean": ("losses.sum() / m", "losses.sum()")})
def likelihood(rng, sizes):
    """The product of the labels' probabilities, against the cost translated back."""
    m, K = 7, sizes[1]
    A, Y = np.array([softmax(z) for z in rng.standard_normal((m, K))]), one_hot_rows(rng, m, K)
    product = 1.0
    for row, truth in zip(A, Y):
        product *= row[truth.argmax()]
    losses = -(Y * np.log(A)).sum(axis=1)
    C = losses.sum() / m
    return product, np.exp(-m * C)


@equation("eq-bp1-jacobian", mutants={
    "transpose dropped": ("net.f[-1][1](z[-1]).T", "net.f[-1][1](z[-1])"),
    "diagonal alone": ("net.f[-1][1](z[-1]).T", "np.diag(np.diag(net.f[-1][1](z[-1])))"),
    "Jacobian at the activation": ("(z[-1]).T", "(a[-1]).T"),
    "sign": ("return net.deltas(x, y)[-1], ", "return net.deltas(x, y)[-1], -"),
    "Jacobian dropped": ("net.f[-1][1](z[-1]).T @ ", ""),
})
def bp1_jacobian(rng, sizes):
    """The output's δ of an activation that mixes its units, by the complex step, against the Jacobian's transpose times the loss's slope."""
    net, x, y = sample(rng, sizes)
    swirl = rng.standard_normal((sizes[-1], sizes[-1]))                    # a mixing activation whose Jacobian is not symmetric
    net.f[-1] = lambda v: np.tanh(swirl @ v), lambda v: (1 / np.cosh(swirl @ v) ** 2)[:, None] * swirl
    z, a = net.forward(x)
    return net.deltas(x, y)[-1], net.f[-1][1](z[-1]).T @ loss_slope(a[-1], y)


@equation("eq-bp2-jacobian", mutants={
    "transpose of the weights dropped": ("net.W[l + 1].T", "net.W[l + 1]"),
    "diagonal alone": ("net.f[l][1](z[l]).T", "np.diag(np.diag(net.f[l][1](z[l])))"),
    "delta of the same layer": ("@ delta[l + 1]", "@ delta[l]"),
    "Jacobian of the layer above": ("net.f[l][1](z[l]).T", "net.f[l + 1][1](z[l + 1]).T"),
    "Jacobian dropped": ("net.f[l][1](z[l]).T @ ", ""),
})
def bp2_jacobian(rng, sizes):
    """The δ below a softmax or another mixing activation, by the complex step, against BP2 with the Jacobian's transpose."""
    net, x, y = sample(rng, sizes, mixing=True)
    z, _ = net.forward(x)
    delta, hidden = net.deltas(x, y), range(1, net.L)
    return flat([delta[l] for l in hidden]), flat([net.f[l][1](z[l]).T @ net.W[l + 1].T @ delta[l + 1] for l in hidden])


@equation("eq-cls-jacobian", mutants={"sign": ("(k == j) - a[j]", "(k == j) + a[j]"), "the diagonal forgotten": ("(k == j) - a[j]", "-a[j]"),
                                      "the wrong output in front": ("a[k] * ((k", "a[j] * ((k"), "index": ("- a[j])", "- a[k])")})
def jacobian(rng, sizes):
    """The slopes of softmax by the complex step, against the formula entry by entry."""
    K = sizes[0]
    z = rng.standard_normal(K)
    a = softmax(z)
    slopes = np.array([derivative(lambda v, k=k: softmax(v)[k], z) for k in range(K)])
    return slopes, np.array([[a[k] * ((k == j) - a[j]) for j in range(K)] for k in range(K)])


def symbolic_softmax(z):
    return [sp.exp(number) / sum(sp.exp(other) for other in z) for number in z]


@equation("eq-softmax-jacobian", tolerance=0, mutants={      # exact fractions
    "sign of the product": ("sp.diag(*a) - a * a.T", "sp.diag(*a) + a * a.T"),
    "product dropped": ("sp.diag(*a) - a * a.T", "sp.diag(*a)"),
    "diagonal of ones": ("sp.diag(*a) - a", "sp.eye(len(z)) - a"),
    "mean for the weighted sum": ("(a.T * g)[0]", "sum(g) / len(z)"),
    "factor dropped": ("[a[k] * (g[k] -", "[(g[k] -"),
})
def softmax_jacobian_short(rng, sizes):
    """SymPy's Jacobian of softmax, and its transpose times a column, against the two short forms, in fractions."""
    z = sp.symbols(f"z:{min(sizes[1], 4)}")
    logarithms, g = fractions(rng, len(z)), sp.Matrix(fractions(rng, len(z)))
    place = {symbol: sp.log(q) for symbol, q in zip(z, logarithms)}
    J = sp.Matrix([[exactly(sp.diff(entry, symbol), place) for symbol in z] for entry in symbolic_softmax(z)])
    a = sp.Matrix([exactly(entry, place) for entry in symbolic_softmax(z)])
    short = sp.diag(*a) - a * a.T
    return [*J, *(J.T * g)], [*short, *[a[k] * (g[k] - (a.T * g)[0]) for k in range(len(z))]]


@equation("eq-cls-jacobian-variance", tolerance=0, mutants={"the mean not weighted": ("sum(x * y for x, y in zip(a, v))", "sum(v) / K"),
                                                            "the square forgotten": ("(y - mean) ** 2", "(y - mean)"), "the weights forgotten": ("sum(x * (y", "sum((y")})
def jacobian_variance(rng, sizes):
    """v'Jv by its double sum, against the variance of v under a: fractions, exactly equal."""
    K = sizes[0]
    parts = [int(n) for n in rng.integers(1, 30, K)]
    a, v = [Fraction(n, sum(parts)) for n in parts], [Fraction(int(n), 7) for n in rng.permutation(40)[:K]]
    double_sum = sum(v[k] * a[k] * ((k == j) - a[j]) * v[j] for k in range(K) for j in range(K))
    mean = sum(x * y for x, y in zip(a, v))
    return float(double_sum), float(sum(x * (y - mean) ** 2 for x, y in zip(a, v)))


@equation("eq-cls-binary-logit", mutants={"sign of yz": ("- y * z", "+ y * z"), "sign in the exponential": ("1 + np.exp(z)", "1 + np.exp(-z)"),
                                          "sign of the delta": ("sigmoid(z) - y]", "y - sigmoid(z)]"), "σ′ left in": ("sigmoid(z) - y]", "(sigmoid(z) - y) * sigmoid(z) * (1 - sigmoid(z))]")})
def binary_logit(rng, sizes):
    """The binary cross-entropy through the probability, and its complex-step slope, against the forms from the logit; y is any number."""
    z, y = rng.normal(0, 2, sizes[0]), rng.normal(0.5, 1, sizes[0])

    def through_a(v):
        return -y * np.log(sigmoid(v)) - (1 - y) * np.log(1 - sigmoid(v))

    return np.array([through_a(z), through_a(z + 1j * STEP).imag / STEP]), np.array([np.log(1 + np.exp(z)) - y * z, sigmoid(z) - y])


@equation("eq-cls-softmax-logit", mutants={"s forgotten in the loss": ("s * np.log(np.exp(z).sum())", "np.log(np.exp(z).sum())"), "s forgotten in the delta": ("s * softmax(z)", "softmax(z)"),
                                           "sign of the linear term": ("- y @ z", "+ y @ z"), "sign of the delta": ("s * softmax(z) - y", "y - s * softmax(z)")})
def softmax_logit(rng, sizes):
    """The cross-entropy through softmax, and its complex-step slopes, against the forms from the logits; the targets have any sum."""
    z, y = rng.standard_normal(sizes[0]), rng.uniform(-0.5, 2, sizes[0])
    s = y.sum()
    right = np.append(s * softmax(z) - y, s * np.log(np.exp(z).sum()) - y @ z)
    return np.append(derivative(lambda v: cross_entropy(v, y), z), cross_entropy(z, y)), right


@equation("eq-delta-matched", tolerance=0, mutants={         # exact fractions
    "sign": ("[sigma - target]", "[target - sigma]"),
    "slope once more": ("[sigma - target]", "[(sigma - target) * sigma * (1 - sigma)]"),
    "targets that do not add up to one": ("[q / sum(numbers) for q in numbers]", "numbers"),
    "one-sided cross-entropy": (" + (1 - target) * sp.log(1 - sigma)", ""),
    "target dropped": ("[entry - share for", "[entry for"),
})
def delta_matched(rng, sizes):
    """SymPy's slope of both cross-entropies behind their own activations, sigmoid and softmax, against a - y, in fractions."""
    z = sp.symbols(f"z:{min(sizes[1], 4)}")
    q, target, *numbers = fractions(rng, 2 + len(z))
    place, target = {z[0]: sp.log(q)}, target / 40
    sigma = 1 / (1 + sp.exp(-z[0]))
    binary = -(target * sp.log(sigma) + (1 - target) * sp.log(1 - sigma))
    left, right = [exactly(sp.diff(binary, z[0]), place)], [exactly(entry, place) for entry in [sigma - target]]
    shares = [q / sum(numbers) for q in numbers]
    place = {symbol: sp.log(q) for symbol, q in zip(z, fractions(rng, len(z)))}
    many = -sum(share * sp.log(entry) for share, entry in zip(shares, symbolic_softmax(z)))
    left += [exactly(sp.diff(many, symbol), place) for symbol in z]
    right += [exactly(value, place) for value in [entry - share for entry, share in zip(symbolic_softmax(z), shares)]]
    return left, right


@equation("eq-cls-delta-squared", mutants={"the mixing forgotten": ("gap - a @ gap", "gap"), "sign": ("gap - a @ gap", "gap + a @ gap"), "a - y alone": ("a * (gap - a @ gap)", "gap"),
                                           "matrix: sign": ("np.diag(a) - np", "np.diag(a) + np")})
def delta_squared(rng, sizes):
    """Slopes of the half squared error after softmax by the complex step, twice, against the matrix and the short form."""
    z, y = rng.standard_normal((2, sizes[0]))
    a = softmax(z)
    gap = a - y
    slopes = derivative(lambda v: 0.5 * ((softmax(v) - y) ** 2).sum(), z)
    return np.array([slopes, slopes]), np.array([(np.diag(a) - np.outer(a, a)) @ gap, a * (gap - a @ gap)])


@equation("eq-cls-temperature", mutants={"T forgotten": ("(a - y) / T", "(a - y)"), "T multiplied": ("(a - y) / T", "(a - y) * T"), "sign": ("(a - y) / T", "(y - a) / T"),
                                         "softmax without T": ("a = softmax(z / T)", "a = softmax(z)")})
def temperature(rng, sizes):
    """Slopes of the cross-entropy of softmax(z / T) by the complex step, against the difference divided by T."""
    z, y, T = rng.standard_normal(sizes[0]), np.eye(sizes[0])[1], rng.uniform(1.5, 4)
    a = softmax(z / T)
    return derivative(lambda v: cross_entropy(v / T, y), z), (a - y) / T


@equation("eq-cls-weights", mutants={"weights entry by entry": ("(w @ y) * a - w * y", "w * (a - y)"), "weight of the targets forgotten": ("- w * y", "- y"),
                                     "weight of a forgotten": ("(w @ y) * a", "a"), "sign": ("- w * y", "+ w * y")})
def weights(rng, sizes):
    """Slopes of the weighted cross-entropy by the complex step, for targets that need not sum to one."""
    z, w, y = rng.standard_normal(sizes[0]), rng.uniform(1.5, 5, sizes[0]), rng.uniform(0.1, 1, sizes[0])
    a = softmax(z)
    return derivative(lambda v: -(w * y * np.log(softmax(v))).sum(), z), (w @ y) * a - w * y


@equation("eq-cls-clip-edge", mutants={"numerator and denominator exchanged": ("(1 - eps) / eps", "eps / (1 - eps)"), "ε forgotten above": ("(1 - eps) / eps", "1 / eps"),
                                       "the lower end": ("z), 1 - eps", "z), eps")})
def clip_edge(rng, sizes):
    """The sigmoid at the edge of the clip, against 1 - ε, for ε from 0.001 to 0.1, where 1 / ε and (1 - ε) / ε differ."""
    eps = 10 ** rng.uniform(-3, -1, sizes[0])
    z = np.log((1 - eps) / eps)
    return sigmoid(z), 1 - eps


@equation("eq-cls-clipped-slope", mutants={"the slope of the loss without the clip": ("np.where(abs(z) < edge, sigmoid(z) - y, 0)", "sigmoid(z) - y"), "sign": ("sigmoid(z) - y, 0", "y - sigmoid(z), 0"),
                                           "the edge at ε": ("np.log((1 - eps) / eps)", "-eps")})
def clipped_slope(rng, sizes):
    """The complex-step slope of the clipped binary cross-entropy, within the clip and beyond it."""
    eps, y = 1e-3, rng.integers(0, 2, 12)
    z = np.concatenate([rng.uniform(-6, 6, 8), [9.0, -9.0, 30.0, -30.0]])

    def clipped(v):
        a = sigmoid(v)
        a = np.where(a.real < eps, eps, np.where(a.real > 1 - eps, 1 - eps, a))
        return -y * np.log(a) - (1 - y) * np.log(1 - a)

    edge = np.log((1 - eps) / eps)
    return clipped(z + 1j * STEP).imag / STEP, np.where(abs(z) < edge, sigmoid(z) - y, 0)


def over_the_whole(Z):
    e = np.exp(Z)
    return e / e.sum()


@equation("eq-cls-shift", mutants={"c forgotten outside": ("c + np.log", "np.log"), "sign inside": ("z - c)", "z + c)"), "sign outside": ("c + np.log", "-c + np.log")})
def shift(rng, sizes):
    """log-sum-exp as it stands, against the shifted one, for the largest entry and for another constant."""
    z = rng.normal(0, 5, sizes[0])
    right = [c + np.log(np.exp(z - c).sum()) for c in (z.max(), 2.5)]
    return np.full(2, np.log(sum(np.exp(value) for value in z))), np.array(right)


@equation("eq-cls-softplus", mutants={"|z| without its sign": ("np.exp(-abs(z))", "np.exp(abs(z))"), "min for max": ("np.maximum(z, 0)", "np.minimum(z, 0)"), "max forgotten": ("np.maximum(z, 0) + ", "")})
def softplus(rng, sizes):
    """log(1 + exp z) as it stands, against the form that takes exponentials of nothing positive."""
    z = np.concatenate([rng.normal(0, 4, sizes[0]), [-3.0, 3.0]])
    return np.log(1 + np.exp(z)), np.maximum(z, 0) + np.log(1 + np.exp(-abs(z)))


@equation("eq-cls-whole-matrix", mutants={"m forgotten": ("m * A - Y", "A - Y"), "sign": ("m * A - Y", "Y - m * A"), "the number of classes for m": ("m * A - Y", "Y.shape[1] * A - Y")})
def whole_matrix(rng, sizes):
    """Slopes of the batch's summed cross-entropy by the complex step, with the softmax over the whole matrix."""
    m, K = sizes[0] + 4, sizes[1]
    Z, Y = rng.standard_normal((m, K)), one_hot_rows(rng, m, K)
    A = over_the_whole(Z)
    return derivative(lambda V: -(Y * np.log(over_the_whole(V))).sum(), Z), m * A - Y


@equation("eq-cls-drift", mutants={"sign": ("1 - m", "m - 1"), "the number of classes for m": ("1 - m", "1 - K"), "the 1 forgotten": ("1 - m", "-m")})
def drift(rng, sizes):
    """All a - y of a batch added up one by one, with the softmax over the whole matrix."""
    m, K = sizes[0] + 4, sizes[1]
    A, Y = over_the_whole(rng.standard_normal((m, K))), one_hot_rows(rng, m, K)
    return sum(A[i, k] - Y[i, k] for i in range(m) for k in range(K)), 1 - m
