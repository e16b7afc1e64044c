"""Evaluates many trees over the same symbols at once, each part that they share a single time."""

import numpy as np

from .trees import OPERATIONS, symbols, value

MOST = 4_000_000  # numbers of all parts at once


class Batch:
    """The parts of some trees in the order of their depth; those with one operation are computed together.

    A tree with a sum over other entries needs all of these, and stays apart.
    """

    def __init__(self, trees):
        self.trees, self.row, self.leaves, self.have = trees, {}, [], {}
        self.apart = [k for k, tree in enumerate(trees) if _sums(tree)]
        depth, alike = {}, {}
        for tree in trees:
            if not _sums(tree):
                self._enter(tree, depth, alike)
        self.rows = np.array([self.row.get(tree, -1) for tree in trees])
        self.together = [(operation, *map(np.array, zip(*rows))) for (_, operation), rows in sorted(alike.items())]

    def _enter(self, part, depth, alike):
        """Give a part and all parts below it their rows; ``alike`` has those of one depth and operation."""
        if part in self.row:
            return
        if isinstance(part, tuple):
            for below in part[1:]:
                self._enter(below, depth, alike)
            depth[part] = 1 + max(depth[below] for below in part[1:])
        else:
            depth[part] = 0
            self.leaves.append(part)
        self.row[part] = len(self.row)
        if isinstance(part, tuple):
            rows = self.row[part], *(self.row[below] for below in part[1:])
            alike.setdefault((depth[part], part[0]), []).append(rows)

    def with_one_of(self, names):
        """Which trees have one of these symbols, which are to be a frozenset."""
        if names not in self.have:
            self.have[names] = np.array([not names.isdisjoint(symbols(tree)) for tree in self.trees])
        return self.have[names]

    def fits(self, size):
        return size * len(self.row) <= MOST

    def values(self, known, size):
        """The value of each tree for ``size`` parameters, (trees, size); NaN where a symbol is not known."""
        parts = np.empty((len(self.row), size))
        for leaf in self.leaves:
            parts[self.row[leaf]] = known.get(leaf, np.nan) if isinstance(leaf, str) else leaf
        for operation, out, *operands in self.together:
            if operation == "first":
                parts[out] = parts[operands[0] if known["steps"] == 1 else operands[1]]
            else:
                parts[out] = OPERATIONS[operation](*(parts[rows] for rows in operands))
        found = parts[self.rows]
        for k in self.apart:
            found[k] = value(self.trees[k], known.__getitem__) if symbols(self.trees[k]) <= known.keys() else np.nan
        return found


def _sums(tree):
    return isinstance(tree, tuple) and (tree[0] == "over" or any(map(_sums, tree[1:])))
