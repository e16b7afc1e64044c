"""What a cost computes, step by step: it is called once with arrays that write down every operation on them."""

import copy
import math
from unittest import mock

import numpy as np

from . import recorded_functions  # noqa: F401 - which a record needs
from .recorded import NotRecorded, Recorded, Step, Steps

OF_NUMBERS = {
    **{name: name for name in ("exp", "expm1", "log1p", "log2", "log10", "sqrt", "tanh", "sinh", "cosh", "sin", "cos")},
    **{"log": "log", "pow": "power", "fabs": "absolute", "tan": "tan", "atan": "arctan", "atan2": "arctan2"},
    **{"asinh": "arcsinh", "hypot": "hypot"},
}  # functions of the module math, and NumPy's
ENTRIES, NUMBERS = 4000, 10**6  # of all steps together, and of their matrices, up to which derivatives go down by these


class _Columns:
    """``np.c_`` for recorded arrays, which NumPy's own takes for lists of numbers; ``np.r_`` where not ``upright``."""

    def __init__(self, numpys, upright):
        self.numpys, self.upright = numpys, upright

    def __getitem__(self, items):
        items = items if isinstance(items, tuple) else (items,)
        if not any(isinstance(item, Recorded) for item in items):
            return self.numpys[items]
        if self.upright:
            return np.concatenate([np.reshape(a, (-1, 1)) if np.ndim(a) < 2 else a for a in items], axis=1)
        return np.concatenate([np.reshape(a, (-1,)) if np.ndim(a) < 1 else a for a in items])


def _of_numbers():
    """The functions of ``math`` for recorded numbers, which are NumPy's, and as they are for all others."""

    def either(own, numpys):
        return lambda *args: (numpys if any(isinstance(a, Recorded) for a in args) else own)(*args)

    return {name: either(getattr(math, name), getattr(np, of_arrays)) for name, of_arrays in OF_NUMBERS.items()}


class Record:
    """The steps of one call of a cost, from its parameters to its value; beside it what a program gave."""

    came = None  # the gradient of a program at the same place

    def __init__(self, cost, theta, watch=None):
        self.steps, self.theta, self._matrices = Steps(), theta, []
        self.steps.watch = watch
        with (
            np.errstate(all="ignore"),
            mock.patch.multiple(np, c_=_Columns(np.c_, True), r_=_Columns(np.r_, False)),
            mock.patch.multiple(math, **_of_numbers()),
        ):
            result = cost(Recorded(Step(theta, "theta"), self.steps))
        last = self.steps.last_number
        if isinstance(result, float) and last is not None and float(last.value) == result:
            result = last  # what it returned as a plain number
        if not isinstance(result, Recorded) or result.size != 1:
            raise NotRecorded("the cost's value")
        self.end, self._entries = result.step, sum(step.value.size for step in self.steps)
        self.bars = self._all_bars()
        self._leave_out_shifts()

    def _all_bars(self):
        """The derivative of the cost by every step on which it depends."""
        return self.pulled({self.end.index: np.ones(self.end.value.shape)}, keep=True)

    def _leave_out_shifts(self):
        """Take the largest entry in z − max(z) for a constant where that changes nothing, as in a softmax."""
        largest = {step.index for step in self.steps if step.name == "max"}
        shifted = [step for step in self.steps if step.name == "subtract" and self._largest_in(step, largest)]
        for some in (shifted, *([step] for step in shifted)) if shifted else ():
            before, kept = self.bars, list(self.steps)
            for step in some:
                other = copy.copy(step)
                other.sources, other.pulls, other.slopes = step.sources[:1], step.pulls[:1], step.slopes[:1]
                self.steps[step.index] = other
            self.bars = self._all_bars()
            if abs(self.gradient - before[0]).max() <= 1e-12 * abs(before[0]).max():
                return
            self.steps[:], self.bars = kept, before

    def _largest_in(self, step, largest):
        """Whether a difference has a largest entry, or one that was only moved, for its second part."""
        if len(step.sources) != 2:
            return False
        second = step.sources[1]
        while second.index not in largest and len(second.sources) == 1 and second.slopes is None:
            second = second.sources[0]
        return second.index in largest

    def patched(self, slip, factors):
        """The record of one who makes a slip, with the factors of what it puts in the place of what is right."""
        made = copy.copy(self)
        made.steps, made._matrices = list(self.steps), []
        for one in (slip, *slip.more):
            made.steps[one.v] = self._patched_step(one, factors)
        made.bars = made._all_bars()
        return made

    def _patched_step(self, slip, factors):
        step, (old, new) = self.steps[slip.v], slip.change(self)
        gone = {index for index, _ in old}
        pairs = [(s.index, pull) for s, pull in zip(step.sources, step.pulls) if s.index not in gone]
        for factor, more in zip(factors, new):
            pairs += [(k, lambda bar, pull=pull, factor=factor: factor * pull(bar)) for k, pull in more if factor]
        other = copy.copy(step)
        other.sources, other.pulls = [self.steps[k] for k, _ in pairs], [pull for _, pull in pairs]
        other.patched = True
        return other

    def pulled_from(self, pairs, bar):
        """The derivative by theta that comes through pairs of a step's index and a pull of ``bar``."""
        waiting = {}
        for k, pull in pairs:
            _add(waiting, k, pull(bar))
        return self.pulled(waiting)

    @property
    def is_small(self):
        """Whether derivatives are handed down by matrices."""
        return self._entries <= ENTRIES and self._entries * self.theta.size <= NUMBERS

    @property
    def gradient(self):
        return self.bars[0]

    def pulled(self, bars, keep=False):
        """The derivative by theta, from derivatives by some steps (index → array); by every step where ``keep``."""
        if not keep and self.is_small:
            parts = (np.ravel(bar) @ self.handed_down(u) for u, bar in bars.items())
            return sum(parts, np.zeros(self.theta.size))
        waiting = self._back(bars, 0, keep)
        waiting.setdefault(0, np.zeros(self.theta.size))
        return waiting if keep else waiting[0]

    def handed_down(self, u):
        """The matrix that takes a derivative by step u to theta's, one row for each entry of it."""
        for step in self.steps[len(self._matrices) : u + 1]:  # those before it are needed too, and kept
            if step.index == 0:
                self._matrices.append(np.eye(step.value.size))
                continue
            matrix, ones = np.zeros((step.value.size, self.theta.size)), np.eye(step.value.size)
            for source, pull in zip(step.sources, step.pulls):
                parts = [np.ravel(pull(one.reshape(step.value.shape))) for one in ones]
                matrix += np.array(parts) @ self._matrices[source.index]
            self._matrices.append(matrix)
        return self._matrices[u]

    def pulled_to(self, u, bars):
        """The derivative by step u, from derivatives by later steps."""
        return self._back(bars, u)[u]

    def _back(self, bars, u, keep=False):
        """Hand derivatives back, step by step, as far as step u; those that were handed on stay where ``keep``."""
        waiting = dict(bars)
        for k in range(max(waiting, default=u), u, -1):
            if k in waiting:
                bar, step = waiting[k] if keep else waiting.pop(k), self.steps[k]
                for source, pull in zip(step.sources, step.pulls):
                    _add(waiting, source.index, pull(bar))
        return waiting

    def again(self, u, v, value):
        """The value of step v where that of step u is another; all between them work entry by entry."""
        known = {u: value}

        def at(step):
            if step.index not in known:
                known[step.index] = step.again(at) if step.index > u and step.again else step.value
            return known[step.index]

        return at(self.steps[v])


def _add(sums, key, part):
    sums[key] = sums[key] + part if key in sums else part
