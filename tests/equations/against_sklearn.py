"""The equations of the chapter "Against scikit-learn": the defect, and what scikit-learn computes, read off its public results."""
import numpy as np
from sklearn.neural_network import MLPClassifier, MLPRegressor

from .registry import equation

STEP = 1e-30


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def draw(rng, sizes, spread=1.0):
    """W[l] (n_l, n_{l-1}) and b[l] (n_l,) for the layers 1..L; slot 0 is None."""
    return ([None] + [spread * rng.standard_normal((n, n_in)) for n_in, n in zip(sizes, sizes[1:])],
            [None] + [spread * rng.standard_normal(n) for n in sizes[1:]])


def indicator(rng, m, K):
    """Rows of zeros and ones in which each column has both, so that scikit-learn takes them for K separate outputs."""
    rows = rng.integers(0, 2, (m, K))
    rows[0], rows[1] = 0, 1
    return rows


def output(W, b, rows):
    A = rows
    for l in range(1, len(W)):
        A = sigmoid(A @ W[l].T + b[l])
    return A


def batch_cost(W, b, rows, targets, alpha):
    """The mean cross-entropy, sample by sample and output by output, and alpha / (2 |B|) times the squared weights."""
    losses = 0.0
    for x, y in zip(rows, targets):
        a = x
        for l in range(1, len(W)):
            a = sigmoid(W[l] @ a + b[l])
        losses -= sum(y[k] * np.log(a[k]) + (1 - y[k]) * np.log(1 - a[k]) for k in range(len(y)))
    squares = sum(w ** 2 for matrix in W[1:] for row in matrix for w in row)
    return losses / len(rows) + alpha / (2 * len(rows)) * squares


def slopes(cost, W, b):
    """The derivative of cost(W, b) by each weight and bias, one complex step each."""
    dW, db = [None], [None]
    for l in range(1, len(W)):
        for values, gradients in (W, dW), (b, db):
            gradient = np.empty_like(values[l])
            for place in np.ndindex(values[l].shape):
                moved = list(values)
                moved[l] = values[l].astype(complex)
                moved[l][place] += 1j * STEP
                gradient[place] = (cost(moved, b) if values is W else cost(W, moved)).imag / STEP
            gradients.append(gradient)
    return dW, db


def classifier(sizes, **settings):
    return MLPClassifier(**{"hidden_layer_sizes": sizes[1:-1], "activation": "logistic", "solver": "sgd", "momentum": 0, "shuffle": False,
                            "random_state": 0, **settings})


def with_parameters(clf, W, b, rows, targets):
    """scikit-learn with these parameters, after a first call that only makes its arrays."""
    clf.partial_fit(rows, targets, classes=range(targets.shape[1]))
    clf.coefs_, clf.intercepts_ = [w.T.copy() for w in W[1:]], [bias.copy() for bias in b[1:]]
    return clf


def flat(arrays):
    return np.concatenate([np.ravel(array) for array in arrays])


@equation("eq-sk-defect")
def defect(rng, sizes):
    W, b = draw(rng, sizes)
    L, m = len(sizes) - 1, 7
    X, Y = rng.standard_normal((m, sizes[0])), rng.integers(0, 2, (m, sizes[-1]))
    A = [X]
    for l in range(1, L + 1):
        A.append(sigmoid(A[-1] @ W[l].T + b[l]))
    arrays, loops = {L: A[L] - Y}, {L: A[L] - Y}
    for l in range(L - 1, 0, -1):
        arrays[l] = (arrays[l+1] @ W[l+1]) * (sigmoid(A[l]) * (1 - sigmoid(A[l])))
        loops[l] = np.empty_like(A[l])
        for i, j in np.ndindex(A[l].shape):
            slope = (1 / (1 + np.exp(-(A[l][i, j] + 1j * STEP)))).imag / STEP
            loops[l][i, j] = sum(loops[l+1][i, k] * W[l+1][k, j] for k in range(sizes[l+1])) * slope
    return flat(arrays[l] for l in range(1, L)), flat(loops[l] for l in range(1, L))


@equation("eq-sk-running")
def running(rng, sizes):
    """Three batches, the last one smaller; between them the parameters move along the complex-step gradient of each batch's cost."""
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


@equation("eq-sk-init", tolerance=0)
def init(rng, sizes):
    """The numbers that the documented generator gives when it is asked for weights and biases within the stated bounds."""
    seed = int(rng.integers(2 ** 31))
    X, Y = rng.standard_normal((5, sizes[0])), indicator(rng, 5, sizes[-1])
    still = classifier(sizes, learning_rate_init=1e-300, random_state=seed)       # a step that changes no digit
    still.partial_fit(X, Y, classes=range(sizes[-1]))
    generator, expected = np.random.RandomState(seed), []
    for n_in, n in zip(sizes, sizes[1:]):
        bound = np.sqrt(2 / (n_in + n))
        expected += [generator.uniform(-bound, bound, (n_in, n)), generator.uniform(-bound, bound, n)]
    return flat(array for pair in zip(still.coefs_, still.intercepts_) for array in pair), flat(expected)


