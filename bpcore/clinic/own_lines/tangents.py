"""A cost whose expressions tell how fast they change, and can be made to change otherwise."""

import numpy as np

from ...checking import METHODS, one_number
from .watched import Watched

COMPLEX = METHODS["complex"].step
STEP = 3e-4  # of differences along directions that are some units long


def differences(step):
    """Pairs: a step, and what a value there counts in a derivative; what is left is of the fourth order."""
    return tuple((sign * k * step, sign * w / step) for k, w in ((1, 2 / 3), (2, -1 / 12)) for sign in (1, -1))


BY_COMPLEX_STEP = ((1j * COMPLEX, None),)
BY_DIFFERENCES = differences(STEP)


class Along:
    """What a cost and its expressions do at a place along a direction.

    Attributes
    ----------
    place, direction : ndarray
    value, slope : float
        Of the cost, and per unit of the direction.
    worth, moves : list
        For each expression, each time that it was computed, its value and its derivative along the direction; None for
        one that is no real number or array.
    """

    def __init__(self, place, direction):
        self.place, self.direction = place, direction
        self.value = self.slope = 0.0
        self.worth, self.moves = [], []


class Tangents(Watched):
    """The expressions of the functions that a cost runs through.

    Parameters
    ----------
    cost : callable
    functions : list of OwnFunction
    steps : tuple
        ``BY_COMPLEX_STEP``, or ``BY_DIFFERENCES`` for a cost that does not take complex numbers.
    """

    def __init__(self, cost, functions, steps):
        super().__init__(functions)
        self.cost, self.steps = cost, steps
        self.close = 1e-9 if steps is BY_COMPLEX_STEP else 1e-2  # of a value: what steps to both sides do to it

    def along(self, place, direction):
        """What everything does along a direction, as an Along."""
        found = Along(place, direction)
        found.value, worth = self._seen_at(place)
        found.worth = [_together(values) for values in worth]
        runs = [self._seen_at(place + step * direction) for step, _ in self.steps]
        found.slope = self._derivative([value for value, _ in runs])
        for k, values in enumerate(found.worth):
            rows = [worth[k] for _, worth in runs]
            is_known = values is not None and all(len(row) == len(values) for row in rows)
            found.moves.append([self._derivative(each) for each in zip(*rows)] if is_known else None)
            found.worth[k] = values if is_known else None
        return found

    def slope(self, along, node, tangents):
        """The cost's slope if an expression changed as ``tangents`` say, one for each time that it is computed."""
        moved = lambda step: [worth + step * t for worth, t in zip(along.worth[node], tangents)]
        return self._slope(along, node, tangents, moved, along.direction)

    def slope_by(self, along, node, tangents):
        """The cost's derivative with respect to an expression, along ``tangents``; the parameters stay."""
        moved = lambda step: [step * t for t in tangents]
        return self._slope(along, node, tangents, moved, np.zeros_like(along.direction), added=True)

    def _slope(self, along, node, tangents, moved, direction, **how):
        shorter = max(1.0, *(abs(t).max(initial=0) for t in tangents))  # a difference over a long step is none
        values = []
        for step, _ in self.steps:
            run = lambda there=along.place + step / shorter * direction: one_number(self.cost, there)
            values.append(self.with_values([(node, moved(step / shorter))], run, **how))
        if abs(np.mean(np.real(values)) - along.value) > self.close * abs(along.value):
            raise ValueError("the cost is another")
        return shorter * self._derivative(values)

    def _derivative(self, values):
        if self.steps is BY_COMPLEX_STEP:
            return np.imag(values[0]) / COMPLEX
        return sum(weight * value for (_, weight), value in zip(self.steps, values))

    def _seen_at(self, place):
        return self.seen_in(lambda: one_number(self.cost, place))


def _together(values):
    """The values as real arrays; None where one of them is none, or there are none."""
    known = values and all(value is not None and value.dtype.kind in "fc" for value in values)
    return [np.real(value).astype(float) for value in values] if known else None
