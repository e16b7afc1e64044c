"""Which value of a gradient's program is not the derivative of its cost for which it stands."""

import ast
import builtins
import functools
from dataclasses import dataclass, replace

import numpy as np

from ...checking import METHODS, one_number
from ..keys import key_of
from ..truth import derivative
from .by_values import NoSlopes, SearchByValues
from .changes import is_of_a_library, values_in
from .gradients import placed
from .multiples import fraction, said
from .program import FAILURES
from .search import MOST_PARAMETERS, Line, first_line
from .ways import flat

MOST = 3_000_000  # that all runs may cost
DIGITS = METHODS["central"].tolerance  # of a block's largest entry
ROUGH = 1e-4  # of the terms of a slope: where a cost loses the complex step all of it is lost, or a part
SAME = 1e-8  # of a number that is computed in two ways
MOST_ENTRIES = 150  # of an expression of the cost, by each of which its derivative is asked for
MOST_HELD = 400  # entries of a value of the gradient's program, of all times that it is computed
MOST_LINES = 4
LARGEST = 64  # numerator and denominator of a multiple
MOST_GROUPS = 4  # sizes of groups of times that are taken from the last to the first
SURE, SHIFTED, DOUBTFUL = range(3)  # a value is what it is taken for; but for its first time; or not
MADE_OF = {  # what a value of the cost may have become before it is used
    "{}": lambda v: v,
    "-{}": lambda v: -v,
    "1 - {}": lambda v: 1 - v,
    "1 / {}": lambda v: 1 / v,
    "{} ** 2": lambda v: v**2,
    "1 / {} ** 2": lambda v: 1 / v**2,
    "np.sqrt({})": lambda v: np.sqrt(v),
}


@dataclass(frozen=True)
class ValueLine(Line):
    """A line of the gradient's program, and the derivative for which its value stands.

    Attributes
    ----------
    doubts : tuple of str
        What it is made of and is neither a value of the cost nor a derivative of it: the slip may be there.
    """

    doubts: tuple = ()


@dataclass(frozen=True)
class Right:
    """What a value can stand for: the derivative of the cost with respect to an expression of it, all times together.

    Attributes
    ----------
    node : int
        The expression.
    back : int
        Of so many times that it is computed the last comes first, as where a program walks back through the layers, or
        the steps, of one sample after the other. 1 where all stand as they are computed.
    turned : bool
        Whether the entries are those of the transposed matrix.
    of : int or None
        An expression of which it is the derivative instead, entry by entry.
    made : str or None
        A key of ``MADE_OF``: the expression's own value instead, or what becomes of it.
    """

    node: int
    back: int = 1
    turned: bool = False
    of: int | None = None
    made: str | None = None

    @property
    def is_derivative(self):
        return self.of is None and self.made is None


def values_to_mend(cost, grad, theta, blocks):
    """The lines of a gradient whose values are not the derivatives of the cost for which they stand.

    Whoever walks back through a network writes down one derivative of the cost after the other, with respect to what
    the cost computes on its way. Here the cost is asked for them: each value of it is moved a little, entry by entry.
    Then the gradient's program runs with one of these derivatives, or a multiple, in the place of what a line computes.
    Where the gradient is right with it, at three places, the line is told, and the derivative that it stands for: the
    first such line whose own parts are right, so that the slip is not made before it. Where each has other parts, the
    first, and which parts these are.

    Parameters and what is returned: as for :func:`~bpcore.clinic.own_lines.gradients.lines_to_change`.
    """
    if theta.size > MOST_PARAMETERS:
        return ()
    parts = [block.ravel() for _, block in blocks]
    return placed(theta, lambda places: StandsFor(cost, grad, places, parts))


