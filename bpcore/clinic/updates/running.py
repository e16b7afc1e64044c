"""Runs many programs of an update rule at once, and says which of them take the steps of an update."""

import numpy as np

from .trees import symbols, value

ROWS = 20_000  # programs at once: their numbers stay in the cache
DIGITS = 1e-9  # an update agrees where every entry of every step does to this, relative to the entry's own movement
COLUMNS = 6  # parameters that are looked at first
FEW = 20  # different trees in a line, above which all trees of the line are evaluated together
LOOSE = 10.0  # the first look allows so many times the rounding of the last


def _line(program, at, rows, known, rowed, columns):
    """One line of all programs: what stands there in each, for each parameter."""
    choices, out = rows[:, at], np.empty((len(rows), columns))
    left = np.ones(len(rows), bool)
    if np.count_nonzero(np.bincount(choices)) > FEW:
        left = _all_trees(program.batch(at), choices, rows[:, :at], known, rowed, out)
    left, made = np.flatnonzero(left), {}
    left = left[np.argsort(choices[left], kind="stable")]
    ends = np.flatnonzero(np.diff(choices[left], append=-1)) + 1
    for start, end in zip([0, *ends], ends):
        alike = left[start:end]
        tree = program.trees[at][choices[alike[0]]]
        if rowed.isdisjoint(symbols(tree)):
            out[alike] = value(tree, known.__getitem__, made)
        else:
            out[alike] = value(tree, lambda name: known[name][alike] if name in rowed else known[name])
    return out


def _all_trees(batch, choices, lines_before, known, rowed, out):
    """Evaluate all trees of a line together, into ``out``; returns which programs are left to be run tree by tree."""
    columns, differ = out.shape[1], batch.with_one_of(frozenset(rowed))[choices]  # from program to program
    if differ.all() or not batch.fits((columns,)):
        left = np.ones(len(out), bool)
    else:
        common = {name: x for name, x in known.items() if name not in rowed}
        out[~differ] = batch.values(common, (columns,))[choices[~differ]]
        left = differ
    remembers = any(name.endswith("0") for name in rowed)  # as from the second step on
    if left.any() and not remembers:
        first, kind = _distinct(lines_before)
        if len(first) * FEW < len(out) and batch.fits((len(first), columns)):
            before = {name: x[first] if name in rowed else x for name, x in known.items()}
            out[left] = batch.values(before, (len(first), columns))[choices[left], kind[left]]
            left = np.zeros(len(out), bool)
    return left


def _distinct(rows):
    """The first row of each kind, and the kind of each row: rows are of one kind that are equal."""
    kind = np.zeros(len(rows), int)
    for choices in rows.T:
        if (choices != choices[0]).any():
            kind = np.unique(kind * (choices.max() + 1) + choices, return_inverse=True)[1]
    return np.unique(kind, return_index=True)[1], kind


def run(program, rows, steps, columns, kept=None):
    """The parameters after each step from where the update was, (rows, columns), for each step in turn.

    ``kept`` is what becomes of a number that is remembered. Whoever asks for the next step may say which rows are to
    go on: ``send(mask)``.
    """
    names, old, rowed = program.form.names, {}, set()
    lines = [name for name in names if name != "theta"]
    remembered = [name for name in lines if any(f"{name}0" in symbols(tree) for _, tree in program.form.lines)]
    for step in steps:
        known = {name: x[columns] if np.ndim(x) == 1 else x for name, x in step.items()}
        known |= {f"{name}0": old.get(name, 0.0) for name in lines}
        rowed = {f"{name}0" for name in old if name in rowed}
        with np.errstate(all="ignore"):
            for at, name in enumerate(names):
                choices = rows[:, at]
                tree = program.trees[at][choices[0]]
                if name != "theta" and (choices == choices[0]).all() and rowed.isdisjoint(symbols(tree)):
                    known[name] = value(tree, known.__getitem__)  # the same in all programs
                else:
                    known[name] = _line(program, at, rows, known, rowed, len(columns))
                    rowed.add(name)
                if kept and name in remembered:
                    known[name] = kept(known[name])
        keep = yield known["theta"]
        if keep is None:
            keep = slice(None)
        rows = rows[keep]
        old = {name: known[name][keep] if name in rowed else known[name] for name in lines}


def taking(program, rows, seen, steps, columns, judged=slice(None)):
    """The rows whose programs take every step on these columns, or those ``judged`` of them, to rounding."""
    start, tolerance = np.vstack([seen.start, seen.path[:-1]])[:, columns][:, judged], seen.digits * LOOSE
    path, eps = seen.path[:, columns][:, judged], seen.rounding
    left = []
    for at in range(0, len(rows), ROWS):
        some = rows[at : at + ROWS]
        running = run(program, some, steps, columns)
        there = next(running)
        for k in range(len(steps)):
            with np.errstate(all="ignore"):
                there = there[:, judged]
                moved = np.maximum(abs(there - start[k]), abs(path[k] - start[k]))
                allowed = tolerance * moved + 8 * eps * np.maximum(abs(start[k]), moved)
                close = (abs(there - path[k]) <= allowed) & np.isfinite(moved)
                close |= (there == path[k]) | np.isnan(there) & np.isnan(path[k])
            keep = close.all(axis=1)
            some = some[keep]
            if not len(some) or k == len(steps) - 1:
                break
            there = running.send(keep)
        left += some.tolist()
    return left


def differs(seen, prediction, path=None):
    """Where the update's path (or another) is not as predicted, (steps, P): to nine digits of what an entry moves."""
    path = seen.path if path is None else path
    with np.errstate(invalid="ignore", over="ignore"):
        same = (path == prediction) | (np.isnan(path) & np.isnan(prediction))
        return ~(same | (abs(path - prediction) <= allowed(seen, prediction)))


def allowed(seen, prediction):
    """By how much an entry may be off, (P,): nine digits of what it moves, and the rounding of each step."""
    moved = abs(prediction - seen.start)
    moved = np.where(np.isfinite(moved), moved, 0).max(axis=0)
    return seen.digits * moved + 2 * len(prediction) * seen.rounding * np.maximum(abs(seen.start), moved)


def predicted(program, row, steps, size, kept=None):
    """The parameters after each step of one program, (steps, P), each from where the update was."""
    running = run(program, np.array([row]), steps, np.arange(size), kept)
    return np.array([there[0] for there in running])


def columns_of(seen, wrong):
    """A few of the wrong parameters, from every array."""
    firsts = [np.flatnonzero(wrong[part])[:1] + part.start for _, part in seen.arrays]
    others = np.setdiff1d(np.flatnonzero(wrong), np.concatenate(firsts))
    chosen = [*np.concatenate(firsts)[:COLUMNS], *others[:: len(others) // COLUMNS + 1]]
    return np.array(chosen[: max(COLUMNS, 1)])
