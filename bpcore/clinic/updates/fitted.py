"""One part of one line with a number that is found by solving: another setting, a factor, or what is added to it."""

from types import SimpleNamespace

import numpy as np

from .neighbours import SCALARS
from .programs import OWN, programs
from .running import columns_of, differs, predicted
from .scope import scope
from .trees import parts_of, put, symbols, value

UNKNOWN = "x"
ROUNDS = 40  # of Newton's method in each step
PATIENCE = 6  # rounds without getting much nearer
NEAR = 1e-6  # what a step may be off after the last round
FREE = 1e-12  # of a step: a number that moves it less cannot be found there
KINDS = ("letter", "start", "factor", "added")  # the simplest first


def fitted(like, seen, settings, wrong):
    """The simplest place in the right forms where a number for each step makes every step what came.

    Returns
    -------
    SimpleNamespace or None
        ``kind`` (of ``KINDS``), ``form``, ``part``, ``numbers``, and ``changed``: line → tree with ``UNKNOWN`` in it.
    """
    if wrong.sum() < 3 or not np.isfinite(seen.path).all():
        return None
    steps, columns = scope(seen, settings), columns_of(seen, wrong)
    some = [{name: x[columns] if np.ndim(x) == 1 else x for name, x in step.items()} for step in steps]
    old = np.vstack([seen.start, seen.path[:-1]])[:, columns]
    found = []
    for program in programs(like):
        form = program.form
        if form.relative:
            continue
        for kind, part, changed, guess in _places(form, OWN[like], some[0]):
            lines = [(name, changed.get(name, tree)) for name, tree in form.lines]
            numbers = _numbers(lines, form.names.index(next(iter(changed))), guess, some, old, seen.path[:, columns])
            if numbers is None or np.allclose(numbers, guess, rtol=1e-9, atol=0):
                continue
            whole = [{**step, UNKNOWN: x} for step, x in zip(steps, numbers)]
            alone = SimpleNamespace(form=form, trees=[[tree] for _, tree in lines])
            if not differs(seen, predicted(alone, [0] * len(lines), whole, wrong.size))[:, wrong].any():
                told = SimpleNamespace(kind=kind, form=form, part=part, changed=changed, numbers=numbers)
                found.append((not steady(numbers), KINDS.index(kind), len(found), told))
    return min(found, key=lambda one: one[:3])[-1] if found else None


def steady(numbers):
    """Whether all numbers are one."""
    return np.allclose(numbers, numbers[0], rtol=NEAR, atol=0)


def _places(form, own, known):
    """Kind, part, the changed lines with the unknown number in them, and the number to begin with."""
    for letter in (*own, "t"):
        changed = {name: put(tree, letter, UNKNOWN) for name, tree in form.lines if letter in symbols(tree)}
        if len(changed) > 1:
            yield "letter", letter, changed, known[letter]
    for name, tree in form.lines[1:]:
        for letter in sorted(symbols(tree) & {*own, "t"}):
            yield "letter", letter, {name: put(tree, letter, UNKNOWN)}, known[letter]
        if f"{name}0" in symbols(tree) and name != "theta":
            yield "start", f"{name}0", {name: ("first", put(tree, f"{name}0", UNKNOWN), tree)}, 0.0
        for part in dict.fromkeys(parts_of(tree)):
            if part in ("theta0", *own, "t") or isinstance(part, float):
                continue
            yield "factor", part, {name: put(tree, part, ("*", UNKNOWN, part))}, 1.0
            if any(letter not in SCALARS for letter in symbols(part)):
                for added in ("theta0", "g"):
                    if part != added:
                        yield "added", part, {name: put(tree, part, ("+", part, ("*", UNKNOWN, added)))}, 0.0


def _numbers(lines, k, guess, steps, old, path):
    """The number of each step with which these lines lead where the update went, or None.

    A step that says nothing of it has the number of the nearest that does.
    """
    memory, numbers, x = {}, [], guess
    for step, start, to in zip(steps, old, path):
        known = step | {f"{name}0": memory.get(name, 0.0) for name, _ in lines if name != "theta"}
        with np.errstate(all="ignore"):
            for name, tree in lines[:k]:
                known[name] = value(tree, known.__getitem__)
            there, free = _solved(lines[k:], known, x, start, to)
        if there is None:
            return None
        x = there
        numbers.append(np.nan if free else x)
        memory = {name: known[name] for name, _ in lines}
    told = np.flatnonzero(~np.isnan(numbers))
    if not len(told):
        return None
    return np.array([numbers[told[np.argmin(abs(told - j))]] for j in range(len(numbers))])


def _solved(lines, known, x, start, to):
    """The number that leads from ``start`` ``to`` where the update went, by Newton's method, and whether any does.

    None for the number where none does.
    """

    def off(x):
        known[UNKNOWN] = x
        for name, tree in lines:
            known[name] = value(tree, known.__getitem__)
        return (known["theta"] - to) / scale

    scale = np.maximum(abs(to - start), 1e-300)
    sizes, slope, move = [], None, 0.0
    for _ in range(ROUNDS):
        here = off(x)
        if not np.isfinite(here).all() and move:  # too far
            move /= 2
            x = x + move
            continue
        sizes.append(abs(here).max())
        late = len(sizes) > PATIENCE and sizes[-1] > 0.9 * sizes[-PATIENCE]
        if not np.isfinite(here).all() or (sizes[-1] > NEAR and late):
            return None, False
        if late:
            break
        by = 1e-5 * (abs(x) or 1.0)
        slope = (off(x + by) - here) / by
        if not np.isfinite(slope).all() or not slope.any():
            break
        move = (slope @ here) / (slope @ slope)
        x = x - move
        if abs(move) <= 1e-14 * abs(x):
            break
    here, free = off(x), slope is not None and abs(slope).max() * (abs(x) or 1.0) <= FREE
    return (x, free) if np.isfinite(here).all() and abs(here).max() <= NEAR else (None, False)
