"""Which changes of lines make a wrong gradient the derivative of its cost."""

import functools

import numpy as np

from ...checking import METHODS, one_number
from ..truth import are_slopes, derivative
from .program import FAILURES, unobserved
from .search import MOST, MOST_PARAMETERS, Search
from .together import EffectsOfEach

FEW = 16  # parameters in a vector that is not parted
DIGITS = METHODS["central"].tolerance  # of a block's largest entry: 1e-8 may stand in a denominator
CLOSE = 1e-5  # of the terms of a slope farther off, where differences are less exact
NOTHING = 1e-6  # of the whole gradient: a block of which less is left is zero but for rounding
NEAR, WRONG = 1, 2  # of a block: right but for a factor and a multiple of its parameters, or not even that
PLACES = (0.0, 0.1, 0.3)  # how far from the parameters the gradient is asked for
NEARER = (1.0, 0.1, 0.01)  # of that, where the program raises there
FARTHER = (1.0, 2.0)  # of the same: where what was found is asked for once more


def lines_to_change(cost, grad, theta, blocks, thorough=True, greatest=MOST):
    """The lines that make a wrong gradient right once they are changed.

    Parameters
    ----------
    cost, grad : callable
        Of a vector. The functions that ``grad`` runs through are changed while this runs, and are as before afterwards.
    theta : ndarray
    blocks : list
        Pairs: the name of a block, and its places in theta.
    thorough : bool
        Whether all changes are tried, and not only the usual ones.
    greatest : int
        What all runs of a thorough search may cost.

    Returns
    -------
    tuple of Line
        Empty where the program cannot be read, or no change makes every block right, or there are too many parameters.
    """
    if theta.size > MOST_PARAMETERS:
        return ()
    parts = [block.ravel() for _, block in blocks]
    return placed(theta, lambda places: GradientSearch(cost, grad, places, parts, thorough, greatest))


def placed(theta, search_at):
    """The Lines that a search finds; ``search_at`` makes it of places around theta, nearer ones where that raises."""
    rng = np.random.default_rng(6)
    size = np.maximum(abs(theta), 0.5)
    steps = [spread * size * rng.standard_normal(theta.size) for spread in PLACES]
    for nearer in NEARER:
        places = [theta + nearer * step for step in steps]
        try:
            with unobserved():
                search = search_at(places)
                break
        except FAILURES:  # the program may end near the parameters
            continue
    else:
        return ()
    try:
        with unobserved():
            return search.lines()
    except FAILURES:  # a program may do anything, and need not be fit for being watched
        return ()


def farther_places(theta):
    """Two places farther off, where a cost need not be defined."""
    rng = np.random.default_rng(8)
    for spread in FARTHER:
        yield theta + spread * np.maximum(abs(theta), 0.5) * rng.standard_normal(theta.size)


def _judged_apart(blocks):
    """The blocks; where there is one of a few parameters, each of these, since its derivative has lines of its own."""
    few = len(blocks) == 1 and len(blocks[0]) <= FEW
    return [np.array([entry]) for entry in blocks[0]] if few else blocks


class GradientSearch(Search):
    """The changes that make a gradient the cost's derivative; what the cost runs through is its definition."""

    def __init__(self, cost, grad, places, blocks, thorough, greatest=MOST):
        self.truth = functools.cache(lambda k: derivative(cost, places[k], lambda t: True)[::2])  # at place k, if asked
        self.cost, self.greatest, apart = cost, greatest, _judged_apart(blocks)
        self.groups = apart if len(apart) == len(blocks) else len(apart) * [blocks[0]]  # within which one factor holds
        super().__init__(grad, places, apart, thorough, definition=cost)

    def judged(self, came):
        """How wrong the blocks are of what came at the first places; those that are near are so at all of them."""
        wrong = functools.reduce(np.maximum, (self.wrong_in(each, k) for k, each in enumerate(came)))
        if len(came) > 1:
            first = self.wrong_in(came[0])
            for b in np.flatnonzero((first == NEAR) & (wrong > NEAR)):
                wrong[b] = NEAR if self._is_near(came, self.groups[b]) else wrong[b]
        return wrong

    def effects_of_each(self):
        before, (truth, judged) = self._run_as_it_is(), self.truth(0)
        is_known = judged.all() and np.isfinite(before).all() and before.shape == truth.shape
        return EffectsOfEach(before, truth, self.blocks, self.wrong > 0) if is_known else None

    def defined(self):
        """The cost at all places."""
        return np.array([float(one_number(self.cost, place.copy())) for place in self.places])

    def holds(self):
        """Whether the gradient is that of the cost along a direction at two other places, where it is defined there."""
        for place in farther_places(self.places[0]):
            try:
                is_right = are_slopes(self.cost, np.asarray(self.run(place.copy()), float), place, 1, CLOSE)
            except FAILURES:
                continue
            if is_right is False:
                return False
        return True

    @functools.cached_property
    def apart(self):
        """For each block a direction in which neither the derivative at the first place lies nor the parameters do."""
        rng, rows = np.random.default_rng(7), np.zeros((len(self.blocks), self.places[0].size))
        truth, _ = self.truth(0)
        for row, group in zip(rows, self.groups):
            if len(group) > 2:
                known = np.nan_to_num(np.stack([truth[group], self.places[0][group]], axis=1))
                r = rng.standard_normal(len(group))
                row[group] = r - known @ np.linalg.lstsq(known, r, rcond=None)[0]
        return rows

    def _is_near(self, cames, group):
        """Whether a block is right but for a factor and a multiple of its parameters, the same at all places."""
        truths = [self.truth(k)[0][group] for k in range(len(cames))]
        known = np.stack([np.concatenate(truths), np.concatenate([place[group] for place in self.places])], axis=1)
        came = np.concatenate([each[group] for each in cames])
        if not (np.isfinite(known).all() and np.isfinite(came).all()):
            return False
        numbers = np.linalg.lstsq(known, came, rcond=None)[0]
        return bool(abs(numbers[0]) > 1e-3 and abs(known @ numbers - came).max() <= 10 * DIGITS * abs(came).max())

    def wrong_in(self, came, k=0):
        """How wrong the blocks of a gradient that came at place k are: ``NEAR`` may be told at the first place."""
        truth, judged = self.truth(k)
        came = np.asarray(came, float)
        if came.shape != truth.shape:
            return np.full(len(self.blocks), WRONG)
        off = abs(came - truth)
        fits = ~judged | (off <= DIGITS * max(abs(truth).max(), 1e-300))
        least = NOTHING * abs(truth).max() + 1e-300
        near = [off[block] <= 10 * DIGITS * max(abs(truth[block]).max(initial=0), least) for block in self.blocks]
        wrong = np.array([not (fits[b] & (n | ~judged[b])).all() for b, n in zip(self.blocks, near)]) * WRONG
        if self.thorough and k == 0 and wrong.any() and np.isfinite(came).all():
            size, least = abs(self.apart) @ abs(came), 1e-3 * (abs(self.apart) @ abs(truth))
            wrong[(abs(self.apart @ came) <= DIGITS * size) & (size > least) & (wrong > 0)] = NEAR
        return wrong
