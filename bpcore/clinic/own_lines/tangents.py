"""A cost whose expressions tell what they are worth and how fast they change, and can be made to change otherwise."""

import ast
import contextlib
import copy

import numpy as np

from ...checking import METHODS, one_number
from .changes import Place, held_at, places_in, put_at
from .program import compiled

PASSES = "__passes__"  # a name that no program has
NO_VALUES = (ast.Slice, ast.Starred, ast.JoinedStr, ast.FormattedValue, ast.Constant, ast.Lambda)
MOST_NUMBERS = 500_000  # that are kept of all expressions
COMPLEX = METHODS["complex"].step
STEP = 3e-4  # of differences along directions that are some units long
# Step, and what a value there counts in a derivative: one complex step, or differences of the fourth order.
BY_COMPLEX_STEP = ((1j * COMPLEX, None),)
BY_DIFFERENCES = tuple((sign * k * STEP, sign * w / STEP) for k, w in ((1, 2 / 3), (2, -1 / 12)) for sign in (1, -1))


class TooMuch(Exception):
    """More numbers than are kept."""


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


class Tangents:
    """The expressions of the functions that a cost runs through.

    Parameters
    ----------
    cost : callable
    functions : list of OwnFunction
    steps : tuple
        ``BY_COMPLEX_STEP``, or ``BY_DIFFERENCES`` for a cost that does not take complex numbers.

    Attributes
    ----------
    nodes : list
        Pairs: an OwnFunction, and the Place of an expression in it.
    numbers : dict
        The id of an expression → its place in ``nodes``.
    order : dict
        An expression → how many others are computed for the first time before it.
    """

    def __init__(self, cost, functions, steps):
        self.cost, self.functions, self.steps = cost, functions, steps
        self.close = 1e-9 if steps is BY_COMPLEX_STEP else 1e-2  # of a value: what steps to both sides do to it
        self.nodes, self.numbers, self.order = [], {}, {}
        self.seen = self.active = self.given = None

    @contextlib.contextmanager
    def watching(self):
        """The functions pass the values of their expressions through this object, for as long as the context lasts."""
        with contextlib.ExitStack() as stack:
            for function in self.functions:
                code = compiled(self._watched_tree(function), function.objects[0].__code__)
                stack.callback(function.take, function.objects[0].__code__)
                for each in function.objects:
                    names = each.__globals__
                    names[PASSES] = self._passes
                    stack.callback(names.pop, PASSES, None)
                function.take(code)
            yield

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
        shorter = max(1.0, *(abs(t).max(initial=0) for t in tangents))  # a difference over a long step is none
        values = []
        for step, _ in self.steps:
            moved = zip(along.worth[node], tangents)
            self.active, self.given = node, [worth + step / shorter * t for worth, t in moved]
            try:
                values.append(one_number(self.cost, along.place + step / shorter * along.direction))
            finally:
                self.active = None
            if self.given:
                raise ValueError("an expression was computed less often than before")
        if abs(np.mean(np.real(values)) - along.value) > self.close * abs(along.value):
            raise ValueError("the cost is another")
        return shorter * self._derivative(values)

    def _derivative(self, values):
        if self.steps is BY_COMPLEX_STEP:
            return np.imag(values[0]) / COMPLEX
        return sum(weight * value for (_, weight), value in zip(self.steps, values))

    def _seen_at(self, place):
        """The cost, and for each expression its values, one for each time that it is computed."""
        self.seen, self.kept = [[] for _ in self.nodes], 0
        try:
            return one_number(self.cost, place), self.seen
        finally:
            self.seen = None

    def _passes(self, node, value):
        if self.seen is not None:
            self.order.setdefault(node, len(self.order))
            is_number = isinstance(value, float | complex | np.ndarray | np.number)
            values = np.array(value) if is_number and np.asarray(value).dtype.kind in "fc" else None
            self.kept += 0 if values is None else values.size
            if self.kept > MOST_NUMBERS:
                raise TooMuch
            self.seen[node].append(values)
        if node != self.active:
            return value
        given = self.given.pop(0)
        return given if isinstance(value, np.ndarray) else given[()]

    def _watched_tree(self, function):
        """The function's tree, in which every expression passes its value through this object."""
        tree = copy.deepcopy(function.tree)
        copied = dict(zip(map(id, ast.walk(function.tree)), ast.walk(tree)))

        def passed(place, value):
            self.numbers[id(place.node)] = len(self.nodes)
            self.nodes.append((function, place))
            return ast.Call(ast.Name(PASSES, ast.Load()), [ast.Constant(len(self.nodes) - 1), value], [])

        for place in places_in(function.tree):
            if _has_a_value(place):
                there = copied[id(place.owner)], place.field, place.index
                put_at(*there, passed(place, held_at(*there)))
        for loop in function.loops:  # what a round begins with need not be read in it
            for name in ast.walk(getattr(loop, "target", ast.Pass())):
                if isinstance(name, ast.Name) and isinstance(name.ctx, ast.Store):
                    value = passed(Place(loop, "target", None, name, loop), ast.Name(name.id, ast.Load()))
                    copied[id(loop)].body.insert(0, ast.Expr(value))
        return ast.fix_missing_locations(tree)


def _has_a_value(place):
    """Whether an expression is read, and neither a function, a part of an index, nor written in the program."""
    node = place.node
    is_read = isinstance(getattr(node, "ctx", ast.Load()), ast.Load) and not place.called and place.field != "keys"
    if not is_read or place.counts or isinstance(node, NO_VALUES):
        return False
    is_index = isinstance(node, ast.Tuple) and any(isinstance(each, ast.Slice | ast.Starred) for each in node.elts)
    return not is_index and not any(isinstance(each, ast.JoinedStr) for each in place.above)


def _together(values):
    """The values as real arrays; None where one of them is none, or there are none."""
    known = values and all(value is not None for value in values)
    return [np.real(value).astype(float) for value in values] if known else None
