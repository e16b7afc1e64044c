"""What the expressions of a function are worth while it runs, and what a changed one would be worth without a run."""

import ast
import builtins
import copy
import math
import operator
import sys
import types

import numpy as np

from .changes import ASSIGNMENTS, DISPLAYS, bodies_in, held_at, places_in, put_at
from .program import compiled

MOST_TIMES = 50  # that a statement runs: of one that runs more often the first ones alone are known
MOST_ENTRIES = 20_000  # of an array that is kept
LONG = 50  # entries of a list that is kept
BEGINS, IS_WORTH = "__begins__", "__is_worth__"  # names that no program has
OPERATORS = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
    ast.Pow: operator.pow,
    ast.MatMult: operator.matmul,
    ast.USub: operator.neg,
    ast.UAdd: operator.pos,
    ast.Invert: operator.invert,
    ast.Not: operator.not_,
    ast.Gt: operator.gt,
    ast.Lt: operator.lt,
    ast.GtE: operator.ge,
    ast.LtE: operator.le,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
}
# Functions that change nothing and remember nothing, besides the ufuncs of NumPy and the functions of math.
OF_NUMPY = set(
    "all any amax amin append arange argmax argmin argsort array asarray atleast_2d broadcast_to clip concatenate "
    "count_nonzero cumprod cumsum delete diag dot einsum expand_dims eye flip full full_like hstack identity inner "
    "insert kron linspace matmul max mean min ones ones_like outer prod ravel repeat reshape roll sort squeeze stack "
    "std sum swapaxes tensordot tile trace transpose var vdot vstack where zeros zeros_like".split()
)
OF_ARRAYS = set(
    "all any argmax argmin astype clip copy cumsum dot flatten item max mean min prod ravel reshape squeeze std sum "
    "swapaxes trace transpose var".split()
)
OF_PYTHON = {"len": len, "abs": abs, "float": float, "int": int, "sum": sum, "max": max, "min": min, "range": range}
ATTRIBUTES = ("T", "size", "shape", "ndim")
PLAIN = (int, float, complex, str, np.number, np.bool_, type(None))
SCOPES = (ast.Lambda, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp, ast.FunctionDef)
COMPUTED_ONCE = (*ASSIGNMENTS, ast.Return, ast.Expr, ast.For, ast.If, ast.Lambda)


class Unknown(Exception):
    """What cannot be told from what was seen."""


