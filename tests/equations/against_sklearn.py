"""The equations of the chapter "Against scikit-learn": article A's defect, and how scikit-learn starts and reports its loss."""
import numpy as np

from bpcore.articles import a as article_a

from .mlp_classifier import STEP, batch_cost, classifier, draw, flat, indicator, sigmoid, slopes, with_parameters
from .registry import equation
from .rounding import LIBRARY, gamma, relative


@equation("eq-sk-defect", mutants={
    "slope of the pre-activation": ("W[l+1]) * slope(A[l])", "W[l+1]) * A[l] * (1 - A[l])"),
    "slope of the pre-activation at the output": ("* slope(A[L])}", "* A[L] * (1 - A[L])}"),
    "right delta at the output": ("(A[L] - Y) / (A[L] * (1 - A[L])) * slope(A[L])", "A[L] - Y"),
    "denominator halved": ("(A[L] * (1 - A[L]))", "A[L]"),
    "transpose": ("arrays[l+1] @ W[l+1]", "arrays[l+1] @ W[l+1].T"),
    "slope dropped": ("W[l+1]) * slope(A[l])", "W[l+1])"),
    "sign of the output": ("{L: (A[L] - Y)", "{L: (Y - A[L])"),
})
def defect(rng, sizes):
    """The formula's deltas, slopes by complex step, against the published program's: its bias gradients, sample by sample."""
    W, b = draw(rng, sizes)
    L, m = len(sizes) - 1, 7
    X, Y = rng.standard_normal((m, sizes[0])), rng.integers(0, 2, (m, sizes[-1]))
    A = [X]
    for l in range(1, L + 1):
        A.append(sigmoid(A[-1] @ W[l].T + b[l]))

    def slope(activations):
        return sigmoid(activations + 1j * STEP).imag / STEP

    arrays = {L: (A[L] - Y) / (A[L] * (1 - A[L])) * slope(A[L])}
    # A slope: for a between 0 and 1 the sigmoid is between 1/2 and 3/4, so 1 - sigmoid is wrong by 3 times its error at most.
    of_a_slope = 4 * (LIBRARY + 3) + 2
    size, roundings = abs(arrays[L]), 5 + of_a_slope
    errors = [2 * gamma(roundings) * size]
    for l in range(L - 1, 0, -1):
        arrays[l] = (arrays[l+1] @ W[l+1]) * slope(A[l])
        roundings += sizes[l+1] + 1 + of_a_slope
        size = (size @ abs(W[l+1])) * slope(A[l])
        errors.append(2 * gamma(roundings) * size)
    in_out = [None] + [matrix.T for matrix in W[1:]]
    program = [article_a.backward(Y[[i]], [rows[[i]] for rows in A], in_out)[1] for i in range(m)]
    left = flat(arrays[l] for l in range(1, L + 1))
    right = flat(np.vstack([db[l] for db in program]) for l in range(1, L + 1))
    return left, right, relative(flat(errors[::-1]), left, right)


@equation("eq-sk-running", mutants={
    "batches not weighted": ("total += len(rows) * batch_cost", "total += size * batch_cost"),
    "sum for mean": ("return clf.loss_, total / n", "return clf.loss_, total"),
    "parameters of the first batch": ("W = [None] + [w - rate * d for", "W = [None] + [w - 0 * d for"),
    "cost after the step": ("total += len(rows) * batch_cost(W, b, rows, targets, alpha)", "total += len(rows) * batch_cost([None] + [w * 0.99 for w in W[1:]], b, rows, targets, alpha)"),
    "penalty dropped": ("batch_cost(W, b, rows, targets, alpha)\n        dW", "batch_cost(W, b, rows, targets, 0.0)\n        dW"),
})
def running(rng, sizes):
    """scikit-learn's reported loss of an epoch against the weighted mean of the batches' costs, each at the parameters that its batch met.

    Three batches, the last one smaller; between them the parameters move along the complex-step gradient of each batch's cost.
    """
    W, b = draw(rng, sizes)
    n, size, rate, alpha = 11, 4, 0.3, 0.5
    X, Y = rng.standard_normal((n, sizes[0])), indicator(rng, n, sizes[-1])
    clf = with_parameters(classifier(sizes, batch_size=size, learning_rate_init=rate, alpha=alpha), W, b, X, Y).partial_fit(X, Y)
    total = 0.0
    for first in range(0, n, size):
        rows, targets = X[first:first + size], Y[first:first + size]
        total += len(rows) * batch_cost(W, b, rows, targets, alpha)
        dW, db = slopes(lambda W, b: batch_cost(W, b, rows, targets, alpha), W, b)
        W = [None] + [w - rate * d for w, d in zip(W[1:], dW[1:])]
        b = [None] + [bias - rate * d for bias, d in zip(b[1:], db[1:])]
    return clf.loss_, total / n


@equation("eq-sk-init", tolerance=0, mutants={
    "six for two": ("np.sqrt(2 / (n_in + n))", "np.sqrt(6 / (n_in + n))"),
    "root dropped": ("np.sqrt(2 / (n_in + n))", "2 / (n_in + n)"),
    "one side alone": ("2 / (n_in + n)", "2 / n_in"),
    "not symmetrical": ("generator.uniform(-bound, bound, (n_in, n))", "generator.uniform(0, bound, (n_in, n))"),
})
def init(rng, sizes):
    """scikit-learn's first weights and biases against uniform draws within the stated bounds, bit by bit."""
    seed = int(rng.integers(2 ** 31))
    X, Y = rng.standard_normal((5, sizes[0])), indicator(rng, 5, sizes[-1])
    still = classifier(sizes, learning_rate_init=1e-300, random_state=seed)       # a step that changes no digit
    still.partial_fit(X, Y, classes=range(sizes[-1]))
    generator, expected = np.random.RandomState(seed), []
    for n_in, n in zip(sizes, sizes[1:]):
        bound = np.sqrt(2 / (n_in + n))
        expected += [generator.uniform(-bound, bound, (n_in, n)), generator.uniform(-bound, bound, n)]
    return flat(array for pair in zip(still.coefs_, still.intercepts_) for array in pair), flat(expected)
