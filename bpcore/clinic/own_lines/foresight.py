"""Which changes of lines need not be tried, since it can be told that they make nothing right."""

import contextlib

import numpy as np

from .effects import MOST_ENTRIES, Effects, Unfit, in_a_row, shapes_of
from .program import FAILURES
from .seen import Seen, Unknown


class Foresight:
    """What is known of the changes of one function before they are tried.

    Parameters
    ----------
    function : OwnFunction
    words : Words
        What can stand in it.
    run : callable
        Returns what the program computes at the first place; with ``hooks`` however many calls that takes.
    wrong_in : callable or None
        Of such a result: which blocks are wrong. None where that cannot be told of one result.
    a_run : int
        What a run costs, in calls of functions.

    Attributes
    ----------
    spent : int
        What the runs have cost that were made to foresee, in calls of functions.
    """

    def __init__(self, function, words, run, wrong_in, a_run):
        self.function, self.words, self.run, self.wrong_in = function, words, run, wrong_in
        self.seen, self.a_run, self.spent = Seen(function, [*words.values, *words.counters]), a_run, a_run
        self.effects, self.asked = {}, {}
        try:
            self.results = run()
            self.seen.watch(lambda: run(hooks=True))
        except FAILURES:
            self.seen.is_known = False

    def is_of_no_help(self, change, is_better):
        """Whether a change, made and run, would raise or leave everything as it is or make nothing better.

        ``is_better`` is asked about a result.
        """
        try:
            node, value = self.seen.changed_by(change)
        except Unknown:
            return False
        except Exception:
            return True
        try:
            before = self.seen.as_it_is(node)
            if shapes_of(value) != shapes_of(before[0]):
                return False
            effects = self._effects(id(node), before)
            if effects is None and not np.array_equal(in_a_row([value]), in_a_row(before[:1]), equal_nan=True):
                return False
            values = self.seen.each_time(change, node)
            if [shapes_of(each) for each in values] != [shapes_of(each) for each in before]:
                return False
        except (Unknown, Unfit):
            return False
        except Exception:
            return True
        row = in_a_row(values)
        if np.array_equal(row, in_a_row(before), equal_nan=True):
            return True
        if effects is None:
            return False
        return not np.isfinite(row).all() or not is_better(effects.predicted(row))

    def _effects(self, number, before):
        """The Effects of an expression, whose id and values are given; None where they are not linear.

        None too as long as fewer of its changes were looked at than computing them costs runs.
        """
        row, self.asked[number] = in_a_row(before), self.asked.get(number, 0) + 1
        if self.wrong_in is None or 2 * self.asked[number] < len(row):
            return None
        if number not in self.effects:
            self.effects[number] = None
            if len(row) <= MOST_ENTRIES and np.isfinite(row).all():
                self.spent += (len(row) + 3) * self.a_run
                with contextlib.suppress(Unfit):
                    effects = Effects(self.function, self.seen.places[number], before, self.run, self.results)
                    effects.compute()
                    self.effects[number] = effects
        return self.effects[number]
