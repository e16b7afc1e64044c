"""One exchange, and numbers that change from step to step: of the step, and of the θ or gradient that is beside it."""

import itertools
from types import SimpleNamespace

import numpy as np

from ..least_squares import closest_sum
from .measures import CLOSE, FEWEST
from .programs import programs
from .running import differs, run
from .schedules import lawful
from .scope import scope
from .search import named_reading

MOST = 20  # rows of a block that are looked at more closely, the cheapest
BESIDE = {"": (), "θ": ("θ",), "∂C/∂θ": ("∂C/∂θ",)}


def stepwise(like, seen, settings, wrong):
    """The cheapest exchange, or none, whose steps explain the parameters, each with numbers of its own.

    Returns
    -------
    SimpleNamespace or None
        ``reading``, ``added`` (a key of ``BESIDE``) and ``numbers``: for each group of parameters that have the same
        numbers its name, empty for all, and an array with a row for each step, first of the step, then of what is
        added.
    """
    arrays = [(name, np.flatnonzero(wrong[part])) for name, part in seen.arrays if wrong[part].any()]
    first = np.cumsum([0, *(len(own) for _, own in arrays)])
    each = [(name, np.arange(a, b)) for (name, _), a, b in zip(arrays, first, first[1:])]
    together = [("", np.arange(first[-1]))]
    steps, columns = scope(seen, settings), np.flatnonzero(wrong)
    old = np.vstack([seen.start, seen.path[:-1]])
    needed = (seen.path - old)[:, wrong]
    if not np.isfinite(needed).all() or not needed.any(axis=1).all():  # what stays fits any step times nothing
        return None
    beside = {"θ": old[:, wrong], "∂C/∂θ": seen.gradients[:, wrong]}
    ways = [(together, added) for added in BESIDE] + [(each, "")] * (len(each) > 1)
    ways = [(groups, added) for groups, added in ways if _enough(groups, 1 + len(BESIDE[added]))]
    for size, (groups, added) in itertools.product((0, 1), ways):
        others = [beside[name] for name in BESIDE[added]]
        found = []
        for program in programs(like):
            if program.form.relative:
                continue
            for rows in program.singles(steps[0]) if size else [np.zeros((1, len(program.trees)), int)]:
                found += _explaining(program, rows, steps, columns, old, needed, groups, others, seen, wrong)
        if found:
            program, row, numbers = min(found, key=lambda one: (_laws(one[2]), one[0].reading(one[1]).price))
            named = [(name, own) for (name, _), own in zip(groups, numbers)]
            return SimpleNamespace(reading=named_reading(like, program, row), added=added, numbers=named)
    return None


def _laws(numbers):
    """How many columns of numbers follow no law."""
    return sum(not lawful(column) for own in numbers for column in own.T)


def _enough(groups, count):
    """Whether there are more entries than numbers to find."""
    own = [len(places) for _, places in groups]
    return min(own) > count - (len(own) > 1) and sum(own) - count * len(own) >= FEWEST


def _explaining(program, rows, steps, columns, old, needed, groups, others, seen, wrong):
    """Program, row and the numbers of each group, for every row of the block that explains the steps."""
    found = []
    if not len(rows):
        return found
    running, keep, kept = run(program, rows, steps, columns), None, []
    for k in range(len(steps)):
        there = next(running) if k == 0 else running.send(keep)
        with np.errstate(all="ignore"):
            step = there - old[k, columns]
            keep = _close(step, needed[k], groups, [other[k] for other in others])
        kept = [each[keep] for each in kept] + [step[keep]]
        rows = rows[keep]
        if not len(rows):
            return found
    prices = [program.reading(row).price for row in rows.tolist()]
    for r in np.argsort(prices, kind="stable")[:MOST]:
        row = rows[r]
        numbers = [np.empty((len(steps), 1 + len(others))) for _ in groups]
        told, shares = np.array(old), []
        for k in range(len(steps)):
            change = np.empty(len(columns))
            for (_, places), own in zip(groups, numbers):
                matrix = np.stack([kept[k][r], *(other[k] for other in others)], axis=1)[places]
                own[k] = closest_sum(matrix, needed[k, places])[0]
                change[places] = matrix @ own[k]
                shares.append(abs(own[k, 0]) * abs(matrix[:, 0]).max() / abs(needed[k]).max())
            told[k, columns] += change
        if min(shares) > CLOSE and not differs(seen, told)[:, wrong].any():
            found.append((program, row.tolist(), numbers))
    return found


def _close(step, needed, groups, others):
    """Of each row whether numbers times the step and what is beside it come near to what is needed in every group."""
    keep = np.isfinite(step).all(axis=1) & step.any(axis=1)
    for _, places in groups:
        want, part = needed[places], step[:, places]
        if others:  # both without their share in what is added
            added = others[0][places] / np.linalg.norm(others[0][places])
            want, part = want - (want @ added) * added, part - (part @ added)[:, None] * added
        size = (part * part).sum(axis=1)
        number = (part @ want) / size
        keep &= size > 0
        keep &= (abs(number[:, None] * part - want) <= CLOSE * abs(needed[places]).max()).all(axis=1)
    return keep
