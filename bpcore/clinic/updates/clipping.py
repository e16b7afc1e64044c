"""Gradients that are clipped before the step: as it is meant, and as it is done instead."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from .result import UpdateCheck
from .steps import with_gradients

LENGTHS = (3.0, 0.5, 30.0)  # of the gradients that are drawn, in turns, where the bound is 1


class Way(NamedTuple):
    """One way to clip: its name, what is wrong with it, how the gradient reads, and the gradients (steps, P) it makes.

    ``clipped`` is a function of the gradients, the bound, and the slices of the arrays.
    """

    name: str
    title: str
    text: str
    clipped: Callable


def by_norm(gradients, bound, arrays):
    """g min(1, c / ‖g‖), where ‖g‖ is the norm of all arrays together."""
    return _shortened(gradients, np.linalg.norm(gradients, axis=1), bound)


def by_entry(gradients, bound, arrays):
    """Each entry between −c and c."""
    return np.clip(gradients, -bound, bound)


def _shortened(gradients, sizes, bound):
    return gradients * np.minimum(1, bound / sizes)[:, None]


def _each_array(gradients, bound, arrays):
    made = gradients.copy()
    for part in arrays:
        made[:, part] = by_norm(gradients[:, part], bound, arrays)
    return made


def _always(gradients, bound, arrays):
    return gradients * (bound / np.linalg.norm(gradients, axis=1))[:, None]


def _to_one(gradients, bound, arrays):
    sizes = np.linalg.norm(gradients, axis=1)
    return gradients / np.where(sizes > bound, sizes, 1)[:, None]


ADDED = (1e-6, 1e-7, 1e-8)  # to a norm, so that nothing is divided by zero; PyTorch's clip_grad_norm_ adds the first


NOT_AT_ALL = Way("clip-missing", "The gradient is not clipped", "g", lambda gradients, bound, arrays: gradients)
OF_A_NORM = (
    NOT_AT_ALL,
    Way("clip-each-array", "Each array is clipped by its own norm", "g min(1, c / ‖g‖), array by array", _each_array),
    Way("clip-entries", "Each entry is clipped, and not the norm", "clip(g, ±c)", by_entry),
    Way("clip-always", "Gradients shorter than the bound are made as long", "c g / ‖g‖", _always),
    Way("clip-to-one", "What is longer than the bound gets the length 1", "g / ‖g‖ where ‖g‖ > c", _to_one),
    Way(
        "clip-by-square",
        "The square of the norm stands for the norm",
        "g min(1, c / ‖g‖²)",
        lambda g, c, arrays: _shortened(g, (g**2).sum(axis=1), c),
    ),
    Way(
        "clip-by-sum",
        "The sum of the absolute entries stands for the norm",
        "g min(1, c / Σ |g|)",
        lambda g, c, arrays: _shortened(g, abs(g).sum(axis=1), c),
    ),
)
OF_AN_ENTRY = (
    NOT_AT_ALL,
    Way("clip-norm", "The norm is clipped, and not each entry", "g min(1, c / ‖g‖)", by_norm),
    Way("clip-each-array", "The norm of each array is clipped", "g min(1, c / ‖g‖), array by array", _each_array),
    Way("clip-above-alone", "What is below −c is not clipped", "min(g, c)", lambda g, c, arrays: np.minimum(g, c)),
    Way("clip-below-alone", "What is above c is not clipped", "max(g, −c)", lambda g, c, arrays: np.maximum(g, -c)),
    Way(
        "clip-by-largest",
        "The gradient is shortened by its largest entry, and not clipped entry by entry",
        "g min(1, c / max |g|)",
        lambda g, c, arrays: _shortened(g, abs(g).max(axis=1), c),
    ),
)
NAMES = {way.name for way in (*OF_A_NORM, *OF_AN_ENTRY)} | {"clip-step"}


@dataclass(frozen=True)
class Clip:
    """What is to be done to the gradient before the step: its norm, or each of its entries, is at most ``bound``."""

    bound: float
    of_norm: bool

    @property
    def clipped(self):
        return by_norm if self.of_norm else by_entry

    @property
    def text(self):
        return f"g ← {'g min(1, c / ‖g‖)' if self.of_norm else 'clip(g, ±c)'}, c = {self.bound:g}"

    def drawn(self, gradients):
        """The gradients, some of them longer than the bound and some of them shorter."""
        sizes = np.linalg.norm(gradients, axis=1) if self.of_norm else abs(gradients).max(axis=1)
        return gradients * (self.bound * np.resize(LENGTHS, len(sizes)) / sizes)[:, None]

    def as_meant(self, seen):
        """What the update did, beside the gradients that the rule should have stepped by."""
        return self._by(self.clipped, seen)

    def _by(self, clipped, seen):
        return with_gradients(seen, clipped(seen.given, self.bound, [part for _, part in seen.arrays]))

    def judged(self, like, settings, seen, judge, takes):
        """The UpdateCheck of an update that has to clip; ``judge`` is that of one that has not.

        A rule right in all but the clipping comes first: a factor of each step would explain that as well. ``takes``
        says whether an update takes the rule's steps.
        """
        for added in ADDED if self.of_norm and not takes(like, settings, seen) else ():
            nearly = self._by(lambda g, c, arrays: _shortened(g, np.linalg.norm(g, axis=1) + added, c), seen)
            if takes(like, settings, nearly):
                said = f"The norm is ‖g‖ + {added:g}" + ", as in PyTorch's clip_grad_norm_" * (added == ADDED[0])
                found = judge(like, settings, nearly)
                return replace(found, explanation=f"{found.explanation} {said}; c / ‖g‖ is right as well.".lstrip())
        ways = OF_A_NORM if self.of_norm else OF_AN_ENTRY
        if like == "sgd":
            ways += (self._of_the_step(settings["lr"]),)
        for way in () if takes(like, settings, seen) else ways:
            if takes(like, settings, self._by(way.clipped, seen)):
                return self._with_a_slip(way, UpdateCheck(False, (), like, "everywhere", "", sure="certain"))
        found = judge(like, settings, seen)
        if not {*found.names} & {"unknown", "measured"}:
            return found
        unclipped = judge(like, settings, with_gradients(seen, seen.given))
        return found if {*unclipped.names} & {"unknown", "measured"} else self._with_a_slip(NOT_AT_ALL, unclipped)

    def _of_the_step(self, lr):
        """What SGD does that clips lr·g."""
        text = "lr·g min(1, c / ‖lr·g‖)" if self.of_norm else "clip(lr·g, ±c)"
        clipped = lambda gradients, bound, arrays: self.clipped(lr * gradients, bound, arrays) / lr
        return Way("clip-step", "The step is clipped, and not the gradient", f"{text} / lr", clipped)

    def _with_a_slip(self, way, found):
        return replace(
            found,
            names=(way.name, *found.names),
            explanation=" + ".join(filter(None, (way.title, found.explanation))),
            cure=f"Before the step: {self.text}. {found.cure}".rstrip(),
            formulas=((self.text, f"g ← {way.text}"), *found.formulas),
        )