@equation("eq-sk-import")
def imported(rng, sizes):
    W, b = draw(rng, sizes)
    X, Y = rng.standard_normal((9, sizes[0])), indicator(rng, 9, sizes[-1])
    return with_parameters(classifier(sizes), W, b, X, Y).predict_proba(X), output(W, b, X)


@equation("eq-sk-batch-cost")
def penalised(rng, sizes):
    W, b = draw(rng, sizes)
    X, Y, alpha = rng.standard_normal((6, sizes[0])), indicator(rng, 6, sizes[-1]), 1.7
    clf = with_parameters(classifier(sizes, batch_size=6, alpha=alpha), W, b, X, Y).partial_fit(X, Y)
    return clf.loss_, batch_cost(W, b, X, Y, alpha)


@equation("eq-sk-alpha")
def alpha(rng, sizes):
    """One step on a batch of 5 out of n = 35: from scikit-learn with this alpha, and along the gradient with lambda / (2n)."""
    W, b = draw(rng, sizes)
    size, n, lam, rate = 5, 35, 3.0, 0.1
    X, Y = rng.standard_normal((size, sizes[0])), indicator(rng, size, sizes[-1])
    clf = with_parameters(classifier(sizes, batch_size=size, alpha=lam * size / n, learning_rate_init=rate), W, b, X, Y).partial_fit(X, Y)

    def cost(W, b):
        return batch_cost(W, b, X, Y, 0.0) + lam / (2 * n) * sum((matrix * matrix).sum() for matrix in W[1:])

    dW, _ = slopes(cost, W, b)
    return flat(theirs.T for theirs in clf.coefs_), flat(w - rate * d for w, d in zip(W[1:], dW[1:]))


def squares(W, b, rows, targets):
    """Half the squared error of a tanh network with linear output, for each sample and output; it takes complex parameters."""
    A = rows
    for l in range(1, len(W)):
        A = A @ W[l].T + b[l]
        A = np.tanh(A) if l < len(W) - 1 else A
    return (A - targets) ** 2 / 2


def regressor(rng, sizes, rate):
    """A regressor before its step and after it, and what it is trained on; its rate is that of a plain step without penalty."""
    X, Y = rng.standard_normal((8, sizes[0])), rng.standard_normal((8, sizes[-1]))
    clf = MLPRegressor(hidden_layer_sizes=sizes[1:-1], activation="tanh", solver="sgd", learning_rate_init=rate, alpha=0, momentum=0,
                       batch_size=8, shuffle=False, random_state=int(rng.integers(2 ** 31))).partial_fit(X, Y)
    W, b = [None] + [w.T.copy() for w in clf.coefs_], [None] + [bias.copy() for bias in clf.intercepts_]
    return clf.partial_fit(X, Y), W, b, X, Y


@equation("eq-sk-regressor")
def regressor_loss(rng, sizes):
    clf, W, b, X, Y = regressor(rng, sizes, 0.1)
    return clf.loss_, sum(sum(row) / sizes[-1] for row in squares(W, b, X, Y)) / len(X)


@equation("eq-sk-regressor-step")
def regressor_step(rng, sizes):
    rate, K = 0.5, sizes[-1]
    clf, W, b, X, Y = regressor(rng, sizes, rate)
    dW, db = slopes(lambda W, b: squares(W, b, X, Y).sum() / (K * len(X)), W, b)
    moved = [w - theirs.T for w, theirs in zip(W[1:], clf.coefs_)] + [bias - theirs for bias, theirs in zip(b[1:], clf.intercepts_)]
    return flat(moved), rate * K * flat(dW[1:] + db[1:])


@equation("eq-sk-nesterov")
def nesterov(rng, sizes):
    """The two lines, against Nesterov's own form: the velocity takes the gradient at the look-ahead point, which is the theta of the two lines.

    The cost is a quadratic bowl with a known gradient; both walk 25 steps.
    """
    n, rate, mu = sizes[0], 0.05, 0.9
    M = rng.standard_normal((n, n))
    H, centre = M @ M.T / n + np.eye(n), rng.standard_normal(n)

    def g(theta):
        return H @ (theta - centre)

    theta = start = rng.standard_normal(n)
    v = np.zeros(n)
    for _ in range(25):
        gradient = g(theta)
        v = mu * v - rate * gradient
        theta = theta + mu * v - rate * gradient
    place, velocity = start, np.zeros(n)
    for _ in range(25):
        velocity = mu * velocity - rate * g(place + mu * velocity)
        place = place + velocity
    return theta, place + mu * velocity
