"""Which rules with slips in their lines take the steps of an update, each rule once and the simplest first."""

import functools
from dataclasses import replace
from types import SimpleNamespace

import numpy as np

from ..keys import key_of
from .forms import GRAMMAR
from .neighbours import ODD, USUAL
from .programs import Program, programs
from .rules import FORMS, rule_path
from .running import columns_of, differs, predicted, taking
from .scope import ANY_ENTRY, MOST_OVER, scope
from .table import SLIPS
from .trees import symbols

MANY = ("adam", "adamw")  # rules with many relatives and long lines
TOLD = 8  # readings that are compared
SIZES = np.array([[1.0], [0.03], [0.3], [6.0]])  # of the gradients that are drawn: some are cut off, and some are not
_DRAWN = {"lr": 0.37, "mu": 0.61, "beta1": 0.55, "beta2": 0.83, "eps": 0.21, "wd": 0.29}


def explanations(like, seen, settings, wrong, size, over=False, which="usual"):
    """The readings with ``size`` exchanges that take all steps of the wrong parameters, cheapest first, each rule once.

    Parameters
    ----------
    like : str
    seen : SimpleNamespace
        What the update did.
    settings : dict
    wrong : ndarray of bool, shape (P,)
        The parameters that do not go where they should.
    size : int
        0 for other rules as they are, 1 and 2 for so many slips.
    over : bool
        One slip that takes several entries together.
    which : str
        Of which forms: "usual", "rarer" or "doubled".
    """
    steps, found = scope(seen, settings), []
    columns, judged = (np.arange(wrong.size), wrong) if over else (columns_of(seen, wrong), slice(None))
    if over and wrong.size > MOST_OVER:
        return []
    any_entry = size == 1 and which == "usual" and not over and wrong.sum() <= 2 and wrong.size <= ANY_ENTRY
    tried = programs(like, over, which)
    relatives = ()
    if size == 2 and which == "rarer" and like in MANY:
        relatives = tuple(program for program in programs(like) if program.form.relative)
        tried += relatives
    for program in [Program(like, form, wrong.size) for form in GRAMMAR[like]] if any_entry else tried:
        if size == 2 and which == "usual" and program.form.relative and like in MANY:
            continue
        none = np.zeros((1 if program.form.relative else 0, len(program.trees)), int)
        blocks = [none]
        if size == 1:
            blocks = program.singles(steps[0])
        elif size == 2:
            blocks = (
                program.two(steps[0])
                if which == "usual"
                else program.pairs(steps[0], USUAL if program in relatives else ODD)
            )
        found += [(program, row) for rows in blocks for row in taking(program, rows, seen, steps, columns, judged)]
    readings = {}
    for program, row in sorted(found, key=lambda pair: pair[0].reading(pair[1]).price):
        far = differs(seen, predicted(program, row, steps, wrong.size))
        if far[:, wrong].any():
            continue
        rule = _rule(like, program, row)
        if rule not in readings:
            but_for_eps = _rule(like, program, row, {**_DRAWN, "eps": 0.0})
            reading = named_reading(like, program, row)
            readings[rule] = replace(reading, everywhere=not far.any(), but_for_eps=but_for_eps)
        if len(readings) == TOLD:
            break
    return sorted(readings.values(), key=lambda reading: (not reading.everywhere, reading.price))


def named_reading(like, program, row):
    """A reading with the names that the table of slips has for its exchanges, together or one by one, or "formula"."""
    whole = _table(like).get(_rule(like, program, row))
    alone = (_table(like).get(_rule(like, program, _alone(row, k)), "formula") for k, c in enumerate(row) if c)
    return replace(program.reading(row), names=(whole,) if whole else tuple(alone))


def _alone(row, k):
    return [c if line == k else 0 for line, c in enumerate(row)]


@functools.cache
def _drawn():
    """Eight parameters in two matrices, and gradients for four steps, with which no two rules agree by chance."""
    rng = np.random.default_rng(5)
    arrays = [("", slice(0, 4)), ("", slice(4, 8))]
    drawn = {
        "start": rng.standard_normal(8),
        "gradients": SIZES * rng.standard_normal((4, 8)),
        "shapes": [(2, 2), (2, 2)],
    }
    return SimpleNamespace(arrays=arrays, **drawn)


def _rule(like, program, row, settings=_DRAWN):
    """What a program does with other settings and gradients: equal for equal rules."""
    if any("@" in name for k, c in enumerate(row) for name in symbols(program.trees[k][c])):
        return repr(row).encode()
    drawn, path = _drawn(), np.empty((0, 8))
    for k in range(len(drawn.gradients)):
        so_far = SimpleNamespace(
            **vars(drawn) | {"path": np.vstack([path, np.zeros(8)]), "gradients": drawn.gradients[: k + 1]}
        )
        path = predicted(program, row, scope(so_far, settings), 8)
    return key_of(path, 9)


@functools.cache
def _table(like):
    """Rule → the name that the table of slips has for it."""
    drawn, known = _drawn(), {}
    for form in FORMS[like]:
        for name, slip in SLIPS[like].items():
            changes = (*((line, choice) for line, choice in form if line not in dict(slip.changes)), *slip.changes)
            path = rule_path(like, drawn.start, drawn.gradients, _DRAWN, changes, 4)
            known.setdefault(key_of(path, 9), name)
    return known
