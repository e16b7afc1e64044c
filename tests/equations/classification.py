"""The equations of the chapter "Classification, as promised", each evaluated on both sides."""
from fractions import Fraction

import numpy as np

from .numerical import STEP, derivative, sigmoid, softmax
from .registry import equation


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


@equation("eq-cls-entropy", mutants={"p and q exchanged in the divergence": ("np.log(p / q)", "np.log(q / p)"), "sign of the entropy": ("-(p * np.log(p))", "(p * np.log(p))"),
                                     "weighted by q": ("+ (p * np", "+ (q * np")})
def entropy(rng, sizes):
    """The mean loss of a constant answer over labels with given shares, against entropy plus divergence."""
    counts = rng.integers(1, 9, sizes[0])
    p, q = counts / counts.sum(), softmax(rng.standard_normal(sizes[0]))
    labels = np.repeat(np.arange(sizes[0]), counts)
    return np.mean([-np.log(q[label]) for label in labels]), -(p * np.log(p)).sum() + (p * np.log(p / q)).sum()


@equation("eq-cls-jacobian", mutants={"sign": ("(k == j) - a[j]", "(k == j) + a[j]"), "the diagonal forgotten": ("(k == j) - a[j]", "-a[j]"),
                                      "the wrong output in front": ("a[k] * ((k", "a[j] * ((k"), "index": ("- a[j])", "- a[k])")})
def jacobian(rng, sizes):
    """The slopes of softmax by the complex step, against the formula entry by entry."""
    K = sizes[0]
    z = rng.standard_normal(K)
    a = softmax(z)
    slopes = np.array([derivative(lambda v, k=k: softmax(v)[k], z) for k in range(K)])
    return slopes, np.array([[a[k] * ((k == j) - a[j]) for j in range(K)] for k in range(K)])


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


@equation("eq-cls-two-class", mutants={"the difference turned round": ("sigmoid(z[1] - z[0])])", "sigmoid(z[0] - z[1])])"), "a sum for the difference": ("sigmoid(z[1] - z[0])])", "sigmoid(z[1] + z[0])])"),
                                       "the second logit alone": ("sigmoid(z[1] - z[0])])", "sigmoid(z[1])])"), "1 - forgotten": ("[1 - sig", "[sig")})
def two_class(rng, sizes):
    """Softmax of two logits, against the sigmoid of their difference."""
    left, right = [], []
    for z in rng.normal(0, 2, (sizes[0], 2)):
        left.append(softmax(z))
        right.append([1 - sigmoid(z[1] - z[0]), sigmoid(z[1] - z[0])])
    return np.array(left), np.array(right)


@equation("eq-cls-sum-to-one", tolerance=0, mutants={"a difference for the sum": ("z1 + z2 == 0", "z1 - z2 == 0"), "one logit": ("z1 + z2 == 0", "z1 == 0"), "1 for 0": ("z1 + z2 == 0", "z1 + z2 == 1")})
def sum_to_one(rng, sizes):
    """Where two sigmoids of logarithms of fractions sum to 1, exactly; σ(log q) = q / (1 + q), and logarithms are added by multiplying."""
    grid = [Fraction(p, q) for p in range(1, 5) for q in range(1, 5)]
    sigma = {q: q / (1 + q) for q in grid}
    logs = {q: np.log(q.numerator) - np.log(q.denominator) for q in grid}        # exact mirror images for q and 1 / q
    pairs = [(p, q) for p in grid for q in grid]
    left = [float(sigma[p] + sigma[q] == 1) for p, q in pairs]
    right = []
    for p, q in pairs:
        z1, z2 = logs[p], logs[q]
        right.append(float(z1 + z2 == 0))
    return np.array(left), np.array(right)


@equation("eq-cls-threshold", tolerance=0, mutants={"the other cost above": (">= alarm /", ">= miss /"), "the wrong way round": ("a >= alarm", "a <= alarm"),
                                                    "a ratio of the two": ("(alarm + miss)", "miss")})
def threshold(rng, sizes):
    """Which answer costs less on average, by working out both costs, against the threshold; fractions, equality included."""
    costs = [(Fraction(alarm), Fraction(miss)) for alarm in (1, 2) for miss in (1, 3, 10)]
    cases = [(alarm, miss, Fraction(k, 66)) for alarm, miss in costs for k in range(67)]
    left = [(1 - a) * alarm <= a * miss for alarm, miss, a in cases]
    right = [a >= alarm / (alarm + miss) for alarm, miss, a in cases]
    return np.array(left, float), np.array(right, float)


@equation("eq-cls-wilson", mutants={"the shift of the middle forgotten": ("share + z ** 2 / (2 * n)", "share"), "n for 2n": ("(2 * n)", "n"), "the widening forgotten": ("wide = 1 + z ** 2 / n", "wide = 1"),
                                    "the last term forgotten": (" + z ** 2 / (4 * n ** 2)", ""), "1 - p forgotten": ("share * (1 - share)", "share")})
def wilson(rng, sizes):
    """The shares that are exactly z standard deviations from the observed one, as roots of the quadratic, against the formula's ends."""
    n, z = int(rng.integers(20, 200)), rng.uniform(1, 3)
    share = rng.integers(1, n) / n
    left = np.sort(np.roots([1 + z ** 2 / n, -2 * share - z ** 2 / n, share ** 2]).real)     # (share - p)² = z² p (1 - p) / n
    wide = 1 + z ** 2 / n
    middle = (share + z ** 2 / (2 * n)) / wide
    reach = z / wide * np.sqrt(share * (1 - share) / n + z ** 2 / (4 * n ** 2))
    return left, np.array([middle - reach, middle + reach])


