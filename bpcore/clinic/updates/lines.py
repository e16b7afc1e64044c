"""Which lines of an update make its steps right once they are changed."""

import ast
from contextlib import contextmanager, suppress
from types import SimpleNamespace

import numpy as np

from ..own_lines.changes import is_share
from ..own_lines.held import Held
from ..own_lines.program import reached_from, unobserved
from ..own_lines.search import FAILURES, LEAST, MOST_PARAMETERS, Search
from .rules import FORMS
from .running import differs
from .slips import book_path
from .steps import STEPS, in_one_row, start_of, taker

MOST_HELD = 1_000_000  # entries of arrays that an update remembers
SPREAD = (0.0, 0.5, 1.0)  # how far from where the update was watched it starts again


@contextmanager
def memory(update):
    """What an update holds now, as a Held, or None where that cannot be copied; it is put back in the end."""
    try:
        objects = reached_from([update])
        entries = sum(value.size for value in objects if isinstance(value, np.ndarray) and value.flags.writeable)
        held = Held(objects) if entries <= MOST_HELD else None
    except FAILURES:  # an object may refuse to be looked at
        held = None
    try:
        yield held
    finally:
        with suppress(Exception):
            held and held.put_back(all_of_it=True)


def lines_of_update(update, remembered, like, settings, seen, theta, state, each, thorough):
    """The lines of a wrong update that make every step the book's once they are changed.

    Parameters
    ----------
    update, like, settings, theta, state, each
        As of ``check_update``.
    remembered : Held or None
        The ``memory`` of the update before it was watched.
    seen : SimpleNamespace
        What ``watch`` saw.
    thorough : bool
        Whether all changes are tried, and not only the usual ones.

    Returns
    -------
    tuple of Line
        Empty where the program cannot be read, or no change makes every step right, or there is too much to try.
    """
    if remembered is None or seen.start.size > MOST_PARAMETERS:
        return ()
    theta = start_of(theta, each)
    rng = np.random.default_rng(6)
    starts = [seen.start + spread * rng.standard_normal(seen.start.size) for spread in SPREAD]
    cases = [SimpleNamespace(**{**vars(seen), "start": start}) for start in starts]
    books = [[book_path(like, settings, case, form) for form in FORMS[like]] for case in cases]
    take = taker(update, settings, theta, state, each, seen.given)

    def run(start):  # as before it was watched; what Search puts back is what came of that, and what its modules hold
        remembered.put_back(all_of_it=True)
        return np.concatenate([in_one_row(arrays) for arrays in take(start)])

    try:
        with unobserved():
            return StepSearch(update, run, cases, books, [part for _, part in seen.arrays], thorough).lines()
    except FAILURES:  # a program may do anything, and need not be fit for being watched
        return ()


class StepSearch(Search):
    """The changes that make an update take the steps of the book's rule, in one of its forms."""

    least = 4 * LEAST  # six steps call more functions than one gradient

    def __init__(self, update, run, cases, books, parts, thorough):
        self.cases, self.books, self.parts = cases, books, parts
        size = cases[0].start.size
        at = np.arange(STEPS * size).reshape(STEPS, size)
        super().__init__(
            run, [case.start for case in cases], [at[:, part].ravel() for part in parts], thorough, roots=[update]
        )

    def _hits(self, changes):
        """What helps; a share 1 - x whose sign is turned would make up for another slip, so it is tried last."""
        last, some = [], False

        def likely():
            for each in changes:
                if _turns_a_share(each[2]):
                    last.append(each)
                else:
                    yield each

        for hit in super()._hits(likely()):
            some = True
            yield hit
        if not some:
            yield from super()._hits(last)

    def judged(self, came):
        """Which arrays do not take the steps that the rule takes."""
        wrong = np.zeros(len(self.parts), bool)
        for case, books, path in zip(self.cases, self.books, came):
            path = path.reshape(STEPS, -1)
            off = [differs(case, book, path).any(axis=0) for book in books]
            wrong |= [all(each[part].any() for each in off) for part in self.parts]
        return wrong


def _turns_a_share(change):
    """Whether a change makes x - 1 of 1 - x, or takes off what comes in with the factor 1 - x."""
    old, new = change.replaced, change.edits[0][3]
    if not all(isinstance(node, ast.BinOp) for node in (old, new)) or not isinstance(new.op, ast.Sub):
        return False
    if is_share(old):
        return _same((old.right, old.left), (new.left, new.right))
    return isinstance(old.op, ast.Add) and _same((old.left, old.right), (new.left, new.right)) and _has_share(old.right)


def _same(nodes, others):
    return [ast.unparse(node) for node in nodes] == [ast.unparse(node) for node in others]


def _has_share(node):
    """Whether 1 - x is among the factors of a product, above its fraction bar."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult | ast.Div):
        return _has_share(node.left) or isinstance(node.op, ast.Mult) and _has_share(node.right)
    return is_share(node)