class StandsFor(SearchByValues):
    """The values of a gradient's program, one or some of which are not what they stand for."""

    greatest = MOST

    def __init__(self, cost, grad, places, parts):
        self.parts = parts
        super().__init__(cost, grad, places)

    def value(self, place):
        """Of both, since the functions of both are watched."""
        return np.append(np.asarray(self.grad(place.copy()), float), one_number(self.cost, place))

    def found_by(self, tangents):
        self.watched, self.right, self.rows = tangents, [], {}
        self.back = self.forgetful(self.grad)
        self._look_at_the_cost()
        self.watched.order = {}  # of the gradient's expressions from now on
        self.seen = [self.watched.seen_in(lambda place=place: self.back(place.copy()))[1] for place in self.places]
        wrong = self._wrong(0, self.gradients[0])
        if wrong.any():
            self._look_at_derivatives()
        given, lines = [], []
        while wrong.any():
            best = self._best(given, wrong) if len(given) < MOST_LINES else None
            if best is None:
                return ()
            step, doubts = best
            given.append(step)
            came = self._with(0, given)
            if came is None:  # no more runs
                return ()
            wrong = self._wrong(0, came)
            lines.append(self._line(*self._said_best(step), doubts))
        return tuple(sorted(lines, key=lambda line: line.number))

    # What the cost computes, and its derivatives.

    def _look_at_the_cost(self):
        rng = np.random.default_rng(15)
        try:
            self.alongs = [self.watched.along(place, rng.standard_normal(place.size)) for place in self.places]
        except FAILURES as error:
            raise NoSlopes from error
        for along, place in zip(self.alongs, self.places):
            right, _, judged = derivative(self.cost, place, lambda t: True)[:3]
            off = abs(along.slope - right @ along.direction)
            if not judged.all() or not off <= ROUGH * (abs(right) @ abs(along.direction)):
                raise NoSlopes
            self.right.append(right)
        ran = {id(self.watched.nodes[node][0]) for node in self.watched.order}
        self.names_in_the_cost = {function.name for function in self.functions if id(function) in ran}

    def _look_at_derivatives(self):
        """What the values of the gradient's program can stand for; of equal ones the one with the plainest name."""
        self.of_cost, nodes = set(), []
        sizes = {_size(values) for values in self.seen[0] if _are_numbers(values)}
        for node in sorted(filter(self._depends, range(len(self.watched.nodes))), key=self._composed):
            may_be = _size(self.alongs[0].worth[node]) in sizes and self.left > self.greatest / 2
            row = self._row(0, Right(node)) if may_be else None
            if row is None or np.any(row):
                self.of_cost.add(node)
            if row is not None and np.any(row):
                nodes.append(node)
        known, self.fits = {}, {}
        for each in (each for node in nodes for each in self._rights(node)):
            row = self._row(0, each)
            if row is not None and np.any(row) and not self._is_all(row):
                key = key_of(row / (abs(row).max() if each.is_derivative else 1), 9)
                known.setdefault(key, []).append(each)
        self.like = {min(its, key=self._strange): its for its in known.values()}
        for each in sorted(self.like, key=self._strange):
            self.fits.setdefault(len(self._row(0, each)), []).append(each)
        worth = [value.ravel() for values in self.alongs[0].worth for value in values or ()]
        numbers = np.unique(np.concatenate(worth))
        numbers = np.concatenate([made(numbers) for made in MADE_OF.values()])
        self.numbers = np.sort(numbers[np.isfinite(numbers)])

    def _composed(self, node):
        """How likely an expression is a part of another one alone: less a value of a statement, more a sum of terms."""
        place = self.watched.nodes[node][1]
        return not self._is_assigned(node), not isinstance(place.node, ast.Name | ast.Attribute | ast.Subscript)

    def _depends(self, node):
        moves = self.alongs[0].moves[node]
        return moves is not None and any(map(np.any, moves))

    def _rights(self, node):
        """What an expression gives: the derivatives of the cost and of what it is in, and its values."""
        values = self.alongs[0].worth[node]
        times = len(values)
        groups = [size for size in range(times, 1, -1) if times % size == 0][:MOST_GROUPS]
        orders = [Right(node), *(Right(node, back=size) for size in groups)]
        above = self.watched.nodes[node][1].above
        of = self.watched.numbers.get(id(above[-1])) if above else None
        for order in orders:
            yield order
            if of in self.of_cost and _size(self.alongs[0].worth[of]) == _size(values):
                yield replace(order, of=of)
            for made in MADE_OF:
                yield replace(order, made=made)
        if times == 1 and values[0].ndim == 2 and min(values[0].shape) > 1:
            yield Right(node, turned=True)

    def _is_all(self, row):
        """Whether a derivative is the whole gradient, or a multiple of it."""
        right = self.right[0]
        return len(row) == len(right) and abs(row @ right) >= (1 - ROUGH) * np.sqrt((row @ row) * (right @ right))

    def _row(self, k, each):
        """The entries of what a value can stand for at place k; None where they cannot be told."""
        if (k, each) not in self.rows:
            self.rows[k, each] = self._computed(k, each)
        return self.rows[k, each]

    def _computed(self, k, each):
        values = self.alongs[k].worth[each.node]
        if each.turned or each.back > 1:
            row = self._row(k, replace(each, turned=False, back=1))
            if row is None or len(values) % each.back:
                return None
            parts = _apart(row, values)
            if each.turned:
                return parts[0].T.ravel()
            groups = (parts[k : k + each.back] for k in range(0, len(parts), each.back))
            return flat([part for group in groups for part in group[::-1]])
        if each.is_derivative:
            return self._entry_by_entry(k, each.node)
        if each.made:
            row = None if values is None else MADE_OF[each.made](flat(values))
        else:
            by, of = (self._row(k, Right(node)) for node in (each.node, each.of))
            row = None if by is None or of is None or len(by) != len(of) else by / of
        return row if row is not None and np.isfinite(row).all() else None

    def _entry_by_entry(self, k, node):
        values = self.alongs[k].worth[node]
        size = _size(values or ())
        if not 0 < size <= MOST_ENTRIES or not self.may_run(size * len(self.watched.steps)):
            return None
        try:
            slope_by = lambda row: self.watched.slope_by(self.alongs[k], node, _apart(row, values))
            slopes = np.array([slope_by(row) for row in np.eye(size)])
        except FAILURES:
            return None
        return slopes if np.isfinite(slopes).all() else None

    def _said_best(self, step):
        """The same step by another derivative that differs in its factor alone, if that one needs none."""
        site, each, factor = step
        row = self._row(0, each)
        others = ((other, self._row(0, other)) for other in self.like[each] if each.is_derivative)
        factors = [(other, fraction(float(factor) * (row @ its) / (its @ its), LARGEST)) for other, its in others]
        plain = [pair for pair in factors if pair[1] in (1, -1)]
        best = min(plain, key=lambda pair: (pair[1] < 0, self._strange(pair[0])), default=(each, factor))
        return site, *best

    def _strange(self, each):
        """How hard a reader finds the name of what a value can stand for."""
        text, made = self._name(each.node), [None, *MADE_OF].index(each.made)
        return made, each.turned, each.back, not text.isidentifier(), not self._is_assigned(each.node), len(text)

    def _name(self, node):
        """An expression of the cost; where all of it is assigned, the variable."""
        place = self.watched.nodes[node][1]
        return ast.unparse(place.owner.targets[0] if self._is_assigned(node) else place.node)

    def _is_assigned(self, node):
        place = self.watched.nodes[node][1]
        return isinstance(place.owner, ast.Assign) and place.field == "value" and len(place.owner.targets) == 1

    # What is tried. A step is a value of the gradient's program, and a derivative and its factor in its place.

    def _best(self, given, wrong):
        """The step that mends most beside those given, and its doubts; of equal ones the one that is surest, and first.

        Derivatives are tried before values. None where nothing mends anything.
        """
        now, found = self._with(0, given), []
        sites = [] if now is None else [site for site in self._sites() if site not in {step[0] for step in given}]
        runs_with = functools.cache(lambda site: self._runs_with(given, site, now))
        for is_made in (False, True):
            for site in sites:
                fits = [each for each in self._fits(site) if bool(each.made) == is_made]
                none, gradient = runs_with(site) if fits else (None, None)
                if none is not None and not np.array_equal(none, now):
                    found += self._mending(site, fits, none, gradient, given, wrong, len(found))
                    if any(row[:2] == (0, SURE) for row in found):
                        return min(found)[3:]
            if any(left == 0 and grade < DOUBTFUL for left, grade, *_ in found):
                break
        return min(found)[3:] if found else None

    def _fits(self, site):
        """What has as many entries as a value."""
        return self.fits.get(_size(self.seen[0][site]), ())

    def _mending(self, site, fits, none, gradient, given, wrong, count):
        """Steps at a site: how many blocks each leaves wrong, its grade, a number, the step, and its doubts."""
        for each in fits:
            one = gradient(self._row(0, each))
            for factor in self._factors(none, one, wrong, each) if one is not None else ():
                step = site, each, factor
                left = self._left([*given, step], wrong)
                if left is not None:
                    yield left, *self._graded([*given, step], count)
                    count += 1

    def _runs_with(self, given, site, now):
        """The gradient with zeros at a site, and a function: with a row of numbers there.

        Where more rows are asked about than there are entries, and the gradient is linear in these, each entry is
        tried by itself, and all else follows.
        """
        run = lambda row: self._with(0, given, (site, row))
        size = _size(self.seen[0][site])
        none = run(np.zeros(size))
        if none is None or np.array_equal(none, now) or size + 1 >= len(self._fits(site)):
            return none, run
        entries = [run(row) for row in np.eye(size)]
        row = np.random.default_rng(16).standard_normal(size)
        came = None if any(entry is None for entry in entries) else run(row)
        if came is None:
            return none, run
        effects = np.array(entries) - none
        off = abs(none + row @ effects - came)
        is_linear = (off <= SAME * (abs(none) + abs(row) @ abs(effects) + abs(came).max())).all()
        return none, (lambda row: none + row @ effects) if is_linear else run

    def _sites(self):
        """The values of statements, in the order in which they are computed first, and what +=, *= and others leave."""
        sites = set(self.watched.sums)
        for function in self.functions:
            sites |= {self.watched.numbers.get(id(place.node)) for place in values_in(function.tree)}
        return sorted(filter(self._is_site, sites), key=self.watched.order.get)

    def _is_site(self, node):
        """Whether a value is of real numbers, as often at each place, and none on which the cost depends."""
        if node is None or node in self.of_cost or not _are_numbers(self.seen[0][node]):
            return False
        return len({len(seen[node]) for seen in self.seen}) == 1 and _size(self.seen[0][node]) <= MOST_HELD

    def _with(self, k, given, *rows):
        """The gradient at place k with the steps given, and some rows of numbers in other values; None if it raises."""
        for site, each, factor in given:
            row = self._row(k, each)
            if row is None:
                return None
            rows = (*rows, (site, float(factor) * row))
        if not self.may_run(1, self.calls - self.calls_of_cost):
            return None
        try:
            values = [(site, _apart(row, self.seen[k][site])) for site, row in rows]
            came = self.watched.with_values(values, lambda: self.back(self.places[k].copy()))
            came = np.asarray(came, float).ravel()
        except FAILURES:
            return None
        return came if came.shape == self.right[k].shape and np.isfinite(came).all() else None

    def _wrong(self, k, came):
        """Which blocks are wrong."""
        right = self.right[k]
        off, least = abs(came - right), ROUGH * DIGITS * abs(right).max()
        return np.array([(off[b] > 10 * DIGITS * max(abs(right[b]).max(initial=0), least)).any() for b in self.parts])

    def _factors(self, none, one, wrong, each):
        """The factors with which a block is right, if the gradient is linear in what was zero and then a derivative."""
        if not each.is_derivative:
            return [1]
        found = []
        for part in (self.parts[b] for b in np.flatnonzero(wrong)):
            effect, missing = (one - none)[part], (self.right[0] - none)[part]
            square = effect @ effect
            if not square > 0:
                continue
            factor = effect @ missing / square
            close = 10 * DIGITS * max(abs(self.right[0][part]).max(), abs(effect).max())
            is_new = not any(abs(factor - other) <= SAME * abs(factor) for other in found)
            if abs(factor) > DIGITS and is_new and (abs(missing - factor * effect) <= close).all():
                found.append(fraction(factor, LARGEST) or float(factor))
        return found

    def _left(self, given, wrong):
        """How many blocks stay wrong with some steps; None if as many as before, or others, here or elsewhere."""
        now = self._with(0, given)
        left = wrong if now is None else self._wrong(0, now)
        if (left & ~wrong).any() or left.sum() == wrong.sum():
            return None
        for k in range(1, len(self.places)):
            row, each = self._row(k, given[-1][1]), self._row(0, given[-1][1])
            if row is None or np.allclose(row, each, rtol=SAME):  # a constant, which stands for anything
                return None
            there = self._with(k, given)
            if there is None or (self._wrong(k, there) & ~left).any():
                return None
        return int(left.sum())

    # What is told.

    def _graded(self, given, count):
        """How sure the last step given is, a number, the step, and the parts of its value that may be wrong."""
        site = given[-1][0]
        _, seen = self.watched.seen_in(lambda: self._with(0, given))
        place = self.watched.nodes[site][1]
        node = place.statement.value if site in self.watched.sums else place.node
        grades = {
            ast.unparse(part): self._grade(self.watched.numbers.get(id(part)), part, seen) for part in _parts_of(node)
        }
        if site in self.watched.sums:
            grades[ast.unparse(place.node)] = self._grade(self.watched.sums[site], place.node, seen)
        doubts = tuple(part for part, grade in grades.items() if grade == DOUBTFUL)
        return max(grades.values(), default=SURE), count, given[-1], doubts

    def _grade(self, node, part, seen):
        """How sure it is that a part of an expression is a value, a function or a derivative of the cost."""
        if node in self.watched.lists:
            return DOUBTFUL
        if node is not None:
            is_number = _are_numbers(seen[node])
            return self._grade_of_numbers(seen[node], self.seen[1][node]) if is_number else SURE
        name = getattr(part, "attr", getattr(part, "id", ""))
        of_python = is_of_a_library(part) or hasattr(np.ndarray, name) or hasattr(builtins, name)
        return SURE if of_python or name in self.names_in_the_cost else DOUBTFUL

    def _grade_of_numbers(self, values, elsewhere):
        row = flat(values)
        last = len(self.numbers) - 1
        above = np.searchsorted(self.numbers, row)
        off = [abs(self.numbers[np.clip(above - k, 0, last)] - row) for k in (0, 1)]
        if (np.minimum(*off) <= SAME * abs(row)).all():  # values of the cost
            return SURE
        if len(elsewhere) == len(values) and all(map(np.array_equal, values, elsewhere)):  # the same at another place
            return SURE
        rows = [self._row(0, each) for each in self.fits.get(len(row), ()) if not each.made]
        if any(_is_multiple(row, its) for its in rows):
            return SURE
        later = values[0].size  # the first time may be before all others
        return SHIFTED if any(_is_multiple(row[later:], its[:-later]) for its in rows if len(values) > 2) else DOUBTFUL

    def _line(self, site, each, factor, doubts):
        function, place = self.watched.nodes[site]
        words = f"{_times(factor)}{self._said(each)}{', transposed' * each.turned}{self._order(each)}"
        if doubts:
            is_one = len(doubts) == 1
            words += f"; {' and '.join(f'`{part}`' for part in doubts)} in it {'is' if is_one else 'are'} no "
            words += "value of the cost and no derivative of it" if is_one else "values and no derivatives of the cost"
        computed = first_line(place.statement)
        return ValueLine(function.name, place.node.lineno, computed, "", words, doubts=doubts)

    def _order(self, each):
        """In which order the times come, in words."""
        if each.back == 1:
            return ""
        if each.back == len(self.alongs[0].worth[each.node]):
            return ", from the last time that it is computed to the first"
        return f", of each {each.back} times that it is computed the last first"

    def _said(self, each):
        name, line = self._name(each.node), self.watched.nodes[each.node][1].node.lineno
        if each.made:
            is_bare = name.isidentifier() or each.made in ("{}", "np.sqrt({})")
            return f"`{each.made.format(name if is_bare else f'({name})')}`, with that of line {line}"
        what = "the cost" if each.of is None else f"`{self._name(each.of)}`"
        return f"the derivative of {what} with respect to `{name}` of line {line}"


