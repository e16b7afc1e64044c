"""Whether an explanation is one of the program, or only of the labels at hand: it is asked for with other labels."""

import re
from contextlib import contextmanager
from dataclasses import replace

import numpy as np

ODD_NUMBER = re.compile(r"\d+\.\d{3,}")  # 1.68909 may be a constant of the program, or a property of the data
CLOSE = 1e-4  # numbers in a formula are printed to six digits at most


def with_other_labels(found, ask, cost, Y):
    """The diagnosis, which is at most likely if it rests on an odd number and other labels give another.

    Parameters
    ----------
    found : Diagnosis
    ask : callable
        Makes the diagnosis anew.
    cost : callable
        The cost at the parameters, which shows whether the program reads the array Y itself.
    Y : array_like or None
        The labels; they are exchanged in place for a moment, and put back.
    """
    if found.sure != "certain" or not _rests_on_an_odd_number(found):
        return found
    with _exchanged(Y) as other:
        again = ask() if other is not None and _differs(cost, Y, other) else None
    if again is not None and _alike(found, again):
        return found
    if again is None and len(found.names) < 2:
        return found
    said = "With other labels in Y the answer is another" if again is not None else "Other labels could not be tried"
    return replace(
        found, sure="likely", evidence=(*found.evidence, f"{said}: it is one of this data, and may be luck.")
    )


def _rests_on_an_odd_number(found):
    """Whether one of several exchanges, or one that is in no table, has a number that is no simple one."""
    texts = " ".join(str(formula.computed) for formula in found.formulas)
    return bool(ODD_NUMBER.search(texts)) and (len(found.names) > 1 or "formula" in found.names)


@contextmanager
def _exchanged(Y):
    """Labels of the same kind in Y, drawn from its own: yields the old ones, or None where that cannot be done."""
    if not isinstance(Y, np.ndarray) or not Y.flags.writeable or Y.size < 2 or Y.ndim not in (1, 2):
        yield None
        return
    old, axis = Y.copy(), int(np.argmax(Y.shape))
    rng, count = np.random.default_rng(0), Y.shape[axis]
    for _ in range(20):
        new = np.take(old, rng.integers(0, count, count), axis=axis)
        if (new != old).any() and abs(new.sum() - old.sum()) > 1e-9 * abs(old).sum():
            break
    try:
        Y[...] = new
        yield old
    finally:
        Y[...] = old


def _differs(cost, Y, old):
    """Whether the cost is another with the labels that now stand in Y."""
    new = Y.copy()
    now = np.asarray(cost(), float)
    Y[...] = old
    before = np.asarray(cost(), float)
    Y[...] = new
    return bool((now != before).any())


def _alike(first, second):
    """Whether two diagnoses say the same, to the digits that they print."""
    if first.names != second.names or len(first.formulas) != len(second.formulas):
        return False
    number = re.compile(r"\d+\.\d+|\d+")
    for one, other in zip(map(str, first.formulas), map(str, second.formulas)):
        if number.sub("", one) != number.sub("", other):
            return False
        pairs = zip(map(float, number.findall(one)), map(float, number.findall(other)))
        if any(abs(a - b) > CLOSE * max(abs(a), abs(b)) for a, b in pairs):
            return False
    return True
