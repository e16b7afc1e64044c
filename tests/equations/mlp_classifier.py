"""The equations of the chapter "For users of MLPClassifier": what scikit-learn computes, read off its public results."""
import numpy as np
from sklearn.neural_network import MLPClassifier, MLPRegressor

from .registry import equation
from .rounding import LIBRARY, U, gamma, network, relative

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


def sigmoid_error(W, b, rows):
    """The bound on the rounding error of these outputs; a sigmoid's slope is at most a quarter."""
    return network(W, b, rows, [sigmoid] * (len(W) - 1), [0.25] * (len(W) - 1))


def batch_cost(W, b, rows, targets, alpha):
    """The mean cross-entropy, sample by sample, and alpha / (2 |B|) times the squared weights."""
    losses = 0.0
    for x, y in zip(rows, targets):
        a = x
        for l in range(1, len(W)):
            a = sigmoid(W[l] @ a + b[l])
        losses -= (y * np.log(a) + (1 - y) * np.log(1 - a)).sum()
    squares = sum((matrix ** 2).sum() for matrix in W[1:])
    return losses / len(rows) + alpha / (2 * len(rows)) * squares


def slopes(cost, W, b):
    """The derivative of cost(W, b) with respect to each weight and bias, one complex step each."""
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


@equation("eq-sk-import", mutants={
    "transpose dropped": ("w.T.copy() for w", "w.copy() for w", "with_parameters"),
    "biases dropped": ("[bias.copy() for bias in b[1:]]", "[0 * bias for bias in b[1:]]", "with_parameters"),
    "layers shifted": ("for bias in b[1:]]", "for bias in b[:0:-1]]", "with_parameters"),
    "sign of the weights": ("[w.T.copy()", "[-w.T.copy()", "with_parameters"),
})
def imported(rng, sizes):
    """scikit-learn's probabilities with the book's parameters put into it against the network's own outputs."""
    W, b = draw(rng, sizes)
    X, Y = rng.standard_normal((9, sizes[0])), indicator(rng, 9, sizes[-1])
    left, right = with_parameters(classifier(sizes), W, b, X, Y).predict_proba(X), output(W, b, X)
    return left, right, relative(2 * sigmoid_error(W, b, X), left, right)


@equation("eq-sk-batch-cost", mutants={
    "half dropped": ("alpha / (2 * len(rows))", "alpha / len(rows)", "batch_cost"),
    "penalty not divided by the batch": ("alpha / (2 * len(rows))", "alpha / 2", "batch_cost"),
    "sum for mean": ("losses / len(rows)", "losses", "batch_cost"),
    "sign of the loss": ("losses -=", "losses +=", "batch_cost"),
    "square dropped": ("matrix ** 2", "matrix", "batch_cost"),
})
def penalised(rng, sizes):
    """scikit-learn's loss of one batch against mean cross-entropy, sample by sample, and penalty."""
    W, b = draw(rng, sizes)
    X, Y, alpha = rng.standard_normal((6, sizes[0])), indicator(rng, 6, sizes[-1]), 1.7
    clf = with_parameters(classifier(sizes, batch_size=6, alpha=alpha), W, b, X, Y).partial_fit(X, Y)
    right = batch_cost(W, b, X, Y, alpha)
    # A logarithm is moved by the output's error over the output, and by u where 1 - a is rounded; the sums have no negative term.
    a, error = output(W, b, X), sigmoid_error(W, b, X)
    moved = (error / (np.minimum(a, 1 - a) - error) + U).sum() / len(X)
    return clf.loss_, right, 2 * (moved / right + gamma(LIBRARY + Y.size + sum(matrix.size for matrix in W[1:]) + 9))


@equation("eq-sk-alpha", mutants={
    "lambda itself": ("alpha=lam * size / n", "alpha=lam"),
    "sizes swapped": ("alpha=lam * size / n", "alpha=lam * n / size"),
    "batch size dropped": ("alpha=lam * size / n", "alpha=lam / n"),
    "half too many": ("alpha=lam * size / n", "alpha=lam * size / (2 * n)"),
})
def alpha(rng, sizes):
    """scikit-learn's weights after one step with α = λ|B|/n against a step along the complex-step slopes of the cost with λ/(2n).

    A batch of 5 out of n = 35.
    """
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


@equation("eq-sk-regressor", mutants={
    "outputs summed": ("sum(row) / sizes[-1]", "sum(row)"),
    "half dropped": ("** 2 / 2", "** 2", "squares"),
    "sum over the samples": ("/ len(X)", ""),
    "hidden units for outputs": ("sum(row) / sizes[-1]", "sum(row) / sizes[1]"),
})
def regressor_loss(rng, sizes):
    """scikit-learn's loss of a regressor with K outputs against the half mean square over samples and outputs."""
    clf, W, b, X, Y = regressor(rng, sizes, 0.1)
    right = sum(sum(row) / sizes[-1] for row in squares(W, b, X, Y)) / len(X)
    # Half a squared distance is moved by the distance times the output's error; the sums have no negative term.
    error = network(W, b, X, [np.tanh] * (len(W) - 2) + [np.array], [1] * (len(W) - 1))
    moved = (np.sqrt(2 * squares(W, b, X, Y)) * error + error ** 2).mean()
    return clf.loss_, right, 2 * (moved / right + gamma(Y.size + 9))


@equation("eq-sk-regressor-step", mutants={
    "outputs not counted": ("rate * K * flat", "rate * flat"),
    "rate dropped": ("rate * K * flat", "K * flat"),
    "sign": ("flat(moved), rate", "flat(moved), -rate"),
    "outputs counted twice": ("rate * K * flat", "rate * K ** 2 * flat"),
})
def regressor_step(rng, sizes):
    """scikit-learn's step for a regressor with K outputs against η K times the complex-step slopes of the loss that it reports."""
    rate, K = 0.5, sizes[-1]
    clf, W, b, X, Y = regressor(rng, sizes, rate)
    dW, db = slopes(lambda W, b: squares(W, b, X, Y).sum() / (K * len(X)), W, b)
    moved = [w - theirs.T for w, theirs in zip(W[1:], clf.coefs_)] + [bias - theirs for bias, theirs in zip(b[1:], clf.intercepts_)]
    return flat(moved), rate * K * flat(dW[1:] + db[1:])


@equation("eq-sk-nesterov", mutants={
    "momentum without look-ahead": ("theta + mu * v - rate * gradient", "theta + v"),
    "gradient added": ("v = mu * v - rate * gradient", "v = mu * v + rate * gradient"),
    "momentum dropped": ("theta + mu * v -", "theta + v -"),
    "rate dropped": ("theta + mu * v - rate * gradient", "theta + mu * v - gradient"),
    "velocity without momentum": ("v = mu * v - rate", "v = v - rate"),
})
def nesterov(rng, sizes):
    """The two lines of the update against Nesterov's own form, whose gradient is taken at the look-ahead point, over 25 steps down a quadratic bowl.

    The look-ahead point is the theta of the two lines.
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