class Seen:
    """The values of a function's expressions, each time that one of its statements ran.

    Attributes
    ----------
    places : dict
        The id of an expression → its Place in the function's tree.
    times : dict
        The id of a statement → for each time that it ran, what was known then: by the id of an expression its value
        in the statement, by the text of a variable or word its value before.
    """

    def __init__(self, function, words):
        self.function, self.names = function, function.objects[0].__globals__
        self.words, self.texts = words, {id(word.node): word.text for word in words}
        self.codes = [(word.text, compile(word.text, "<word>", "eval")) for word in words if "(" not in word.text]
        self.places = {
            id(place.node): place for place in places_in(function.tree) if _has_a_value(place, function.tree)
        }
        self.times, self._now = {}, {}
        self.is_known = not any(isinstance(node, ast.Try) for node in ast.walk(function.tree))

    def watch(self, run):
        """See what the function computes in ``run()``."""
        before = self.function.objects[0].__code__
        code = compiled(self._watched_tree(), before)
        try:
            self.names.update({BEGINS: self._begins, IS_WORTH: self._is_worth})
            self.function.take(code)
            run()
        finally:
            self.function.take(before)
            self.names.pop(BEGINS, None)
            self.names.pop(IS_WORTH, None)
            self._now = {}

    def _watched_tree(self):
        """The function's tree, in which every statement tells that it begins, and every expression what it is worth."""
        tree = copy.deepcopy(self.function.tree)
        copied = dict(zip(map(id, ast.walk(self.function.tree)), ast.walk(tree)))
        for number, place in self.places.items():
            owner, numbers = copied[id(place.owner)], [ast.Constant(id(place.statement)), ast.Constant(number)]
            there = owner, place.field, place.index
            put_at(*there, ast.Call(ast.Name(IS_WORTH, ast.Load()), [*numbers, held_at(*there)], []))
        for number in {id(place.statement) for place in self.places.values()}:
            locals_now = ast.Call(ast.Name("locals", ast.Load()), [], [])
            told = ast.Call(ast.Name(BEGINS, ast.Load()), [ast.Constant(number), locals_now], [])
            _before(tree, copied[number], told)
        return ast.fix_missing_locations(tree)

    def _begins(self, number, variables):
        times = self.times.setdefault(number, [])
        if len(times) > MOST_TIMES:
            self._now[number] = sys._getframe(1), None
            return
        known = {name: _kept(value) for name, value in variables.items()}
        for text, code in self.codes:
            if text not in known:
                try:
                    known[text] = _kept(eval(code, self.names, variables))
                except Exception:  # what has no value yet, or none of this kind
                    continue
        times.append(known)
        self._now[number] = sys._getframe(1), known

    def _is_worth(self, number, node, value):
        frame, known = self._now[number]
        if frame is not sys._getframe(1):
            self.is_known = False  # the function was called once more before the statement had ended
        elif known is not None:
            known[node] = _kept(value)
        return value

    # What a changed expression would be worth.

    def changed_by(self, change):
        """The expression whose value a change changes: the outermost that can be told, and its value the first time.

        Raises
        ------
        Unknown
            Where it cannot be told.
        Exception
            What the changed expression raises.
        """
        times = self.times.get(id(change.statement))
        if not self.is_known or not times or len(change.edits) != 1 or not isinstance(change.edits[0][3], ast.expr):
            raise Unknown
        within = change.around[:0:-1]  # the expressions around it, the innermost first
        old, new = (change.replaced, *within), (change.edits[0][3], *within)
        told, known, changed = None, times[0], {}
        with change.made():
            for k, level in enumerate(new):
                if id(old[k]) not in self.places:
                    if k:
                        break
                    continue  # a constant, a part of an index or the function of a call
                if id(old[k]) not in known:  # the other branch was computed
                    break
                try:
                    changed[id(level)] = self._computed(level, known, changed)
                except Unknown:
                    break
                if told is None or not any(isinstance(each, DISPLAYS) for each in new[1 : k + 1]):
                    told = k
            else:
                if told is not None:
                    _check_sum(change.statement, changed[id(new[-1])], known)
        if told is None:
            raise Unknown
        return old[told], changed[id(new[told])]

    def each_time(self, change, node):
        """The values of that expression with the change, each time that its statement ran."""
        within = change.around[:0:-1]
        old, new = (change.replaced, *within), (change.edits[0][3], *within)
        values = []
        with change.made():
            for known in self.times[id(change.statement)]:
                changed = {}
                for before, level in zip(old, new):
                    if id(before) in self.places:
                        changed[id(level)] = self._computed(level, known, changed)
                    if before is node:
                        break
                values.append(changed[id(level)])
        return values

    def as_it_is(self, node):
        """The values of an expression as it stands, each time that its statement ran.

        Raises
        ------
        Unknown
            Where it ran too often.
        """
        times = self.times[id(self.places[id(node)].statement)]
        if len(times) > MOST_TIMES:
            raise Unknown
        return [_if_kept(known.get(id(node), Unknown)) for known in times]

    def _computed(self, node, known, changed):
        """The value of an expression, some of whose parts are ``changed``."""

        def of(part):
            number = id(part)
            if number in changed:
                return changed[number]
            if number in known:
                return _if_kept(known[number])
            return self._computed(part, known, changed)

        if isinstance(node, ast.Constant):
            return node.value
        if isinstance(node, ast.BinOp) and type(node.op) in OPERATORS:
            return OPERATORS[type(node.op)](of(node.left), of(node.right))
        if isinstance(node, ast.UnaryOp):
            return OPERATORS[type(node.op)](of(node.operand))
        if isinstance(node, ast.Compare) and len(node.ops) == 1 and type(node.ops[0]) in OPERATORS:
            return OPERATORS[type(node.ops[0])](of(node.left), of(node.comparators[0]))
        text = self.texts.get(id(node)) or getattr(node, "id", "")
        if text in known:
            return _if_kept(known[text])
        if isinstance(node, ast.Name):
            if node.id not in self.names and node.id not in vars(builtins):
                raise NameError(node.id)
            if isinstance(self.names.get(node.id, Unknown), (*PLAIN, np.ndarray)):
                return self.names[node.id]
            raise Unknown
        if isinstance(node, ast.Attribute):
            value = getattr(of(node.value), node.attr)  # raises what the program would
            if node.attr not in ATTRIBUTES:
                raise Unknown
            return value
        if isinstance(node, ast.Subscript):
            return of(node.value)[of(node.slice)]
        if isinstance(node, ast.Slice):
            return slice(*(part and of(part) for part in (node.lower, node.upper, node.step)))
        if isinstance(node, ast.Tuple | ast.List):
            return (tuple if isinstance(node, ast.Tuple) else list)(map(of, node.elts))
        if isinstance(node, ast.Call):
            return self._called(node, of)
        raise Unknown

    def _called(self, node, of):
        function = node.func
        keywords = {each.arg: each.value for each in node.keywords}
        if None in keywords or "out" in keywords or any(isinstance(each, ast.Starred) for each in node.args):
            raise Unknown
        if isinstance(function, ast.Name):
            call = self.names.get(function.id, OF_PYTHON.get(function.id))
            is_fit = isinstance(call, np.ufunc) or call is not None and call is OF_PYTHON.get(function.id)
        elif not isinstance(function, ast.Attribute):
            raise Unknown
        elif isinstance(module := self.names.get(getattr(function.value, "id", "")), types.ModuleType):
            call = getattr(module, function.attr)
            is_fit = module is math or module is np and (isinstance(call, np.ufunc) or function.attr in OF_NUMPY)
        else:
            array = of(function.value)
            call = getattr(array, function.attr)  # raises what the program would
            is_fit = isinstance(array, np.ndarray | np.number) and function.attr in OF_ARRAYS
        if not is_fit:
            raise Unknown
        return call(*map(of, node.args), **{name: of(value) for name, value in keywords.items()})


