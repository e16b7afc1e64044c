"""The equations of the chapter "Theta matrices and the regularised cost", each evaluated on both sides."""
from fractions import Fraction
from math import log

import numpy as np

from .registry import equation

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


def slopes(function, Theta):
    """The derivative of ``function(Theta)`` by every entry, by the complex step."""
    found = [None]
    for l in range(1, len(Theta)):
        part = np.empty(Theta[l].shape)
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
    """For each sample [None, δ^1, …, δ^L]: the derivative of its loss by the bias, through which z^l is moved."""
    return [[None] + [part[:, 0] for part in slopes(lambda moved, x=x, y=y: cost(moved, [x], [y], 0.0), Theta)[1:]] for x, y in zip(X, Y)]


# One matrix a layer

@equation("eq-theta-layer")
def layer(rng, sizes):
    left, middle, right = [], [], []
    for T, n in zip(random_thetas(rng, sizes)[1:], sizes):
        a = rng.standard_normal(n)
        left.append(T @ np.concatenate([[1.0], a]))
        middle.append(T[:, 0] + T[:, 1:] @ a)
        right.append([T[j, 0] + sum(T[j, k] * a[k - 1] for k in range(1, n + 1)) for j in range(len(T))])
    return np.concatenate(left + middle), np.concatenate(right + right)


@equation("eq-theta-layer-batch")
def layer_batch(rng, sizes):
    left, middle, right = [], [], []
    for T, n in zip(random_thetas(rng, sizes)[1:], sizes):
        A = rng.standard_normal((7, n))
        left.append(np.column_stack([np.ones(7), A]) @ T.T)
        middle.append(A @ T[:, 1:].T + np.outer(np.ones(7), T[:, 0]))
        right.append(np.array([[T[j, 0] + sum(T[j, k + 1] * A[i, k] for k in range(n)) for j in range(len(T))] for i in range(7)]))
    return flat([None, *left, *middle]), flat([None, *right, *right])


# The cost, and its case for a pencil

@equation("eq-theta-cost")
def regularised_cost(rng, sizes):
    Theta, (X, Y), lam = random_thetas(rng, sizes), data(rng, sizes), rng.uniform(1, 5)
    A = X
    for T in Theta[1:]:
        A = sigmoid(A @ T[:, 1:].T + T[:, 0])
    mean = -np.where(Y == 1, np.log(A), np.log(1 - A)).sum() / len(X)
    return mean + lam / (2 * len(X)) * sum(np.linalg.norm(T[:, 1:]) ** 2 for T in Theta[1:]), cost(Theta, X, Y, lam)


@equation("eq-theta-sigmoid-log")
def sigmoid_of_a_logarithm(rng, sizes):
    q = rng.uniform(0.01, 50, 20)
    return 1 / (1 + np.exp(-np.log(q))), q / (1 + q)


def pencil():
    Theta = [None, log(3) * np.array([[-1.0, 2, 1]]), np.array([[-2 * log(3), 4 * log(3)], [3 * log(2), -4 * log(2)]])]
    return Theta, np.eye(2), np.eye(2)


@equation("eq-theta-pencil-network")
def pencil_network(rng, sizes):
    """The parameters were chosen so that every activation is this fraction."""
    Theta, X, _ = pencil()
    answers = [forward(Theta, x)[1:] for x in X]
    fractions = [[["3/4"], ["3/4", "1/2"]], [["1/2"], ["1/2", "2/3"]]]
    return (np.array([a for sample in answers for part in sample for a in part]),
            np.array([float(Fraction(a)) for sample in fractions for part in sample for a in part]))


@equation("eq-theta-pencil-cost")
def pencil_cost(rng, sizes):
    value = cost(*pencil(), 0.0)
    return np.array([value, value]), np.array([log(8) / 2, 3 / 2 * log(2)])


@equation("eq-theta-pencil-penalty")
def pencil_penalty(rng, sizes):
    return cost(*pencil(), 3.0) - cost(*pencil(), 0.0), 3 / 4 * (21 * log(3) ** 2 + 16 * log(2) ** 2)


@equation("eq-theta-pencil-gradient")
def pencil_gradient(rng, sizes):
    Theta, X, Y = pencil()
    by_pencil = [None, np.array([5 / 32 * log(3) - log(2) / 48, -3 / 32 * log(12), log(3) / 4 + log(2) / 6]),
                 np.array([[1 / 8, 1 / 32], [1 / 12, 5 / 48]])]
    return flat(slopes(lambda moved: cost(moved, X, Y, 0.0), Theta)), flat(by_pencil)


# The spared bias

