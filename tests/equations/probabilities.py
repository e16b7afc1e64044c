"""The equations of the chapter "Using probabilities", each evaluated on both sides."""
from fractions import Fraction

import numpy as np

from .loss_and_output import cross_entropy, one_hot_rows
from .numerical import derivative, sigmoid, softmax
from .registry import equation


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


@equation("eq-cls-entropy", mutants={"p and q exchanged in the divergence": ("np.log(p / q)", "np.log(q / p)"), "sign of the entropy": ("-(p * np.log(p))", "(p * np.log(p))"),
                                     "weighted by q": ("+ (p * np", "+ (q * np")})
def entropy(rng, sizes):
    """The mean loss of a constant answer over labels with given shares, against entropy plus divergence."""
    counts = rng.integers(1, 9, sizes[0])
    p, q = counts / counts.sum(), softmax(rng.standard_normal(sizes[0]))
    labels = np.repeat(np.arange(sizes[0]), counts)
    return np.mean([-np.log(q[label]) for label in labels]), -(p * np.log(p)).sum() + (p * np.log(p / q)).sum()


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


@equation("eq-cls-inverse-c", mutants={"λ = C": ("lam = 1 / C_sk", "lam = C_sk"), "m as well": ("lam = 1 / C_sk", "lam = m / C_sk"), "without the half": ("lam / (2 * m)", "lam / m")})
def inverse_c(rng, sizes):
    """scikit-learn's objective for a linear softmax model, against m C times the book's cost with that λ."""
    m, n, K, C_sk = 6, sizes[0], sizes[1], rng.uniform(0.2, 0.8)
    X, Y, W, b = rng.standard_normal((m, n)), one_hot_rows(rng, m, K), rng.standard_normal((K, n)), rng.standard_normal(K)
    losses = np.array([cross_entropy(W @ x + b, y) for x, y in zip(X, Y)])
    lam = 1 / C_sk
    cost = losses.mean() + lam / (2 * m) * (W ** 2).sum()
    return C_sk * losses.sum() + 0.5 * (W ** 2).sum(), m * C_sk * cost


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
