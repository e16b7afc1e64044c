"""What can be measured of a wrong step: a factor or a decay beside a slip, a rate or a momentum that changes."""

from types import SimpleNamespace

import numpy as np

from ..least_squares import closest_sum
from .programs import programs
from .running import differs, predicted, run
from .scope import scope
from .search import named_reading

CLOSE = 1e-6  # what the first look allows, relative to the largest entry of a step
MOST_STAYING = 0.7  # of the steps: where more are left out, the parameters stay as they are
MEMORIES = (  # what is computed from a number of few digits may have few digits too
    ("float32", lambda x: x.astype(np.float32)),
    ("float32", lambda x: x.astype(np.float32).astype(float)),
    ("float16", lambda x: x.astype(np.float16)),
    ("float16", lambda x: x.astype(np.float16).astype(float)),
    ("whole numbers", np.trunc),
)
FEWEST = 2  # how many entries more than unknown numbers a step must have


def factor_beside(like, seen, settings, wrong):
    """Another rule, or one exchange, whose steps times one number explain the wrong parameters.

    Returns
    -------
    list of (Reading, float)
        Cheapest first.
    """
    return _beside(like, seen, settings, wrong, lambda needed, step, old: (needed * step, step * step, step))


def multiple_beside(function):
    """One exchange after which every step lacks the same multiple of a function of the parameters.

    What it returns gives the exchange, and the multiple.
    """

    def measure(like, seen, settings, wrong):
        def parts(needed, step, old):
            added = function(old)
            return (needed - step) * added, added * added, added

        return _beside(like, seen, settings, wrong, parts)

    return measure


def _beside(like, seen, settings, wrong, parts):
    """For every exchange the number that explains best what is left of the steps, where it explains all of it."""
    steps, found = scope(seen, settings), []
    old = np.vstack([seen.start, seen.path[:-1]])
    needed = (seen.path - old)[:, wrong]
    if not np.isfinite(needed).all() or len(needed[0]) < FEWEST:
        return []
    columns = np.flatnonzero(wrong)

    def fitted(program, rows, steps):
        """Of each row the number, and the steps that it leads to."""
        count = len(steps)
        with np.errstate(all="ignore"):
            step = np.array(list(run(program, rows, steps, columns))) - old[:count, None, wrong]
            part, whole, added = parts(needed[:count, None], step, old[:count, None, wrong])
            number = (part.sum(axis=(0, 2)) / whole.sum(axis=(0, 2)))[:, None]
            told = number * step if added is step else step + number * added
        most = abs(needed[:count]).max(axis=1, keepdims=True)
        close = np.isfinite(number[:, 0]) & (abs(told - needed[:count, None]) <= CLOSE * most[:, None]).all(axis=(0, 2))
        return number[:, 0], told, close

    for program in programs(like):
        if program.form.relative:
            continue
        for rows in (np.zeros((1, len(program.trees)), int), *program.singles(steps[0])):
            if len(rows):
                rows = rows[fitted(program, rows, steps[:1])[2]]
            if not len(rows):
                continue
            numbers, told, close = fitted(program, rows, steps)
            for row in np.flatnonzero(close & (numbers != 0)):
                prediction = np.array(old)
                prediction[:, wrong] += told[:, row]
                if not differs(seen, prediction)[:, wrong].any():
                    found.append((named_reading(like, program, rows[row].tolist()), float(numbers[row])))
    return sorted(found, key=lambda pair: pair[0].price)


def changing(like, seen, settings, wrong):
    """Numbers that change from step to step and explain the wrong parameters, or None.

    Returns
    -------
    SimpleNamespace or None
        ``letter`` says what changes, ``numbers`` is a list with one for each step, ``lines`` the formula of the rest.
    """
    steps, columns = scope(seen, settings), np.flatnonzero(wrong)
    old = np.vstack([seen.start, seen.path[:-1]])
    needed = (seen.path - old)[:, wrong]
    if len(columns) < 1 + FEWEST or not np.isfinite(needed).all():
        return None
    for program in programs(like):
        if program.form.relative:
            continue
        told = np.array([there[0] for there in run(program, np.zeros((1, len(program.trees)), int), steps, columns)])
        numbers = _fitted(seen, wrong, old, [told - old[:, wrong]])
        if numbers is not None:
            return SimpleNamespace(letter="factor", numbers=numbers[:, 0], form=program.form)
    if like != "momentum" or len(columns) < 2 + FEWEST:
        return None
    before = np.vstack([np.zeros(len(columns)), -needed[:-1]])
    numbers = _fitted(seen, wrong, old, [-before, -seen.gradients[:, wrong]])
    if numbers is None:
        return None
    return SimpleNamespace(letter="both", numbers=numbers, form=programs(like)[0].form)


def _fitted(seen, wrong, old, parts):
    """The numbers, a row for each step, with which these parts add up to the steps; None where they do not."""
    needed, numbers = (seen.path - old)[:, wrong], []
    prediction = np.array(old)
    for k in range(len(needed)):
        matrix = np.stack([part[k] for part in parts], axis=1)
        if not np.isfinite(matrix).all():
            return None
        used, x = matrix.any(axis=0), np.zeros(len(parts))
        x[used] = closest_sum(matrix[:, used], needed[k])[0]
        numbers.append(x)
        prediction[k, wrong] += matrix @ x
    return None if differs(seen, prediction)[:, wrong].any() else np.array(numbers)


def rounded(like, seen, settings, wrong):
    """To what the right steps are rounded, in words, or None."""
    if len(np.unique(seen.path[:, wrong])) <= FEWEST:  # a constant, and nothing rounded
        return None
    to = {f"{k} digits after the point": lambda x, k=k: np.round(x, k) for k in range(9)}
    to |= {"float16": lambda x: x.astype(np.float16), "float32": lambda x: x.astype(np.float32)}
    for told in _right_paths(like, seen, settings):
        for words, f in to.items():
            with np.errstate(all="ignore"):
                if (abs(f(told[:, wrong]) - seen.path[:, wrong]) <= 1e-12).all():
                    return words
    return None


def memory(like, seen, settings, wrong):
    """In which numbers a right update keeps what it remembers, in words, or None."""
    for words, kept in MEMORIES:
        for told in _right_paths(like, seen, settings, kept):
            if not differs(seen, told)[:, wrong].any():
                return words
    return None


def staying(like, seen, settings, wrong):
    """The share of the steps that parameters do not take, where they take the others rightly, or None."""
    old = np.vstack([seen.start, seen.path[:-1]])
    for told in _right_paths(like, seen, settings):
        off = differs(seen, told)[:, wrong]
        if off.mean() < MOST_STAYING and (seen.path == old)[:, wrong][off].all():
            return float(off.mean())
    return None


def _right_paths(like, seen, settings, kept=None):
    """The right steps in each form, each from where the update was; ``kept`` is what becomes of a number in memory."""
    steps = scope(seen, settings)
    for program in programs(like):
        if not program.form.relative:
            yield predicted(program, [0] * len(program.trees), steps, seen.start.size, kept)
