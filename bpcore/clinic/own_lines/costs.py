"""Which changes of lines make a cost the one whose derivative a gradient is."""

import numpy as np

from ...checking import one_number
from .gradients import placed
from .search import MOST_PARAMETERS, Line, Search

MOST = 1_000_000  # that all runs may cost
FARTHER = (1.0, 2.0)  # where what was found is asked for once more
STEP = 1e-3  # of differences, along a direction that is about as long as one parameter
NEAR, FAR = 2 / 3, -1 / 12  # weights of the differences over one step and over two: what is left is of the fourth order
DIGITS = 1e-7  # of the terms of a slope, which differences give


def lines_of_cost(cost, grad, theta):
    """The lines of a cost with which a gradient would be its derivative, once they are changed.

    Parameters and what is returned: as for :func:`~bpcore.clinic.own_lines.gradients.lines_to_change`. Lines that the
    gradient runs through as well are left as they are.
    """
    return placed(theta, lambda places: CostSearch(cost, grad, places)) if theta.size <= MOST_PARAMETERS else ()


class CostLine(Line):
    """A line of the cost as it stands, and as it would be if the gradient were right."""

    def __str__(self):
        return f"line {self.place}: `{self.computed}`; for this gradient it would be {self.words or f'`{self.right}`'}"

    def rows(self):
        return ("line", self.place), ("the cost", self.computed), ("gradient", self.words or self.right)


class CostSearch(Search):
    """The changes that make a gradient the derivative of the cost; its slope along a direction is compared."""

    greatest = MOST

    def __init__(self, cost, grad, places):
        self.cost, self.grad, size = cost, grad, np.maximum(abs(places[0]), 0.5)
        self.direction = size * np.random.default_rng(10).standard_normal(size.size) / np.sqrt(size.size)
        self.right = [self._slope_and_size(place) for place in places]
        super().__init__(self.slope, places, [np.array([0])], thorough=True, definition=grad, roots=[cost, grad])

    def slope(self, place):
        """That of the cost along the direction, as a vector of one entry."""
        before, behind = (
            [float(one_number(self.cost, place + side * k * STEP * self.direction)) for k in (1, 2)] for side in (1, -1)
        )
        return np.array([(NEAR * (before[0] - behind[0]) + FAR * (before[1] - behind[1])) / STEP])

    def lines(self):
        return tuple(CostLine(**vars(line)) for line in super().lines())

    def judged(self, came):
        return np.array([any(self.wrong_in(each, k).any() for k, each in enumerate(came))], int)

    def wrong_in(self, came, k=0):
        """Whether the slope at place k is not the gradient's."""
        right, size = self.right[k]
        return 1 - (abs(np.asarray(came, float) - right) <= DIGITS * size).astype(int)

    def defined(self):
        return np.concatenate([np.asarray(self.grad(place.copy()), float).ravel() for place in self.places])

    def holds(self):
        """Whether the slopes are the gradient's at two other places too."""
        rng, theta = np.random.default_rng(8), self.places[0]
        for spread in FARTHER:
            place = theta + spread * np.maximum(abs(theta), 0.5) * rng.standard_normal(theta.size)
            right, size = self._slope_and_size(place)
            if not abs(self.slope(place)[0] - right) <= DIGITS * size:
                return False
        return True

    def _slope_and_size(self, place):
        """The gradient's slope along the direction, and how large its terms are."""
        terms = self.direction * np.asarray(self.grad(place.copy()), float).ravel()
        return terms.sum(), abs(terms).sum()
