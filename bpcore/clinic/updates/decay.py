"""A weight decay that is added to the gradient: as it is meant, and as it is done instead."""

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from .result import UpdateCheck
from .rules import FORMS
from .running import differs
from .slips import book_path, takes
from .steps import names_of, with_gradients

BOOK = "g ← g + wd θ"


class Way(NamedTuple):
    """One way to take a weight decay wrongly: its name, what is wrong, how it reads, and what it undoes.

    ``added`` is a function of θ before each step, wd and lr: what comes to the gradient. ``taken_off`` is one of the
    same: what of θ is taken off beside the step. ``after`` says whether the step is taken off before that. ``right``
    says where it is meant.
    """

    name: str
    title: str
    text: str
    added: Callable = lambda theta, wd, lr: 0 * theta
    taken_off: Callable = lambda theta, wd, lr: 0 * theta
    after: bool = False
    right: str = ""


WAYS = (
    Way("decay-missing", "There is no weight decay", "g"),
    Way("decay-sign", "The weight decay has the wrong sign", "g - wd θ", lambda theta, wd, lr: -wd * theta),
    Way(
        "decay-without-rate",
        "The weight decay is not multiplied by lr",
        "θ ← θ - step - wd θ",
        taken_off=lambda theta, wd, lr: wd * theta,
    ),
    Way(
        "decay-apart",
        "The weight decay is in the step, and not in the gradient",
        "θ ← θ - step - lr·wd θ",
        taken_off=lambda theta, wd, lr: lr * wd * theta,
        right=" It is right where the decay is meant beside the step, as in AdamW and in Keras.",
    ),
    Way(
        "decay-after-step",
        "The parameters decay after the step instead of before",
        "θ ← (1 - lr·wd) (θ - step)",
        taken_off=lambda theta, wd, lr: lr * wd * theta,
        after=True,
    ),
    Way(
        "decay-grows",
        "The weight decay is in the step, and makes the parameters grow",
        "θ ← θ - step + lr·wd θ",
        taken_off=lambda theta, wd, lr: -lr * wd * theta,
    ),
    Way(
        "decay-grows-without-rate",
        "The weight decay is not multiplied by lr, and makes the parameters grow",
        "θ ← θ - step + wd θ",
        taken_off=lambda theta, wd, lr: -wd * theta,
    ),
    Way("decay-without-its-number", "The weight decay is not multiplied by wd", "g + θ", lambda theta, wd, lr: theta),
    Way("decay-doubled", "The weight decay is twice as large", "g + 2 wd θ", lambda theta, wd, lr: 2 * wd * theta),
    Way("decay-halved", "The weight decay is half as large", "g + wd θ / 2", lambda theta, wd, lr: wd / 2 * theta),
    Way(
        "decay-rate-twice",
        "The weight decay is multiplied by lr twice",
        "g + lr·wd θ",
        lambda theta, wd, lr: lr * wd * theta,
    ),
    Way(
        "decay-over-rate",
        "The weight decay is divided by lr, so that the step has all of it",
        "g + wd θ / lr",
        lambda theta, wd, lr: wd / lr * theta,
    ),
    Way("decay-squared", "wd is squared", "g + wd² θ", lambda theta, wd, lr: wd**2 * theta),
    Way(
        "decay-of-signs",
        "The signs of the parameters decay",
        "g + wd sign(θ)",
        lambda theta, wd, lr: wd * np.sign(theta),
    ),
    Way("decay-without-theta", "wd itself is added", "g + wd", lambda theta, wd, lr: wd * np.ones_like(theta)),
    Way(
        "decay-twice",
        "The weight decay is in the gradient and in the step",
        "g + wd θ;  θ ← θ - step - lr·wd θ",
        lambda theta, wd, lr: wd * theta,
        lambda theta, wd, lr: lr * wd * theta,
    ),
)
NAMES = {way.name for way in WAYS} | {"decay-another"}


