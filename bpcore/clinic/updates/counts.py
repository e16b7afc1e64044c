"""Which steps the corrections of an update count: the t of every array in every step, found from where it went."""

from types import SimpleNamespace

import numpy as np

from .programs import programs
from .running import LOOSE, differs, predicted, run
from .scope import scope
from .search import named_reading
from .trees import symbols

COUNTS = np.arange(0.0, 101.0)  # that are tried for t
SEEN = 2  # entries of each array that are looked at first
LAWS = [(a, b) for a in range(13) for b in range(-12, 101)]  # a t + b


def counted(like, seen, settings, wrong, size):
    """A program that is right, or has one exchange, but for its t, which is another whole number in each array.

    Parameters
    ----------
    size : int
        How many exchanges are tried beside it, 0 or 1.

    Returns
    -------
    SimpleNamespace or None
        ``reading``, and ``counts``: for each array that is wrong its name, the law (a, b) of a t + b or None, and t.
    """
    steps = scope(seen, settings)
    arrays = [(name, np.flatnonzero(wrong[part]) + part.start) for name, part in seen.arrays if wrong[part].any()]
    if sum(len(own) for _, own in arrays) < SEEN * len(arrays):  # an entry of its own fits too many numbers
        return None
    found = []
    for program in programs(like):
        if not any("t" in symbols(tree) for _, tree in program.form.lines):
            continue
        none = np.zeros((1, len(program.trees)), int)
        for rows in (none,) if size == 0 else program.singles(steps[0]):
            rows = rows[[not _counts_itself(program, row) for row in rows]]
            found += _fitting(program, rows, steps, seen, arrays)
        if found and size == 0:
            break
    for program, row, counts in sorted(found, key=lambda one: one[0].reading(one[1]).price):
        laws = [_law(own) for own in counts]
        numbers = np.tile(np.arange(1.0, len(steps) + 1)[:, None], (1, wrong.size))
        told = [a * np.arange(1, len(steps) + 1) + b if law else [min(own) for own in each]
                for each, law in zip(counts, laws) for a, b in [law or (0, 0)]]  # fmt: skip
        for (_, own), t in zip(arrays, told):
            numbers[:, own] = np.array(t, float)[:, None]
        there = predicted(program, row, [{**step, "t": t} for step, t in zip(steps, numbers)], wrong.size)
        if not differs(seen, there)[:, wrong].any():
            named = [(name, law, list(t)) for (name, _), law, t in zip(arrays, laws, told)]
            return SimpleNamespace(reading=named_reading(like, program, row), counts=named)
    return None


def _counts_itself(program, row):
    """Whether an exchange is one of t."""
    changed = [program.exchanges[k][c] for k, c in enumerate(row) if c]
    return any(exchange.old is not None and "t" in symbols(exchange.old) for exchange in changed)


def _fitting(program, rows, steps, seen, arrays):
    """Program, row and, for each array and step, the numbers that fit as t: of each row where some do everywhere."""
    chosen = [own[np.linspace(0, len(own) - 1, min(SEEN, len(own))).astype(int)] for _, own in arrays]
    columns = np.repeat(np.concatenate(chosen), len(COUNTS))
    cuts = np.cumsum([len(own) for own in chosen])[:-1]
    old = np.vstack([seen.start, seen.path[:-1]])
    tiled = [
        {**{name: x[columns] if np.ndim(x) == 1 else x for name, x in step.items()}, "t": np.tile(COUNTS, cuts_all)}
        for step in steps
        for cuts_all in [len(columns) // len(COUNTS)]
    ]
    running, fits = run(program, rows, tiled, np.arange(len(columns))), []
    keep = None
    for k in range(len(steps)):
        there = next(running) if k == 0 else running.send(keep)
        path, start = seen.path[k, columns], old[k, columns]
        with np.errstate(all="ignore"):
            moved = np.maximum(abs(there - start), abs(path - start))
            close = abs(there - path) <= LOOSE * seen.digits * moved + 16 * np.finfo(float).eps * abs(start)
            close &= np.isfinite(moved)
            close |= np.isnan(there) & np.isnan(path)
        close = close.reshape(len(rows), -1, len(COUNTS))
        own = np.stack([each.all(axis=1) for each in np.split(close, cuts, axis=1)], axis=1)  # row, array, number
        keep = own.any(axis=2).all(axis=1)
        fits = [each[keep] for each in fits] + [own[keep]]
        rows = rows[keep]
        if not len(rows):
            return []
    return [
        (program, row.tolist(), [[COUNTS[at[r, k]] for at in fits] for k in range(len(arrays))])
        for r, row in enumerate(rows)
    ]


def _law(fitting):
    """The whole numbers a and b for which a t + b fits in all steps, or None."""
    for a, b in LAWS:
        if all(a * t + b in own for t, own in enumerate(fitting, start=1)):
            return a, b
    return None