def _parts_of(node):
    """The variables, attributes and entries in an expression, and the functions that it calls."""
    if _is_held(node):
        yield node
        return
    children = [*ast.iter_child_nodes(node)]
    if isinstance(node, ast.Call):
        children = children[1:]
        yield node.func
        if isinstance(node.func, ast.Attribute) and not is_of_a_library(node.func):
            yield from _parts_of(node.func.value)
    for child in children:
        yield from _parts_of(child)


def _is_held(node):
    """Whether a node is a variable, or an attribute or entry of one, or of such."""
    while isinstance(node, ast.Attribute | ast.Subscript):
        node = node.value
    return isinstance(node, ast.Name)


def _are_numbers(values):
    """Whether an expression was computed, and to real numbers each time."""
    return bool(values) and not any(value is None or value.dtype.kind == "c" for value in values)


def _size(values):
    return sum(value.size for value in values)


def _apart(row, values):
    """The entries of a row in arrays of the shapes of some values."""
    ends = np.cumsum([np.size(value) for value in values])[:-1]
    return [part.reshape(np.shape(value)) for part, value in zip(np.split(row, ends), values)]


def _is_multiple(row, its):
    """Whether a row of numbers is a multiple of another one, and not zero."""
    square = its @ its
    if not (square > 0 and row.any()):
        return False
    return bool((abs(row - row @ its / square * its) <= 10 * DIGITS * abs(row).max()).all())


def _times(factor):
    """A factor before what it multiplies."""
    if abs(factor) == 1:
        return "minus " * (factor < 0)
    return f"{said(factor)} times "
