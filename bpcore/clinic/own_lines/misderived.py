"""Which expression of a cost a gradient differentiates wrongly, and what it has in the place of its derivative."""

import functools

import numpy as np

from ...checking import METHODS
from ..keys import key_of
from .by_values import NoSlopes, SearchByValues
from .gradients import placed
from .multiples import are_same, fraction, said
from .program import FAILURES
from .search import MOST_PARAMETERS, Line, first_line
from .tangents import BY_COMPLEX_STEP, BY_DIFFERENCES
from .watched import TooMuch
from .ways import Expressions, Way, factors_at_hand, flat, other_ways, with_another_factor, with_factors

DIGITS = METHODS["central"].tolerance  # of the terms of a slope
NOTHING = 1e-9  # of the terms of a slope: an expression that does less does nothing
ROUGH = 1e-4  # of the terms of a slope: where a cost loses the complex step all of it is lost, or a part
MOST_ENTRIES = 64  # of an expression whose effect is asked for entry by entry
MOST_WAYS = 1_500  # of which two are looked for together
PLAIN = (-1.0, 2.0, 0.5)  # multiples, of which two may be wrong together
LARGEST = 8  # numerator and denominator of a multiple that costs little
AT = (0, 0, 1, 2)  # the places of four directions, all others


class DerivedLine(Line):
    """A line of the cost, and what the gradient has in the place of the derivative of a part of it."""

    def __str__(self):
        return f"line {self.place}: `{self.computed}`; the gradient {self.words}"

    def rows(self):
        return ("line", self.place), ("the cost", self.computed), ("gradient", self.words)


def misderived(cost, grad, theta, blocks, thorough=True):
    """The lines of the cost of which the gradient has another derivative; empty where none, and no two, explain it.

    The cost runs with one of its expressions made to change otherwise than it does: not at all, as an operand of it,
    in a part. Where the cost's slope is then the gradient's, along four directions at three places, the gradient
    differentiates that expression so.

    Parameters and what is returned: as for :func:`~bpcore.clinic.own_lines.gradients.lines_to_change`; ``thorough``
    says whether values at hand are tried as factors of derivatives, which takes many runs.
    """
    if theta.size > MOST_PARAMETERS:
        return ()
    parts = [block.ravel() for _, block in blocks]
    return placed(theta, lambda places: Misderived(cost, grad, places, parts, thorough))


class Misderived(SearchByValues):
    """The expressions of a cost, one or two of which change otherwise in a gradient than they do."""

    def __init__(self, cost, grad, places, parts, thorough):
        self.parts = parts
        super().__init__(cost, grad, places, thorough)

    def found_by(self, tangents):
        """The lines that explain everything; what takes few runs is tried for each part before what takes many."""
        look_at = functools.cache(lambda part: self._along(np.array(part), tangents))
        for thorough in (False, True) if self.thorough else (False,):
            for parts in self._groups(look_at):
                each = [look_at(tuple(part)).lines(thorough) for part in parts]
                if all(each):
                    return tuple(sorted(dict.fromkeys(line for lines in each for line in lines), key=_number_of))
        return ()

    def _groups(self, look_at):
        """Parts of the parameters to explain one by one: all of them, those that are wrong, each block of these."""
        yield [np.arange(self.places[0].size)]
        wrong = [part for part in self.parts if look_at(tuple(part)).is_wrong]
        if 0 < len(wrong) < len(self.parts):
            yield [np.concatenate(wrong)]
        if len(wrong) > 1:
            yield wrong

    def _along(self, part, tangents):
        """A Look along directions in a part of the parameters."""
        directions = np.zeros((len(AT), self.places[0].size))
        directions[:, part] = np.random.default_rng(12).standard_normal((len(AT), len(part)))
        places, gradients = ([each[k] for k in AT] for each in (self.places, self.gradients))
        try:
            alongs = [tangents.along(place, direction) for place, direction in zip(places, directions)]
        except TooMuch:
            raise
        except FAILURES as error:
            raise NoSlopes from error
        terms, slopes = np.array(gradients) * directions, np.array([along.slope for along in alongs])
        if not np.isfinite([*terms.T, slopes]).all():
            raise NoSlopes
        if tangents.steps is BY_COMPLEX_STEP:  # of which a float(...) keeps nothing
            values = [(weight, self.value(places[0] + step * directions[0])[0]) for step, weight in BY_DIFFERENCES]
            size = abs(terms[0]).sum() + abs(slopes[0])
            if not abs(sum(weight * value for weight, value in values) - slopes[0]) <= ROUGH * size:
                raise NoSlopes
        return Look(tangents, alongs, terms.sum(axis=1) - slopes, abs(terms).sum(axis=1) + abs(slopes), self)


