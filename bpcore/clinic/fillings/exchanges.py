"""A formula for one place of the backward pass, the exchanges that make it, and what is in scope there."""

from dataclasses import dataclass

import numpy as np

from .. import expressions as x
from ..expressions import Expression

ODD = 1.5  # the price of an exchange that is rarely made
AGAIN = 0.05  # the price of an exchange that a layer above has made already


@dataclass(frozen=True)
class Exchange:
    """One thing that stands where another belongs: in words, at a price, and its name where the table has it."""

    words: str
    price: float = 1.0
    name: str = ""


@dataclass(frozen=True, eq=False)
class Filling:
    """A formula for one place, and the exchanges that make it: none for the right one.

    ``moved`` is a second part that comes times an unknown number, which the search solves for.
    ``number`` says what the number is: a learning "rate", the "slope" left of a kink, or another "share".
    An ``alias`` is kept beside another filling with the same values, since it is another mistake.
    """

    formula: Expression
    exchanges: tuple = ()
    moved: np.ndarray | None = None
    alias: bool = False
    number: str = "rate"
    base: np.ndarray | None = None  # the first part, where it is not the value of the formula

    @property
    def value(self):
        return self.formula.value if self.base is None else self.base

    @property
    def finite(self):
        return bool(np.isfinite(self.value).all()) and (self.moved is None or bool(np.isfinite(self.moved).all()))


def price(exchanges, used=()):
    return sum(min(AGAIN, exchange.price) if exchange.words in used else exchange.price for exchange in set(exchanges))


def one(text, *exchange):
    return (Exchange(text, *exchange),)


def cuts(s, formula):
    """What is left of a formula that is cut off at 1, or where a sample's gradient is 1, and the bounds in words."""
    for bound in dict.fromkeys((1.0, 1 / abs(s.unit))):
        for low, high, words in ((-bound, bound, "±"), (None, bound, ""), (-bound, None, "−")):
            made = x.cut(low, high).of(formula)
            if (made.value != formula.value).any():
                yield made, f"cut off at {words}{bound:g}"


def whose(offset):
    """Which layer, as seen from the one that is asked."""
    near = {0: "the layer itself", 1: "the layer above", -1: "the layer below"}
    return near.get(offset) or f"the layer {abs(offset)} {'above' if offset > 0 else 'below'}"


def called(letter, offset):
    """A tensor in words, as seen from the layer that is asked."""
    if offset is None:
        return {"e": "the error a − y", "y": "the target y"}[letter]
    return f"the layer's own {letter}" if offset == 0 else f"{letter} of {whose(offset)}"


FAR = 2  # layers further away are not asked, but for the first and the last: the work grows with the depth, no faster


def near(s, k, l):
    return abs(k - l) <= FAR or k in (0, 1, s.L)


def tensors(s, n, l):
    """(formula, letter, offset) of everything in scope with n units a sample; the offset is None for e and y."""
    for k in range(s.L + 1):
        if s.sizes[k] == n and near(s, k, l):
            if k:
                yield s.z[k], "z", k - l
            yield s.a[k], "a", k - l
    if n == s.K:
        yield s.e, "e", None
        yield s.y, "y", None


def sup(l):
    return str(l).translate(x.SUPERSCRIPTS)
