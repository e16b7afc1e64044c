"""The equations of the chapter "One network, five conventions", each evaluated on both sides."""

import numpy as np

from .registry import equation

STEP = 1e-30


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def network(rng, sizes, m=7):
    """Random W[l] (n_l, n_{l-1}) and b[l] with slot 0 None, inputs, and targets between 0 and 1."""
    W = [None] + [rng.standard_normal((n, n_before)) for n_before, n in zip(sizes, sizes[1:])]
    return W, [None] + [rng.standard_normal(n) for n in sizes[1:]], rng.standard_normal((m, sizes[0])), rng.random((m, sizes[-1]))


def forward(W, b, X):
    """Pre-activations and activations of all samples, one per row, as sums with named indices."""
    Z, A = [None], [X]
    for l in range(1, len(W)):
        Z.append(np.einsum("jk,ik->ij", W[l], A[-1]) + b[l])
        A.append(sigmoid(Z[-1]))
    return Z, A


def squared(a, y):
    return ((a - y) ** 2).sum() / 2


def crossed(a, y):
    return -(y * np.log(a) + (1 - y) * np.log(1 - a)).sum()


def losses(W, b, X, Y, loss=squared):
    """The loss of each sample, by a walk of its own."""
    return [loss(forward(W, b, x[None])[1][-1][0], y) for x, y in zip(X, Y)]


def slopes(function, arrays):
    """The derivative of ``function(arrays)`` with respect to every entry of a list of arrays (slot 0 None), by the complex step."""
    found = [None] + [np.empty(part.shape) for part in arrays[1:]]
    for l, part in enumerate(found[1:], start=1):
        for place in np.ndindex(part.shape):
            moved = [None] + [other.astype(complex) for other in arrays[1:]]
            moved[l][place] += 1j * STEP
            part[place] = function(moved).imag / STEP
    return found


def flat(parts):
    return np.concatenate([np.ravel(part) for part in parts])


def deltas(W, b, X, Y, loss=squared):
    """Δ^l, one row per sample: the derivative of each sample's loss with respect to the bias, through which z^l is moved."""
    rows = [slopes(lambda moved, x=x, y=y: losses(W, moved, [x], [y], loss)[0], b) for x, y in zip(X, Y)]
    return [None] + [np.array([row[l] for row in rows]) for l in range(1, len(W))]


@equation("eq-conv-turn", mutants={"transpose of W dropped": ("A[l - 1] @ W[l].T", "A[l - 1] @ W[l]"), "bias dropped": (" + np.outer(b[l], np.ones(len(X)))", ""),
                                   "A not turned": ("W[l] @ A[l - 1].T", "W[l] @ A[l - 1]"), "sign of the bias": ("+ np.outer(np.ones", "- np.outer(np.ones")})
def turn(rng, sizes):
    """Pre-activations of samples as rows, from sums, against both products, the second one turned over."""
    W, b, X, _ = network(rng, sizes)
    Z, A = forward(W, b, X)
    rows = [A[l - 1] @ W[l].T + np.outer(np.ones(len(X)), b[l]) for l in range(1, len(W))]
    columns = [W[l] @ A[l - 1].T + np.outer(b[l], np.ones(len(X))) for l in range(1, len(W))]
    return flat([*rows, *columns]), flat([*Z[1:], *(part.T for part in Z[1:])])


@equation("eq-conv-gradient-turned", mutants={"A not turned": ("A[l - 1].T @ Delta", "A[l - 1] @ Delta"), "mean dropped": (" / len(X) for l", " for l"),
                                              "not turned": ("by_W[l].T", "by_W[l]"), "layer of A": ("A[l - 1].T", "A[l].T")})
def gradient_turned(rng, sizes):
    """The complex step by a turned matrix against the turned complex step, and against the product of activations and deltas."""
    W, b, X, Y = network(rng, sizes)
    V = [None] + [part.T for part in W[1:]]
    by_V = slopes(lambda moved: sum(losses([None] + [part.T for part in moved[1:]], b, X, Y)) / len(X), V)
    by_W = slopes(lambda moved: sum(losses(moved, b, X, Y)) / len(X), W)
    A, Delta = forward(W, b, X)[1], deltas(W, b, X, Y)
    formula = [A[l - 1].T @ Delta[l] / len(X) for l in range(1, len(W))]
    return flat([*by_V[1:], *(by_V[l] for l in range(1, len(W)))]), flat([*(by_W[l].T for l in range(1, len(W))), *formula])


