"""Which changes of lines make a gradient the derivative of a cost that has other lines."""

import ast
import warnings
from types import ModuleType

import numpy as np

from ...checking import METHODS, one_number
from .changes import LIBRARIES, Word
from .gradients import farther_places, placed
from .program import FAILURES
from .search import MOST_PARAMETERS, Line, Search
from .tangents import differences

MOST = 1_000_000  # that all runs may cost
OF_LOSSES = ("exp", "log", "sqrt")
COMPLEX = METHODS["complex"].step
BY_DIFFERENCES = differences(1e-3)  # along a direction that is about as long as one parameter
DIGITS = METHODS["central"].tolerance  # of the terms of a slope, which differences give


def lines_of_cost(cost, grad, theta, greatest=MOST):
    """The lines of a cost with which a gradient would be its derivative, once they are changed.

    Parameters and what is returned: as for :func:`~bpcore.clinic.own_lines.gradients.lines_to_change`. No line is
    changed on which the gradient depends.
    """
    if theta.size > MOST_PARAMETERS:
        return ()
    return placed(theta, lambda places: CostSearch(cost, grad, places, greatest))


class CostLine(Line):
    """A line of the cost as it stands, and as it would be if the gradient were right."""

    def __str__(self):
        return f"line {self.place}: `{self.computed}`; for this gradient it would be {self.words or f'`{self.right}`'}"

    def rows(self):
        return ("line", self.place), ("the cost", self.computed), ("gradient", self.words or self.right)


class CostSearch(Search):
    """The changes that make a gradient the derivative of the cost; its slope along a direction is compared."""

    def __init__(self, cost, grad, places, greatest=MOST):
        self.cost, self.grad, self.greatest, size = cost, grad, greatest, np.maximum(abs(places[0]), 0.5)
        self.direction = size * np.random.default_rng(10).standard_normal(size.size) / np.sqrt(size.size)
        self.right = [self._slope_and_size(place) for place in places]
        self.is_complex = False  # while it is seen what the variables hold
        super().__init__(self.slope, places, [np.array([0])], thorough=True, definition=grad, roots=[cost, grad])

    def count_calls(self):
        self.is_complex = self._takes_complex_numbers(self.places[0])  # one evaluation instead of four
        super().count_calls()

    def slope(self, place):
        """That of the cost along the direction, in a vector: by the complex step, or by differences."""
        at = one_number(self.cost, place + 1j * COMPLEX * self.direction) if self.is_complex else 0.0
        return np.array([at.imag / COMPLEX]) if np.iscomplexobj(at) else self._slope_by_differences(place)

    def lines(self):
        return tuple(CostLine(**vars(line)) for line in super().lines())

    def judged(self, came):
        return np.array([any(self.wrong_in(each, k).any() for k, each in enumerate(came))], int)

    def wrong_in(self, came, k=0):
        """Whether the slope at place k is not the gradient's."""
        right, size = self.right[k]
        return 1 - (abs(np.asarray(came, float) - right) <= DIGITS * size).astype(int)

    def words_in(self, function):
        """With the functions that most losses are made of: one that is missing may stand nowhere else."""
        words = super().words_in(function)
        modules = [name for name in LIBRARIES if isinstance(function.values.get(name), ModuleType)]
        missing = {f"{module}.{name}" for module in modules[:1] for name in OF_LOSSES} - {
            w.text for w in words.functions
        }
        words.functions += [Word(text, ast.parse(text, mode="eval").body, None, 1.0) for text in sorted(missing)]
        return words

    def defined(self):
        return np.concatenate([np.asarray(self.grad(place.copy()), float).ravel() for place in self.places])

    def holds(self):
        """Whether the slope is the gradient's at two other places, where the cost is defined there.

        Real numbers tell that: the logarithm of a negative one is none, and a complex one among complex numbers.
        """
        for place in farther_places(self.places[0]):
            try:
                came, (right, size) = self._slope_by_differences(place)[0], self._slope_and_size(place)
            except FAILURES:
                continue
            if np.isfinite([came, size]).all() and not abs(came - right) <= DIGITS * size:
                return False
        return True

    def _moved_by(self, function, place, before):
        """The same where the cost has a slope; of a constant one no value shows what it reaches."""
        return super()._moved_by(function, place, before) if before.any() else None

    def _slope_and_size(self, place):
        """The gradient's slope along the direction, and how large its terms are."""
        terms = self.direction * np.asarray(self.grad(place.copy()), float).ravel()
        return terms.sum(), abs(terms).sum()

    def _slope_by_differences(self, place):
        value = lambda step: float(one_number(self.cost, place + step * self.direction))
        return np.array([sum(weight * value(step) for step, weight in BY_DIFFERENCES)])

    def _takes_complex_numbers(self, place):
        """Whether the complex step gives the slope that differences give."""
        by_differences, self.is_complex = self._slope_by_differences(place), True
        try:
            with warnings.catch_warnings(), np.errstate(all="ignore"):
                warnings.simplefilter("ignore")
                return bool(abs(self.slope(place) - by_differences)[0] <= DIGITS * self.right[0][1])
        except Exception:  # a cost need not be written for complex numbers
            return False
