"""A search that runs a program with other values in some of its expressions."""

import contextlib

import numpy as np

from ...checking import one_number
from .held import Held
from .program import calls_in, only_read, reached_from
from .search import Search, silent
from .tangents import BY_COMPLEX_STEP, BY_DIFFERENCES, Tangents
from .watched import TooMuch

A_RUN = 25  # calls of functions that it takes to set up a run


class NoSlopes(Exception):
    """The cost has no slopes by this kind of step."""


class SearchByValues(Search):
    """A search among the expressions of a cost and of its gradient, whose functions stay as they are.

    Parameters
    ----------
    cost, grad : callable
    places : list of ndarray
    thorough : bool
    """

    def __init__(self, cost, grad, places, thorough=True):
        self.cost, self.grad = cost, grad
        super().__init__(self.value, places, [np.array([0])], thorough, roots=[cost, grad])

    def value(self, place):
        """What runs while the functions are looked for."""
        return np.array([one_number(self.cost, place)])

    def judged(self, came):
        """Nothing is wrong with a value by itself."""
        return np.zeros(1, int)

    def count_calls(self):
        """How many functions the whole program calls at the first place, and how many the cost alone."""
        super().count_calls()
        with contextlib.ExitStack() as counted:
            for function in self.functions:
                counted.enter_context(function.as_it_stands())
            self.calls_of_cost = calls_in(lambda: self.cost(self.places[0].copy()))[0]

    def may_run(self, count, calls=None):
        """Whether what calls so many functions, by itself the cost, may run so many times more; they are counted."""
        self.left -= count * (A_RUN + (self.calls_of_cost if calls is None else calls))
        return not self.is_over()

    def lines(self):
        if not self.functions:
            return ()
        reached = reached_from(self.roots)
        arrays = [each for each in reached if isinstance(each, np.ndarray)]
        with silent(), only_read(arrays, lambda: self.value(self.places[1].copy())):
            # before the functions are those of the cost alone, without branches that never run for it
            self.gradients = [np.asarray(self.grad(place.copy()), float) for place in self.places]
            for steps in BY_COMPLEX_STEP, BY_DIFFERENCES:
                tangents = Tangents(self.forgetful(self.cost), self.functions, steps)
                with tangents.watching():
                    self.held = Held([*reached, *self.modules])
                    try:
                        return self.found_by(tangents)
                    except NoSlopes:
                        continue
                    except TooMuch:
                        break
                    finally:
                        self.held.put_back(all_of_it=True)
        return ()

    def found_by(self, tangents):
        """The Lines; empty where there are none.

        Raises
        ------
        NoSlopes
            Where the cost has none by the steps of the Tangents.
        """
        raise NotImplementedError

    def forgetful(self, function):
        """The same function of a place, of which the program remembers nothing."""

        def called(place):
            try:
                return function(place)
            finally:
                self.held.put_back()

        return called
