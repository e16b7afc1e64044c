"""How far rounding alone can drive two computations of one thing apart: the standard bounds, for the entries that state one.

An operation on doubles gives the exact result times 1 + d with |d| <= u = 2^-53. A product of k such factors is 1 + t with
|t| <= gamma(k) = k u / (1 - k u), and gamma(j) + gamma(k) + gamma(j) gamma(k) <= gamma(j + k) (Higham, Accuracy and Stability
of Numerical Algorithms, 2nd edition, Lemmas 3.1 and 3.3). A number that is made by adding up products of doubles is therefore
wrong by at most gamma(k) times the same formula with absolute values, where k counts the roundings on the longest way from a
double to the result. The order of the additions does not matter, and a fused multiply-add rounds once where two are counted.
Supposed: nothing overflows or underflows, and the functions of the library are as good as LIBRARY says.
"""
from functools import reduce

import numpy as np

U = 2.0 ** -53
LIBRARY = 8                                      # exp, log, sin and their kin within 4 units in the last place, which is 8 u


def gamma(k):
    """The bound on k roundings one after the other, relative."""
    return k * U / (1 - k * U)


def product(*factors, more=0):
    """The bound, entry by entry, on the error of a product of matrices and columns, multiplied in any order.

    The sums of a product with n terms cost n roundings, so a chain costs the sum of its inner dimensions; ``more`` are those of
    what is done to the entries before or after.
    """
    size = reduce(np.matmul, (abs(np.asarray(factor)) for factor in factors))
    return gamma(sum(np.shape(factor)[0] for factor in factors[1:]) + more) * size


def network(W, b, X, activations, steepest, error=0.0):
    """The bound, entry by entry, on the error of a network's outputs: a row for each row of X, whose entries are wrong by ``error``.

    Slot 0 of W and b is not used. ``activations`` are functions whose values are as good as the library's, two roundings more allowed, and ``steepest`` are
    numbers that their slopes are nowhere above: an error below is passed on by the weights and by no more than that slope.
    """
    A, error = np.asarray(X), np.broadcast_to(error, np.shape(X))
    for weights, bias, f, slope in zip(W[1:], b[1:], activations, steepest, strict=True):
        sums = product(np.column_stack([A, np.ones(len(A))]), np.vstack([weights.T, bias])) + (1 + gamma(len(weights.T) + 1)) * error @ abs(weights.T)
        A = f(A @ weights.T + bias)
        error = slope * sums + gamma(LIBRARY + 2) * (abs(A) + slope * sums)
    return error


def relative(errors, left, right):
    """The norm-wise relative bound for two sides whose entries are together wrong by at most ``errors``."""
    return float(np.linalg.norm(errors) / max(np.linalg.norm(left), np.linalg.norm(right)))