@dataclass(frozen=True)
class Decay:
    """What is to be added to the gradient before the step: wd θ, or nothing for vectors beside matrices, as biases."""

    wd: float

    def takes(self, like, settings, seen):
        """Whether an update takes the rule's steps with the decay."""
        return takes(like, settings, self.as_meant(like, settings, seen))

    def as_meant(self, like, settings, seen):
        """What the update did, beside the gradients with the decay that the rule should have stepped by."""
        return _decaying(seen, self.shares(like, settings, seen))

    def shares(self, like, settings, seen):
        """wd for each parameter that decays, and 0 for the others, (P,)."""
        shares = np.zeros(seen.start.size)
        for (_, part), decays in zip(seen.arrays, self._of_arrays(like, settings, seen)):
            shares[part] = self.wd * decays
        return shares

    def judged(self, like, settings, seen, judge):
        """The UpdateCheck of an update that has to decay; ``judge`` is that of one that has not."""
        shares = self.shares(like, settings, seen)
        meant, mask = _decaying(seen, shares), shares / self.wd
        if takes(like, settings, meant):
            found = judge(like, settings, meant)
            return replace(found, explanation=" ".join((found.explanation, _said(seen, shares))).strip())
        ways = [way for way in WAYS if takes(like, settings, self._undone(way, seen, mask, settings["lr"]))]
        if ways:
            return self._wrong(like, *(_apart_for_sgd(ways) if like == "sgd" else ways))
        free = self._free(like, settings, seen)
        if free:
            return replace(self._wrong(like, WAYS[0]), where=names_of(free))
        found = judge(like, settings, meant)
        is_explained = not {*found.names} & {"unknown", "measured"}
        if is_explained and not _is_of_a_decay(found):
            return found
        without = judge(like, settings, seen)
        if _is_of_a_decay(without):
            title = f"{without.explanation}: the weight decay should be {self.wd:g}"
            formulas = ((self._book, without.formulas[0][1]),)
            return replace(without, names=("decay-another",), explanation=title, cure=self._cure, formulas=formulas)
        if is_explained or {*without.names} & {"unknown", "measured"}:
            return found
        return replace(
            without,
            names=("decay-missing", *without.names),
            explanation=f"{WAYS[0].title} + {without.explanation}",
            cure=f"{self._cure} {without.cure}".rstrip(),
            formulas=((self._book, "g ← g"), *without.formulas),
        )

    def _free(self, like, settings, seen):
        """The arrays without a decay where all others decay as they should; none where something else is wrong."""
        free = [array for array, right in zip(seen.arrays, self._without(like, settings, seen)) if right]
        shares = np.full(seen.start.size, self.wd)
        for _, part in free:
            shares[part] = 0.0
        return free if takes(like, settings, _decaying(seen, shares)) else []

    def _wrong(self, like, way, *others):
        return UpdateCheck(
            False,
            (way.name,),
            like,
            "everywhere",
            way.title,
            self._cure + way.right,
            ((self._book, way.text if way.text.startswith("θ") else f"g ← {way.text}"),),
            alternatives=tuple((other.name,) for other in others),
            sure="one of several" if others else "certain",
        )

    @property
    def _book(self):
        return f"{BOOK}, wd = {self.wd:g}"

    @property
    def _cure(self):
        return f"Before the step: {self._book}."

    def _of_arrays(self, like, settings, seen):
        """For each array whether it decays: not where it is a vector beside matrices and takes the steps without."""
        vectors = [len(shape) < 2 for shape in seen.shapes]
        if all(vectors) or not any(vectors):
            return [True] * len(vectors)
        return [not (vector and its) for vector, its in zip(vectors, self._without(like, settings, seen))]

    def _without(self, like, settings, seen):
        """For each array whether it takes the rule's steps without a decay."""
        off = [differs(seen, book_path(like, settings, seen, form)).any(axis=0) for form in FORMS[like]]
        return [not all(each[part].any() for each in off) for _, part in seen.arrays]

    def _undone(self, way, seen, mask, lr):
        """What the update did but for this way, beside the gradients that the rule should have stepped by."""
        before = _before(seen)
        gradients = seen.gradients + mask * way.added(before, self.wd, lr)
        if way.after:
            share = 1 - mask * way.taken_off(np.ones_like(before), self.wd, lr)
            moved = seen.path / share - before
        else:
            moved = seen.path - before + mask * way.taken_off(before, self.wd, lr)
        other = with_gradients(seen, gradients)
        other.path = seen.start + np.cumsum(moved, axis=0)
        return other


def _decaying(seen, shares):
    """What the update did, beside gradients to which these shares of θ came."""
    return with_gradients(seen, seen.gradients + shares * _before(seen))


def _said(seen, shares):
    free = [array for array in seen.arrays if not shares[array[1]].any()]
    apart = f", but not for {names_of(free)}" if free else ""
    return f"The weight decay is in the gradient, {BOOK}{apart}."


def _is_of_a_decay(found):
    """Whether what was found is a share of θ that comes to the gradient or the step."""
    lines = [own.replace("∂C/∂θ", "") for _, own in found.formulas if own.startswith("g ")]
    return any(name.startswith("decay-in") for name in found.names) or any("θ" in line for line in lines)


def _apart_for_sgd(ways):
    """The ways without those that are another one for a step of lr·g: what is taken off is a share of the gradient."""
    wd, lr = 0.37, 0.11  # of which no two ways make the same by chance
    shares = {way: way.added(1.0, wd, lr) + way.taken_off(1.0, wd, lr) / lr for way in ways}
    same = lambda one, other: one.after == other.after and math.isclose(shares[one], shares[other])
    return [way for k, way in enumerate(ways) if not any(same(way, before) for before in ways[:k])]


def _before(seen):
    """θ before each step, (steps, P), where the update was."""
    return np.vstack([seen.start, seen.path[:-1]])
