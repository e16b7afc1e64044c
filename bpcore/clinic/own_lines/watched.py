"""A program whose expressions tell what they are worth while it runs, and can be given other values."""

import ast
import contextlib
import copy

import numpy as np

from .changes import Place, bodies_in, held_at, places_in, put_at
from .program import compiled

PASSES = "__passes__"  # a name that no program has
NO_VALUES = (ast.Slice, ast.Starred, ast.JoinedStr, ast.FormattedValue, ast.Constant, ast.Lambda)
HARMLESS = {"abs", "int", "len", "max", "min", "round", "str", "tuple"}  # functions that change nothing
MOST_NUMBERS = 500_000  # that are kept of all expressions


class TooMuch(Exception):
    """More numbers than are kept."""


class Watched:
    """The expressions of some functions.

    Parameters
    ----------
    functions : list of OwnFunction

    Attributes
    ----------
    nodes : list
        Pairs: an OwnFunction, and the Place of an expression in it.
    numbers : dict
        The id of an expression → its place in ``nodes``.
    order : dict
        An expression → how many others were computed for the first time before it.
    """

    def __init__(self, functions):
        self.functions = functions
        self.nodes, self.numbers, self.order = [], {}, {}
        self.seen, self.given = None, {}
        self.sums = {}  # the target of a +=, *= and the like, after it → the same before
        self.lists = set()  # expressions that are lists, tuples or dicts

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

    def seen_in(self, run):
        """What ``run()`` returns, and for each expression its values, one for each time that it is computed.

        None stands for a value that is no real or complex number or array of these.
        """
        self.seen, self.kept = [[] for _ in self.nodes], 0
        try:
            return run(), self.seen
        finally:
            self.seen = None

    def with_values(self, given, run, added=False):
        """What ``run()`` returns if some expressions have other values, or values with something ``added``.

        ``given`` holds pairs: an expression, and its values, one for each time that it is computed.

        Raises
        ------
        ValueError
            If one is computed less often than that.
        """
        self.given, self.added = {node: list(values) for node, values in given}, added
        try:
            came = run()
            if any(self.given.values()):
                raise ValueError("an expression was computed less often than before")
            return came
        finally:
            self.given = {}

    def _passes(self, node, value):
        if self.seen is None and node not in self.given:  # as nearly always
            return value
        if self.seen is not None:
            self.order.setdefault(node, len(self.order))
            is_number = isinstance(value, float | complex | int | np.ndarray | np.generic)
            values = np.array(value) if is_number and np.asarray(value).dtype.kind in "fcbiu" else None
            if isinstance(value, list | tuple | dict):
                self.lists.add(node)
            self.kept += 0 if values is None else values.size
            if self.kept > MOST_NUMBERS:
                raise TooMuch
            self.seen[node].append(values)
        if node not in self.given:
            return value
        given = self.given[node].pop(0)
        given = value + given if self.added else np.array(given)  # which the program may change in place
        if node in self.sums and isinstance(value, np.ndarray):  # which others may hold as well
            value[...] = given
            return value
        return given if isinstance(value, np.ndarray) else given[()]

    def _watched_tree(self, function):
        """The function's tree, in which every expression passes its value through this object."""
        tree = copy.deepcopy(function.tree)
        copied, around = dict(zip(map(id, ast.walk(function.tree)), ast.walk(tree))), {}

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
        for _, _, body in bodies_in(function.tree):
            for statement in body:
                if isinstance(statement, ast.AugAssign) and not _does_something(statement.target):
                    there, target = copied[id(statement)], statement.target
                    place = Place(statement, "target", None, target, statement)
                    before, after = passed(place, _read(target)), passed(place, _read(target))
                    self.sums[len(self.nodes) - 1] = len(self.nodes) - 2
                    around[id(there)] = [ast.Expr(before), there, ast.Assign([copy.deepcopy(target)], after)]
        for _, _, body in bodies_in(tree):
            body[:] = [part for each in body for part in around.get(id(each), [each])]
        return ast.fix_missing_locations(tree)


def _read(target):
    """The expression that reads what is assigned to a target."""
    read = copy.deepcopy(target)
    read.ctx = ast.Load()
    return read


def _does_something(target):
    """Whether reading what is assigned to may change something: ``x[next(k)]``, but not ``x[int(k)]`` or ``x[-1]``."""
    called = [part.func for part in ast.walk(target) if isinstance(part, ast.Call)]
    return any(not isinstance(function, ast.Name) or function.id not in HARMLESS for function in called)


def _has_a_value(place):
    """Whether an expression is read, and neither a function, a part of an index, nor written in the program."""
    node = place.node
    is_read = isinstance(getattr(node, "ctx", ast.Load()), ast.Load) and not place.called and place.field != "keys"
    if not is_read or place.counts or isinstance(node, NO_VALUES):
        return False
    is_index = isinstance(node, ast.Tuple) and any(isinstance(each, ast.Slice | ast.Starred) for each in node.elts)
    return not is_index and not any(isinstance(each, ast.JoinedStr) for each in place.above)