def _has_a_value(place, tree):
    """Whether an expression is computed once each time that its statement runs."""
    node = place.node
    is_read = isinstance(getattr(node, "ctx", ast.Load()), ast.Load) and not place.called
    apart = (ast.Slice, ast.Starred, ast.JoinedStr, ast.FormattedValue, ast.Constant)
    if not isinstance(place.statement, COMPUTED_ONCE) or not is_read or isinstance(node, apart):
        return False
    if isinstance(node, ast.Tuple) and any(isinstance(each, ast.Slice | ast.Starred) for each in node.elts):
        return False
    around = (place.statement, *place.above)
    return not any(isinstance(each, (*SCOPES, ast.JoinedStr)) and each is not tree for each in around)


def _before(tree, statement, call):
    """Make a statement of the tree, or the tree itself if it is a lambda, begin with a call."""
    if statement is tree:
        tree.body = ast.Subscript(ast.Tuple([call, tree.body], ast.Load()), ast.Constant(1), ast.Load())
        return
    for _, _, held in bodies_in(tree):
        for k, each in enumerate(held):
            if each is statement:
                held.insert(k, ast.Expr(call))
                return


def _check_sum(statement, value, known):
    """Raise ValueError where something is added to an array that cannot be."""
    before = known.get(ast.unparse(statement.target)) if isinstance(statement, ast.AugAssign) else None
    if isinstance(before, np.ndarray) and np.broadcast_shapes(np.shape(value), before.shape) != before.shape:
        raise ValueError


def _kept(value, depth=2):
    """A copy of a value, which stays as it is; Unknown where there is none."""
    if isinstance(value, (*PLAIN, slice, range)):
        return value
    if type(value) is np.ndarray and value.dtype != object:
        return value.copy() if value.size <= MOST_ENTRIES else Unknown
    if type(value) in (list, tuple, dict) and depth and len(value) <= LONG:
        entries = value.values() if type(value) is dict else value
        kept = [_kept(each, depth - 1) for each in entries]
        if not any(each is Unknown for each in kept):
            return dict(zip(value, kept)) if type(value) is dict else type(value)(kept)
    return Unknown


def _if_kept(value):
    if value is Unknown:
        raise Unknown
    return value
