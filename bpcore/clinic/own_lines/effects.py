"""What the value of one expression does to all that a program computes, where that is linear."""

import ast

import numpy as np

from .program import FAILURES, compiled

INSTEAD = "__instead__"  # a name that no program has
MOST_ENTRIES = 300  # whose effects are computed, one after the other
CLOSE = 1e-10


class Unfit(Exception):
    """A value whose effects are not linear, or cannot be computed one by one."""


class Effects:
    """How the results of a program depend on the values that one expression has while it runs.

    Attributes
    ----------
    values : ndarray
        The values of the expression, of all times that it was computed, in one row.
    results : ndarray
        What the program returns.
    slopes : ndarray (results, values)
    """

    def __init__(self, function, place, values, run, results):
        self.function, self.place, self.run, self.results = function, place, run, results
        self.shapes = [shapes_of(value) for value in values]
        self.values = in_a_row(values)
        self.code = self._code()

    def compute(self):
        """Compute the slopes.

        Raises
        ------
        Unfit
        """
        if not np.array_equal(self._with(self.values), self.results, equal_nan=True):
            raise Unfit
        size = abs(self.values).max(initial=0.0) or 1.0
        columns = []
        for k in range(len(self.values)):
            moved = self.values.copy()
            moved[k] += size
            columns.append((self._with(moved) - self.results) / (moved[k] - self.values[k]))
        self.slopes = np.array(columns).T
        if not np.isfinite(self.slopes).all():  # it was divided by what was moved to zero
            raise Unfit
        rng = np.random.default_rng(4)
        for _ in range(2):
            there = self.values + size * rng.standard_normal(len(self.values))
            off = abs(self._with(there) - self.predicted(there))
            if not (off <= CLOSE * max(abs(self.results).max(), abs(self.slopes).max() * size)).all():
                raise Unfit

    def predicted(self, values):
        """What the program would return if the expression had other values."""
        return self.results + self.slopes @ (values - self.values)

    def _code(self):
        call = ast.Call(ast.Name(INSTEAD, ast.Load()), [self.place.node], [])
        with self.place.instead(call, 0).made():
            return compiled(self.function.tree, self.function.objects[0].__code__)

    def _with(self, values):
        """What the program returns if the expression has these values."""
        before, names = self.function.objects[0].__code__, self.function.objects[0].__globals__
        parts, turn = self._apart(values), iter(range(len(self.shapes)))
        own = self._apart(self.values)

        def instead(value):
            k = next(turn, None)
            if k is None or not np.array_equal(in_a_row([value]), in_a_row([own[k]]), equal_nan=True):
                raise Unfit  # it depends on what it was before
            return parts[k]

        try:
            names[INSTEAD] = instead
            self.function.take(self.code)
            return self.run()
        except FAILURES as failure:
            raise Unfit from failure
        finally:
            self.function.take(before)
            names.pop(INSTEAD, None)

    def _apart(self, values):
        parts, k = [], 0
        for shapes in self.shapes:
            part, k = shaped(shapes, values, k)
            parts.append(part)
        return parts


def shapes_of(value):
    """The shape of an array or number, or those of the entries of a list or tuple, as a list.

    Raises
    ------
    Unfit
        Where something else is among them, or a number that is not real.
    """
    if isinstance(value, list | tuple):
        return type(value), [shapes_of(each) for each in value]
    if isinstance(value, int | float | np.number | np.ndarray) and np.asarray(value).dtype.kind in "biuf":
        return np.ndarray if isinstance(value, np.ndarray) else float, np.shape(value)
    raise Unfit


def in_a_row(values):
    """The entries of numbers, arrays, and lists of these."""
    parts = [
        in_a_row(value) if isinstance(value, list | tuple) else np.asarray(value, float).ravel() for value in values
    ]
    return np.concatenate(parts) if parts else np.zeros(0)


def shaped(shapes, row, k):
    """The value of these shapes whose entries begin at number k of a row, and the number after its last."""
    kind, inner = shapes
    if kind in (list, tuple):
        entries = []
        for each in inner:
            entry, k = shaped(each, row, k)
            entries.append(entry)
        return kind(entries), k
    size = int(np.prod(inner))
    part = row[k : k + size].reshape(inner)
    return (part.copy() if kind is np.ndarray else float(part)), k + size
