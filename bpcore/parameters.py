"""Params and Trace: the parameters as views of one vector, and the arrays that one pass over a batch fills."""

import itertools

import numpy as np

from . import arguments


class Params:
    """The parameters of each layer as views of the flat vector ``theta``: nothing is copied.

    Use in-place operators on a view: ``p.W[1] *= 0.5`` changes ``theta``, and ``p.W[1] = 0.5 * p.W[1]`` does not.
    Slot 0 of each list is None.

    Attributes
    ----------
    theta : ndarray, shape (P,)
        All parameters: Theta[1], Theta[2], …, each row by row.
    Theta : list
        ``Theta[l]`` is [b^l | W^l], shape (n_l, 1 + n_{l-1}): column 0 is the bias. ``ThetaT[l]`` is its transpose.
    W : list
        ``W[l]``, shape (n_l, n_{l-1}).
    b : list
        ``b[l]``, shape (n_l,).

    Raises
    ------
    TypeError, ValueError
        For sizes that are not whole numbers above 0, and a theta that is not a vector of P floating-point numbers.
    """

    def __init__(self, sizes, theta):
        sizes = arguments.layers(sizes)
        shapes = [(n, 1 + n_before) for n_before, n in zip(sizes, sizes[1:])]
        ends = [0, *itertools.accumulate(rows * columns for rows, columns in shapes)]
        self.theta = arguments.vector("theta", theta, ends[-1], f"the network {tuple(sizes)}")
        self.Theta = [None] + [theta[i:j].reshape(shape) for i, j, shape in zip(ends, ends[1:], shapes)]
        self.ThetaT = [None] + [Theta.T for Theta in self.Theta[1:]]
        self.b = [None] + [Theta[:, 0] for Theta in self.Theta[1:]]
        self.W = [None] + [Theta[:, 1:] for Theta in self.Theta[1:]]

    def __reduce__(self):  # views that are copied or pickled one by one would no longer show theta
        return type(self), ((self.W[1].shape[1], *map(len, self.b[1:])), self.theta)

    def name_of(self, index):
        """The name of ``theta[index]`` in the book's notation, such as ``W[2][0,3]`` or ``b[1][4]``.

        Raises
        ------
        TypeError, ValueError
            For an index that is not a whole number from 0 to P - 1.
        """
        index = arguments.whole("index", index, 0, self.theta.size - 1)
        for l, Theta in enumerate(self.Theta[1:], start=1):
            if index < Theta.size:
                row, column = divmod(index, Theta.shape[1])
                return f"W[{l}][{row},{column - 1}]" if column else f"b[{l}][{row}]"
            index -= Theta.size

    def __repr__(self):
        return "Params(" + ", ".join(f"Theta[{l}] {T.shape}" for l, T in enumerate(self.Theta) if l) + ")"


def with_ones(X, dtype):
    """[1 | X], shape (m, 1 + n): the constant input that column 0 of Theta, the bias, multiplies."""
    return np.ascontiguousarray(np.concatenate((np.ones((len(X), 1)), X), axis=1, dtype=dtype))


class Trace:
    """What one pass over m samples computes; ``Network.forward`` makes it.

    Capitals have one sample a column, as in the formulas: ``A[l]`` = [1; a^l] (1 + n_l, m), ``Z[l]``, ``D[l]``
    (n_l, m).
    Small letters have one sample a row, as in the data: ``a[l]``, ``z[l]``, ``delta[l]``, each (m, n_l).
    The second are transposed views of the first. ``a[0]`` is X; slot 0 of Z, z, D and delta is None.
    Before the backward pass ``delta`` is None, and there is no ``D``.
    """

    def __init__(self, sizes, ones_and_X, batch=None):
        m, dtype = len(ones_and_X), ones_and_X.dtype
        self.A = [ones_and_X.T] + [np.ones((1 + n, m), dtype) for n in sizes[1:]]
        self.AT = [ones_and_X] + [A.T for A in self.A[1:]]
        # of one sample in the mean; as an array, since NumPy would convert a Python number at every call
        self.share = np.array(1 / (batch or m), dtype)
        self.Z = [None] + [np.empty((n, m), dtype) for n in sizes[1:]]
        self.a = [A[1:].T for A in self.A]
        self.z = [None] + [Z.T for Z in self.Z[1:]]
        self.delta = None

    def with_delta(self):
        """The same pass with new memory for its deltas; this trace stays as it is."""
        t = object.__new__(Trace)
        t.A, t.AT, t.Z, t.a, t.z, t.share = self.A, self.AT, self.Z, self.a, self.z, self.share
        t.G = [None] + [np.empty_like(A) for A in self.A[1:]]  # G[l] = [·; δ^l], as large as A[l] = [1; a^l]
        t.D = [None] + [G[1:] for G in t.G[1:]]
        t.delta = [None] + [D.T for D in t.D[1:]]
        return t

    def __repr__(self):
        shapes = ", ".join(f"a[{l}] {a.shape}" for l, a in enumerate(self.a))
        return f"Trace({shapes}; {'no delta yet' if self.delta is None else 'with delta'})"