FACTORS = (("mean", 2), ("mean", 1), ("mean", 1), ("sum", -2), ("sum", 1))     # A, B, C, D, E: how samples are put together, and what stands before a - y
EPSILON = (2, 1, 1, -2, 1)


def gamma(m):
    return 2, 1, 1, -2 * m, m


def kappa(m):
    """B prints a sum over the samples; the squared errors of A and C are the book's choice."""
    return 2, m, 1, 2, 2


def program(W, b, X, Y, together, before):
    """Deltas and gradient of a program that puts ``before`` in front of a - y and takes the mean or the sum; W as (in, out), samples as rows."""
    Z, A = forward(W, b, X)
    D, g = [None] * len(W), [None] * len(W)
    D[-1] = before * (A[-1] - Y) * A[-1] * (1 - A[-1])
    for l in range(len(W) - 1, 0, -1):
        g[l] = np.einsum("ik,ij->kj", A[l - 1], D[l]) / (len(X) if together == "mean" else 1)
        if l > 1:
            D[l - 1] = np.einsum("ij,jk->ik", D[l], W[l]) * A[l - 1] * (1 - A[l - 1])
    return D, g


@equation("eq-conv-factors", mutants={"sign of D": ("EPSILON[n] * part", "abs(EPSILON[n]) * part"), "m of the gradient": ("gamma(len(X))[n]", "gamma(1)[n]"),
                                      "factor of the cost": ("kappa(len(X))[n] * C", "C"), "sum of B's cost": ("kappa(len(X))[n]", "kappa(1)[n]"),
                                      "gradient not turned": ("part.T for part in true", "part for part in true")})
def factors(rng, sizes):
    """Deltas, gradients and costs of five programs against the book's, times their factors."""
    W, b, X, Y = network(rng, sizes)
    Delta, left, right = deltas(W, b, X, Y), [], []
    true = slopes(lambda moved: sum(losses(moved, b, X, Y)) / len(X), W)[1:]
    C = sum(losses(W, b, X, Y)) / len(X)
    a = forward(W, b, X)[1][-1]
    plain = ((a - Y) ** 2).sum() / len(X)                                    # mean over samples of the sum of squares
    costs = plain, plain * len(X) / 2, plain / 2, plain, plain
    for n, (together, before) in enumerate(FACTORS):
        D, g = program(W, b, X, Y, together, before)
        left += [*D[1:], *g[1:], costs[n]]
        right += [*(EPSILON[n] * part for part in Delta[1:]), *(gamma(len(X))[n] * part for part in [part.T for part in true]), kappa(len(X))[n] * C]
    return flat(left), flat(right)


@equation("eq-conv-rate", mutants={"factor dropped": ("rate / abs(gamma(len(X))[n])", "rate"), "sign kept": ("abs(gamma(len(X))[n])", "gamma(len(X))[n]"),
                                   "turned round": ("rate / abs(", "rate * abs(")})
def rate_of_a_program(rng, sizes):
    """The step of each program, D's update adding, against the book's step."""
    W, b, X, Y = network(rng, sizes)
    rate = rng.uniform(0.01, 1)
    step = flat([-rate * part.T for part in slopes(lambda moved: sum(losses(moved, b, X, Y)) / len(X), W)[1:]])
    steps = []
    for n, (together, before) in enumerate(FACTORS):
        g = flat(program(W, b, X, Y, together, before)[1][1:])
        own_rate = rate / abs(gamma(len(X))[n])
        steps.append(own_rate * g if n == 3 else -own_rate * g)
    return np.array(steps), np.tile(step, (5, 1))


@equation("eq-conv-cross-entropy", mutants={"sign": ("A[-1] - Y, *", "Y - A[-1], *"), "mean dropped": ("sizes[-1])) / len(Y)", "sizes[-1]))"),
                                            "second logarithm": ("np.log(1 - A[-1][i, k])", "np.log(A[-1][i, k])")})
def cross_entropy(rng, sizes):
    """The cost in loops against the mean of the samples' losses; and the last delta against the derivative of those."""
    W, b, X, Y = network(rng, sizes)
    Y = np.round(Y)
    A = forward(W, b, X)[1]
    cost = -sum(Y[i, k] * np.log(A[-1][i, k]) + (1 - Y[i, k]) * np.log(1 - A[-1][i, k]) for i in range(len(Y)) for k in range(sizes[-1])) / len(Y)
    mean = np.mean([-np.log(np.where(y == 1, a, 1 - a)).sum() for a, y in zip(A[-1], Y)])
    return flat([A[-1] - Y, *[cost]]), flat([deltas(W, b, X, Y, crossed)[-1], mean])