@equation("eq-cls-balance", mutants={"a sum for the mean": (".mean(axis=0)", ".sum(axis=0)"), "sign": ("A - Y", "Y - A"), "the mean over the classes": ("A.mean(0)", "A.mean(1)[:K]")})
def balance(rng, sizes):
    """The slopes with respect to the output's biases, by the complex step, against the mean of a - y; and, at the minimum over the biases, both means."""
    m, K = 9, sizes[1]
    S, Y, b = rng.standard_normal((m, K)), one_hot_rows(rng, m, K), rng.standard_normal(K)
    Y[:K] = np.eye(K)                                    # every class occurs, or the minimum would lie at infinity

    def cost(b):
        return sum(cross_entropy(z + b, y) for z, y in zip(S, Y)) / m

    A = np.array([softmax(z + b) for z in S])
    slopes, by_formula = derivative(cost, b), (A - Y).mean(axis=0)
    for _ in range(40):                                  # Newton's method; lstsq, since adding a constant to b changes nothing
        A = np.array([softmax(z + b) for z in S])
        curvature = sum(np.diag(a) - np.outer(a, a) for a in A)
        b = b - np.linalg.lstsq(curvature, sum(A) - sum(Y), rcond=1e-10)[0]
    return np.array([slopes, Y.mean(0)]), np.array([by_formula, A.mean(0)])


@equation("eq-cls-calibration", mutants={"the absolute value forgotten": ("abs((right", "((right"), "bins not weighted": (".sum()) for k in range(10)) / m", ".mean()) for k in range(10) if (number == k).any())"),
                                         "the square forgotten": ("(A - Y) ** 2", "(A - Y)"), "a mean over the classes": (".sum(axis=1).mean()", ".mean()")})
def calibration(rng, sizes):
    """Both scores as they are defined, bin by bin and entry by entry, against the array forms that the chapter computes."""
    m, K = 60, sizes[0]
    A, Y = np.array([softmax(2 * z) for z in rng.standard_normal((m, K))]), one_hot_rows(rng, m, K)
    bins = {}
    for a, y in zip(A, Y):
        bins.setdefault(min(int(10 * max(a)), 9), []).append((max(a), int(a.argmax() == y.argmax())))
    ece = sum(len(B) / m * abs(sum(hit for _, hit in B) / len(B) - sum(top for top, _ in B) / len(B)) for B in bins.values())
    brier = sum((A[i, k] - Y[i, k]) ** 2 for i in range(m) for k in range(K)) / m
    right, top = A.argmax(axis=1) == Y.argmax(axis=1), A.max(axis=1)
    number = np.minimum((10 * top).astype(int), 9)
    by_arrays = sum(abs((right - top)[number == k].sum()) for k in range(10)) / m
    return np.array([ece, brier]), np.array([by_arrays, ((A - Y) ** 2).sum(axis=1).mean()])


@equation("eq-cls-inverse-c", mutants={"λ = C": ("lam = 1 / C_sk", "lam = C_sk"), "m as well": ("lam = 1 / C_sk", "lam = m / C_sk"), "without the half": ("lam / (2 * m)", "lam / m")})
def inverse_c(rng, sizes):
    """scikit-learn's objective for a linear softmax model, against m C times the book's cost with that λ."""
    m, n, K, C_sk = 6, sizes[0], sizes[1], rng.uniform(0.2, 0.8)
    X, Y, W, b = rng.standard_normal((m, n)), one_hot_rows(rng, m, K), rng.standard_normal((K, n)), rng.standard_normal(K)
    losses = np.array([cross_entropy(W @ x + b, y) for x, y in zip(X, Y)])
    lam = 1 / C_sk
    cost = losses.mean() + lam / (2 * m) * (W ** 2).sum()
    return C_sk * losses.sum() + 0.5 * (W ** 2).sum(), m * C_sk * cost


@equation("eq-cls-prior", mutants={"w for log w": ("+ np.log(w)", "+ w"), "sign": ("+ np.log(w)", "- np.log(w)"), "p itself": ("np.log(p / (1 - p))", "p")})
def prior(rng, sizes):
    """The two pulls of the weighted cost's slope at the answer of the formula; they cancel, and the slope is theirs."""
    p, w, z = rng.uniform(0.1, 0.4), rng.uniform(2, 6), rng.normal()

    def cost(v):
        return -w * p * np.log(sigmoid(v)) - (1 - p) * np.log(1 - sigmoid(v))

    slope = derivative(cost, np.array(z))[()]
    q = sigmoid(np.log(p / (1 - p)) + np.log(w))
    return np.array([w * p * (1 - q), slope]), np.array([(1 - p) * q, (1 - p) * sigmoid(z) - w * p * (1 - sigmoid(z))])


@equation("eq-cls-temperature-slope", mutants={"sign": ("-((a - y) @ z)", "((a - y) @ z)"), "T for T squared": ("T ** 2", "T"), "a for a - y": ("(a - y) @ z", "a @ z"),
                                               "softmax without T": ("a = softmax(z / T)", "a = softmax(z)")})
def temperature_slope(rng, sizes):
    """The slope of the loss with respect to the temperature, by the complex step."""
    z, y, T = rng.normal(0, 2, sizes[0]), np.eye(sizes[0])[0], rng.uniform(1.5, 4)
    a = softmax(z / T)
    return derivative(lambda T: cross_entropy(z / T, y), np.array(T))[()], -((a - y) @ z) / T ** 2