@equation("eq-theta-shift")
def shift(rng, sizes):
    Theta, (X, Y), lam = random_thetas(rng, sizes), data(rng, sizes), rng.uniform(1, 5)
    c = rng.uniform(-3, 3, sizes[0])
    moved = [None, Theta[1].copy(), *Theta[2:]]
    for j in range(sizes[1]):
        moved[1][j, 0] -= sum(Theta[1][j, k + 1] * c[k] for k in range(sizes[0]))
    return cost(moved, X + np.outer(np.ones(len(X)), c), Y, lam), cost(Theta, X, Y, lam)


@equation("eq-theta-base-rates")
def base_rates(rng, sizes):
    """With all weights zero, the least cost over the biases: the one at which the cost's slope by each bias vanishes."""
    K, m = sizes[-1], 12
    Y = np.array([rng.permutation([1.0] * ones + [0.0] * (m - ones)) for ones in rng.integers(1, m, K)]).T
    p = Y.mean(axis=0)
    Theta = [None, np.column_stack([np.log(p / (1 - p)), np.zeros((K, sizes[0]))])]
    X = rng.standard_normal((m, sizes[0]))
    by_bias = slopes(lambda moved: cost(moved, X, Y, 0.0), Theta)[1][:, 0]
    assert abs(by_bias).max() < 1e-14                              # so the biases are at the minimum
    return cost(Theta, X, Y, 100.0), -sum(q * log(q) + (1 - q) * log(1 - q) for q in p)


# Rolled and unrolled

@equation("eq-theta-place", tolerance=0)
def place(rng, sizes):
    Theta = random_thetas(rng, sizes)
    theta, found = flat(Theta), []
    for l in range(1, len(sizes)):
        for j in range(1, sizes[l] + 1):
            for k in range(1 + sizes[l-1]):
                found.append(theta[sum(sizes[r] * (1 + sizes[r-1]) for r in range(1, l)) + (j - 1) * (1 + sizes[l-1]) + k])
    return np.array(found), np.array([entry for T in Theta[1:] for row in T for entry in row])


# The gradient, sample by sample and in matrix form

def summed(Theta, X, Y):
    """G^l: for each sample, the outer product of its delta with [1; a], added up one number at a time."""
    G = [None] + [np.zeros_like(T) for T in Theta[1:]]
    for x, delta in zip(X, deltas(Theta, X, Y)):
        a = forward(Theta, x)
        for l in range(1, len(Theta)):
            for j, d in enumerate(delta[l]):
                for k, value in enumerate([1.0, *a[l-1]]):
                    G[l][j, k] += d * value
    return G


@equation("eq-theta-accumulate")
def accumulate(rng, sizes):
    Theta, (X, Y), lam = random_thetas(rng, sizes), data(rng, sizes), rng.uniform(1, 5)
    right = [None]
    for T, G in zip(Theta[1:], summed(Theta, X, Y)[1:]):
        right.append((G + lam * np.column_stack([np.zeros(len(T)), T[:, 1:]])) / len(X))
    return flat(slopes(lambda moved: cost(moved, X, Y, lam), Theta)), flat(right)


@equation("eq-theta-matrix-form")
def matrix_form(rng, sizes):
    Theta, (X, Y) = random_thetas(rng, sizes), data(rng, sizes)
    found, passes, right = deltas(Theta, X, Y), [forward(Theta, x) for x in X], [None]
    for l in range(1, len(Theta)):
        Delta, A = np.array([delta[l] for delta in found]), np.array([a[l-1] for a in passes])
        right.append(Delta.T @ np.column_stack([np.ones(len(X)), A]))
    return flat(summed(Theta, X, Y)), flat(right)


@equation("eq-theta-drop-row")
def drop_row(rng, sizes):
    """Both halves: the delta of the layer below, and the product with the whole matrix, whose first row is dropped."""
    sizes = sizes[:3]
    Theta, (X, Y) = random_thetas(rng, sizes), data(rng, sizes, m=1)
    (_, delta1, delta2), a1 = deltas(Theta, X, Y)[0], np.array(forward(Theta, X[0])[1])
    b2, W2 = Theta[2][:, 0], Theta[2][:, 1:]
    left = np.concatenate([delta1, Theta[2].T @ delta2])
    back = [sum(W2[j, k] * delta2[j] for j in range(sizes[2])) for k in range(sizes[1])]
    return left, np.concatenate([back * a1 * (1 - a1), [sum(b2 * delta2)], back])


@equation("eq-theta-init")
def init(rng, sizes):
    """The variance of the uniform distribution on [-r, r], by Gauss-Legendre quadrature, which is exact for w²."""
    nodes, weights = np.polynomial.legendre.leggauss(4)
    left = [sum(weights * (np.sqrt(6 / (n_in + n_out)) * nodes) ** 2) / 2 for n_in, n_out in zip(sizes, sizes[1:])]
    return np.array(left), np.array([2 / (n_in + n_out) for n_in, n_out in zip(sizes, sizes[1:])])
