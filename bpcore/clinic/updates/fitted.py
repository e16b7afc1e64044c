"""One part of one line with a number that is found by solving: another setting, a factor, or what is added to it."""

from types import SimpleNamespace

import numpy as np

from .neighbours import SCALARS
from .programs import OWN, programs
from .running import LOOSE, columns_of, differs, predicted
from .scope import scope
from .trees import parts_of, put, symbols, value

UNKNOWN = "x"
ROUNDS = 12  # of Newton's method in each step
NEAR = 1e-6  # what the first step may be off after the last round
KINDS = ("letter", "factor", "added")  # the simplest first


def fitted(like, seen, settings, wrong):
    """The first place in the right forms where a number for each step makes every step what came.

    Returns
    -------
    SimpleNamespace or None
        ``kind`` (of ``KINDS``), ``form``, ``line``, ``part``, the line with ``UNKNOWN`` in it as ``tree``, ``numbers``.
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
        for kind, k, part, tree, usual in _places(form, OWN[like]):
            lines = [*form.lines[:k], (form.lines[k][0], tree), *form.lines[k + 1 :]]
            guess = settings.get({"b1": "beta1", "b2": "beta2"}.get(part, part), usual) if kind == "letter" else usual
            numbers = _numbers(lines, k, guess, some, old, seen.path[:, columns])
            if numbers is None or np.allclose(numbers, guess, rtol=1e-9, atol=0):
                continue
            whole = [{**step, UNKNOWN: x} for step, x in zip(steps, numbers)]
            alone = SimpleNamespace(form=form, trees=[[tree] for _, tree in lines])
            if not differs(seen, predicted(alone, [0] * len(lines), whole, wrong.size))[:, wrong].any():
                told = SimpleNamespace(kind=kind, form=form, line=k, part=part, tree=tree, numbers=numbers)
                found.append((not np.allclose(numbers, numbers[0], rtol=NEAR), KINDS.index(kind), len(found), told))
    return min(found, key=lambda one: one[:3])[-1] if found else None


def _places(form, own):
    """Kind, line, part, the line's tree with the unknown number in it, and the number that changes nothing."""
    for k, (name, tree) in enumerate(form.lines):
        if name == "g":
            continue
        for letter in sorted(symbols(tree) & {*own, "t"}):
            yield "letter", k, letter, put(tree, letter, UNKNOWN), 1.0
        for part in dict.fromkeys(parts_of(tree)):
            if part in ("theta0", *own, "t") or isinstance(part, float):
                continue
            yield "factor", k, part, put(tree, part, ("*", UNKNOWN, part)), 1.0
            if any(letter not in SCALARS for letter in symbols(part)):
                for added in ("theta0", "g"):
                    if part != added:
                        yield "added", k, part, put(tree, part, ("+", part, ("*", UNKNOWN, added))), 0.0


def _numbers(lines, k, guess, steps, old, path):
    """The number of each step with which these lines lead where the update went, or None."""
    memory, numbers, x = {}, [], guess
    for step, start, to in zip(steps, old, path):
        known = step | {f"{name}0": memory.get(name, 0.0) for name, _ in lines if name != "theta"}
        with np.errstate(all="ignore"):
            for name, tree in lines[:k]:
                known[name] = value(tree, known.__getitem__)
            x = _solved(lines[k:], known, x, start, to)
        if x is None:
            return None
        numbers.append(x)
        memory = {name: known[name] for name, _ in lines}
    return np.array(numbers)


def _solved(lines, known, x, start, to):
    """The number that leads from ``start`` ``to`` where the update went, by Newton's method, or None."""

    def off(x):
        known[UNKNOWN] = x
        for name, tree in lines:
            known[name] = value(tree, known.__getitem__)
        return (known["theta"] - to) / scale

    scale = np.maximum(abs(to - start), 1e-300)
    for _ in range(ROUNDS):
        here = off(x)
        if not np.isfinite(here).all():
            return None
        size = abs(here).max()
        if size <= LOOSE * 1e-10:
            return x
        by = 1e-5 * (abs(x) or 1.0)
        slope = (off(x + by) - here) / by
        if not np.isfinite(slope).all() or not slope.any():
            break
        move = (slope @ here) / (slope @ slope)
        if abs(move) <= 1e-15 * abs(x):
            break
        x = x - move
    here = off(x)
    return x if np.isfinite(here).all() and abs(here).max() <= NEAR else None
