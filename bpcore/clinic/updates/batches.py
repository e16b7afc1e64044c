"""Evaluates many trees over the same symbols at once, each part that they share a single time."""

import itertools
import math

import numpy as np

from .neighbours import OVER
from .trees import OPERATIONS, symbols, value

MOST = 4_000_000  # numbers of all parts at once


class Batch:
    """The parts of some trees in the order of their depth; those with one operation are computed together.

    A tree with a sum over other entries needs all of these, and stays apart.
    """

    def __init__(self, trees):
        self.trees, self.have = trees, {}
        self.apart = [k for k, tree in enumerate(trees) if _sums(tree)]
        depth = {}
        for tree in trees:
            if not _sums(tree):
                _enter(tree, depth)
        kind = lambda part: (depth[part], part[0] if isinstance(part, tuple) else "")
        parts = sorted(depth, key=kind)  # one kind after the other, so that its values stand side by side
        row = {part: r for r, part in enumerate(parts)}
        self.count, self.rows = len(parts), np.array([row.get(tree, -1) for tree in trees])
        self.leaves = [(row[part], part) for part in parts if not isinstance(part, tuple)]
        self.together = []
        for (_, operation), alike in itertools.groupby(parts[len(self.leaves) :], key=kind):
            alike = list(alike)
            operands = [np.array([row[part[k]] for part in alike]) for k in range(1, len(alike[0]))]
            self.together.append((operation, slice(row[alike[0]], row[alike[-1]] + 1), operands))

    def with_one_of(self, names):
        """Which trees have one of these symbols, which are to be a frozenset."""
        if names not in self.have:
            self.have[names] = np.array([not names.isdisjoint(symbols(tree)) for tree in self.trees])
        return self.have[names]

    def fits(self, shape):
        return math.prod(shape) * self.count <= MOST

    def values(self, known, shape):
        """The value of each tree, (trees, *shape), where what is known fits that shape; NaN where a symbol is not."""
        parts = np.empty((self.count, *shape))
        for row, leaf in self.leaves:
            parts[row] = known.get(leaf, np.nan) if isinstance(leaf, str) else leaf
        for operation, out, operands in self.together:
            if operation == "first":
                parts[out] = parts[operands[0] if known["steps"] == 1 else operands[1]]
            else:
                parts[out] = OPERATIONS[operation](*(parts.take(rows, axis=0) for rows in operands))
        found = parts[self.rows]
        for k in self.apart:
            found[k] = value(self.trees[k], known.__getitem__) if symbols(self.trees[k]) <= known.keys() else np.nan
        return found


def _enter(part, depth):
    """Note how deep a part is, and all parts below it."""
    if part not in depth:
        below = part[1:] if isinstance(part, tuple) else ()
        for one in below:
            _enter(one, depth)
        depth[part] = 1 + max((depth[one] for one in below), default=-1)


def _sums(tree):
    return not symbols(tree).isdisjoint(OVER)