class Look:
    """A look for the expressions that change otherwise in a gradient, along some directions.

    Attributes
    ----------
    missing, size : ndarray
        For each direction, what the gradient's slope has beside the cost's, and how large their terms are.
    """

    def __init__(self, tangents, alongs, missing, size, search):
        self.tangents, self.alongs, self.missing, self.size, self.search = tangents, alongs, missing, size, search
        self.known, self.held, self.found = Expressions(tangents, alongs), None, []

    @property
    def is_wrong(self):
        return bool((abs(self.missing) > DIGITS * self.size).any())

    def lines(self, thorough):
        """The lines of the simplest explanation; empty where there is none. A thorough look takes many runs."""
        if not self.is_wrong:
            return ()
        if self.held is None:
            self.held = self._held()
            self._look_quickly()
        if thorough and not self.found:
            for node, (own, rest) in self.held.items():
                self._look_by_words(node, own, rest)
        best = min(self.found, key=lambda each: each[0])[1] if self.found else ()
        return tuple(map(self._line, best))

    def _look_quickly(self):
        tried = []
        for node, (own, _) in self.held.items():
            tried += self._multiples(node, own)
        for node, (own, rest) in self.held.items() if not self.found else ():
            for way in other_ways(self.known, node):
                tried += self._tried(way, own, rest)
        if not self.found:
            self._look_for_two(tried)

    def _held(self):
        """For each expression that depends on the parameters: what the slope has by way of it, and what it has else."""
        held = {}
        for node in range(len(self.tangents.nodes)):
            if self.known.is_known(node) and any(np.any(moved) for along in self.alongs for moved in along.moves[node]):
                rest = self._slopes(Way(node, "", 0, _not_at_all(node)))
                own = None if rest is None else np.array([along.slope for along in self.alongs]) - rest
                if own is not None and (abs(own) > NOTHING * self.size).any():
                    held[node] = own, rest
        return held

    def _slopes(self, way, count=None):
        """The cost's slopes along the first directions if an expression changes so; None where that cannot be told."""
        alongs = self.alongs[:count]
        if not self.search.may_run(len(alongs)):
            return None
        try:
            return np.array([self.tangents.slope(along, way.node, way.moves(along)) for along in alongs])
        except FAILURES:
            return None

    def _multiples(self, node, own):
        """A constant, and multiples of the derivative: pairs of a Way, and what the slope has more with it."""
        text, passed, price = self.known.text(node), self.missing + own, self.known.price(node)
        constant = Way(node, f"treats `{text}` as a constant", 1.0 + price)
        if (abs(passed) <= DIGITS * self.size).all():
            self._note(constant)
        elif (k := self._multiple(own, passed)) is not None:
            self._note(Way(node, f"{_multiplies(k)} `{text}`{_by(k)}", 1.1 + price + _odd(k)))
        others = [(Way(node, f"{_multiplies(k)} `{text}`{_by(k)}", 1.1 + price), (k - 1) * own) for k in PLAIN]
        return [(constant, -own), *others]

    def _tried(self, way, own, rest):
        """Pairs of a Way and what the slope has more with it, for a way and its opposite."""
        slopes = self._slopes(way)
        if slopes is None or not np.isfinite(slopes).all():
            return []
        effect = slopes - rest
        k = self._multiple(effect, self.missing + own)
        if k is not None and abs(k) > DIGITS:
            self._note(self._times(way, k))
        return [(self._times(way, k), k * effect - own) for k in (1.0, -1.0)]

    def _times(self, way, k):
        return Way(way.node, way.words + _besides(k), way.price + self.known.price(way.node) + _odd(k))

    def _multiple(self, effect, passed):
        """The number by which an effect is what the gradient has, along all directions; None where there is none."""
        square = effect @ effect
        if not (np.isfinite(square) and square > 0):
            return None
        k = passed @ effect / square
        return k if (abs(passed - k * effect) <= DIGITS * self.size[: len(effect)]).all() else None

    def _note(self, *ways):
        """Keep what explains it; of equal prices the last that is computed says most: a length, and not its terms."""
        price, last = sum(way.price for way in ways), max(self.tangents.order[way.node] for way in ways)
        self.found.append(((round(price, 3), -last), ways))

    def _look_for_two(self, tried):
        """Two ways that make up together for what is missing."""
        cheapest = {}
        for way, effect in sorted(tried, key=lambda each: each[0].price):
            if (abs(effect) > NOTHING * self.size).any():
                cheapest.setdefault(key_of(effect / self.size, 9), (way, effect / self.size))
        ways = list(cheapest.values())[:MOST_WAYS]
        effects = np.array([effect for _, effect in ways]).reshape(len(ways), len(self.size))
        for i, (one, effect) in enumerate(ways):
            off = abs(effects[i + 1 :] + effect - self.missing / self.size)
            for j in np.flatnonzero((off <= DIGITS).all(axis=1)):
                other = ways[i + 1 + j][0]
                if other.node != one.node:
                    self._note(one, other)

    def _look_by_words(self, node, own, rest):
        """Ways by what is at hand: the effect of each entry is asked for once, and tells which ways are worth a run."""
        sizes = [int(np.prod(shape)) for shape in self.known.shapes(node)]
        if sum(sizes) > MOST_ENTRIES or (effects := self._effects_of_entries(node, rest[0])) is None:
            return
        passed = self.missing + own
        texts, factors, values = factors_at_hand(self.known, node)
        for base, way_by in with_factors(self.known, node):
            moves = np.array([flat(along.moves[base]) for along in self.alongs[:2]])
            foreseen = values @ (effects * moves).T
            for k in np.flatnonzero([self._multiple(row, passed[:2]) is not None for row in foreseen]):
                self._tried(way_by(texts[k], factors[k]), own, rest)
        for way in with_another_factor(self.known, node):
            try:
                foreseen = np.array([effects @ flat(way.moves(along)) for along in self.alongs[:2]])
            except FAILURES:
                continue
            if self._multiple(foreseen, passed[:2]) is not None:
                self._tried(way, own, rest)

    def _effects_of_entries(self, node, rest):
        """What the slope has by way of each entry that changes by one; None where that cannot be told."""
        shapes = self.known.shapes(node)
        ends = np.cumsum([int(np.prod(shape)) for shape in shapes])
        effects = []
        for row in np.eye(ends[-1]):
            unit = [part.reshape(shape) for part, shape in zip(np.split(row, ends[:-1]), shapes)]
            slope = self._slopes(Way(node, "", 0, lambda along, unit=unit: unit), 1)
            if slope is None:
                return None
            effects.append(slope[0] - rest)
        return np.array(effects)

    def _line(self, way):
        function, place = self.known.nodes[way.node]
        return DerivedLine(function.name, place.node.lineno, first_line(place.statement), "", way.words)


def _number_of(line):
    return line.number


def _not_at_all(node):
    return lambda along: [np.zeros_like(value) for value in along.worth[node]]


def _odd(k):
    """The price of a multiple."""
    return 0.0 if are_same(k, 1) else 1.0 if fraction(k, LARGEST) is None else 0.1


def _number(k):
    return said(fraction(k, LARGEST) or k)


def _besides(k):
    return "" if are_same(k, 1) else ", with the other sign" if are_same(k, -1) else f", times {_number(k)}"


def _multiplies(k):
    return "has the other sign in the derivative through" if are_same(k, -1) else "multiplies the derivative through"


def _by(k):
    return "" if are_same(k, -1) else f" by {_number(k)}"
