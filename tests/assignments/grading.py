"""Constants and mutants of the references, and the graders that run thousands of them in seconds."""

import ast
import atexit
import copy
from dataclasses import dataclass

from answers import FOLDER, Assignment
from benches import Grader

GRADERS = {}


def grader(name, folder=FOLDER):
    """The grader of an assignment's answers, whose child processes live as long as this process."""
    key = name, str(folder)
    if key not in GRADERS:
        GRADERS[key] = Grader(Assignment(name, folder), limit=60)
        atexit.register(GRADERS[key].close)
    return GRADERS[key]


# Constants: answers that know nothing. Where a shape is needed it is taken from the reference, call by call,
# which is more than a student without an answer could do.

SHAPED = """
import copy as _copy
_right = {function}

def _like(result, make):
    if result is None:
        return None
    if isinstance(result, dict):
        return {{key: _like(value, make) for key, value in result.items()}}
    if isinstance(result, (tuple, list)):
        return type(result)(_like(part, make) for part in result)
    return result if isinstance(result, str) else make(result)

def _filled(value):
    def make(result):
        made = np.full(np.shape(result), value) if np.ndim(value) == 0 else np.resize(value, np.shape(result))
        if np.isfinite(made).all():
            made = made.astype(np.asarray(result).dtype)
        return made if isinstance(result, np.ndarray) else made.item()
    return make

def {function}(*args, **kwargs):
    return _like(_right(*_copy.deepcopy(args), **_copy.deepcopy(kwargs)), {make})
"""

FIXED = """
_right, _results = {function}, []

def {function}(*args, **kwargs):
    if not _results:
        _results.append(_right(*args, **kwargs))
    return _results[0]
"""

EQUAL_TO_EVERYTHING = """
class Yes:
    def _yes(self, *others):
        return True
    def _self(self, *others, **named):
        return self
    __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = __contains__ = __bool__ = _yes
    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __truediv__ = __rtruediv__ = _self
    __matmul__ = __rmatmul__ = __abs__ = __neg__ = _self
    __call__ = __getitem__ = __getattr__ = _self
    __hash__ = None
    def __len__(self):
        return 1
    def __iter__(self):
        return iter([self])

class YesArray(np.ndarray):
    def __eq__(self, other):
        return True
    def __array_ufunc__(self, ufunc, method, *inputs, **named):
        return True if ufunc in (np.equal, np.less, np.less_equal, np.isfinite, np.isclose) else 0.0
    def __array_function__(self, function, types, args, named):
        return True

class YesFloat(float):
    def __eq__(self, other):
        return True
    __lt__ = __le__ = __gt__ = __ge__ = __eq__
    def __sub__(self, other):
        return 0.0
    __rsub__ = __sub__
    __hash__ = float.__hash__
"""


def constants(question):
    """Pairs (name, source) of answers that cannot be right, whatever the question."""
    name = question.function
    plain = {
        "None": "None",
        "0": "0",
        "0.0": "0.0",
        "1": "1",
        "nan": "float('nan')",
        "True": "True",
        "an empty array": "np.array([])",
        "a word": "'right'",
    }
    for told, value in plain.items():
        yield told, f"def {name}(*args, **kwargs):\n    return {value}\n"
    for place in range(_arguments(question)):
        yield f"argument {place + 1}", f"def {name}(*args, **kwargs):\n    return [*args, *kwargs.values()][{place}]\n"
    for told, value in {
        "zeros": "0",
        "ones": "1",
        "NaNs": "np.nan",
        "random numbers": "np.random.default_rng(0).standard_normal(999)",
    }.items():
        yield f"{told} of the right shape", question.reference + SHAPED.format(function=name, make=f"_filled({value})")
    if _arguments(question):
        yield "the first result again and again", question.reference + FIXED.format(function=name)
    for told, value in {
        "an object": "Yes()",
        "an array": "np.zeros(1).view(YesArray)",
        "a number": "YesFloat(0)",
    }.items():
        yield (
            f"{told} that equals everything",
            EQUAL_TO_EVERYTHING + f"\ndef {name}(*args, **kwargs):\n    return {value}\n",
        )
    for count in range(1, 5):
        yield (
            f"{count} objects that equal everything",
            EQUAL_TO_EVERYTHING + f"\ndef {name}(*args, **kwargs):\n    return [Yes() for _ in range({count})]\n",
        )
    shaped = SHAPED.format(
        function=name,
        make="lambda result: np.zeros(np.shape(result)).view(YesArray) if np.ndim(result) else YesFloat(0)",
    )
    yield "right shapes that equal everything", question.reference + EQUAL_TO_EVERYTHING + shaped


def _arguments(question):
    function = next(
        node
        for node in ast.walk(ast.parse(question.reference))
        if isinstance(node, ast.FunctionDef) and node.name == question.function
    )
    return len(function.args.posonlyargs + function.args.args + function.args.kwonlyargs)


# Mutants: the reference with one thing changed in its syntax tree


@dataclass(frozen=True)
class Mutant:
    """A reference with one change: the kind of change, the line as Python writes it back before and after, and the
    whole cell.
    """

    what: str
    line: str
    changed: str
    source: str


OPERATORS = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.MatMult: ast.Mult,
    ast.Pow: ast.Mult,
    ast.FloorDiv: ast.Div,
    ast.Mod: ast.FloorDiv,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
}
COMPARISONS = {
    ast.Lt: (ast.LtE, ast.Gt),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.Lt),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
NAMES = {
    "zeros": "ones",
    "ones": "zeros",
    "zeros_like": "ones_like",
    "ones_like": "zeros_like",
    "sum": "mean",
    "mean": "sum",
    "max": "min",
    "min": "max",
    "argmax": "argmin",
    "argmin": "argmax",
    "maximum": "minimum",
    "minimum": "maximum",
    "sin": "cos",
    "cos": "sin",
    "hstack": "vstack",
    "vstack": "hstack",
}
ASYMMETRIC = (ast.Sub, ast.Div, ast.MatMult, ast.Pow, ast.FloorDiv, ast.Mod)


def _changes(node):
    """Pairs (what is changed, the node that takes this one's place) for one node of a syntax tree."""

    def altered(**fields):
        other = copy.deepcopy(node)
        for name, value in fields.items():
            setattr(other, name, value)
        return other

    if isinstance(node, (ast.BinOp, ast.AugAssign)) and type(node.op) in OPERATORS:
        yield "operator", altered(op=OPERATORS[type(node.op)]())
    if isinstance(node, ast.BinOp):
        yield "left part alone", node.left
        yield "right part alone", node.right
        if isinstance(node.op, ASYMMETRIC):
            yield "sides swapped", altered(left=node.right, right=node.left)
    if isinstance(node, ast.AugAssign):
        yield "assignment for accumulation", ast.Assign([node.target], node.value)
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, (ast.USub, ast.Not)):
        yield "sign or not dropped", node.operand
    if isinstance(node, ast.Constant) and isinstance(node.value, bool):
        yield "constant", altered(value=not node.value)
    elif isinstance(node, ast.Constant) and isinstance(node.value, (int, float)):
        yield "constant", altered(value=node.value + 1)
        yield "constant", altered(value=node.value - 1)
    if isinstance(node, ast.Compare):
        for place, operator in enumerate(node.ops):
            for other in COMPARISONS[type(operator)]:
                yield "comparison", altered(ops=[*node.ops[:place], other(), *node.ops[place + 1 :]])
    if isinstance(node, ast.BoolOp):
        yield "and, or", altered(op=ast.Or() if isinstance(node.op, ast.And) else ast.And())
    if isinstance(node, (ast.If, ast.IfExp, ast.While)):
        yield "condition turned", altered(test=ast.UnaryOp(ast.Not(), node.test))
    if isinstance(node, ast.Call):
        for place in range(len(node.args) - 1):
            yield (
                "arguments swapped",
                altered(args=[*node.args[:place], node.args[place + 1], node.args[place], *node.args[place + 2 :]]),
            )
        for place in range(len(node.keywords)):
            yield "keyword dropped", altered(keywords=[*node.keywords[:place], *node.keywords[place + 1 :]])
        if (
            isinstance(node.func, ast.Attribute)
            and node.func.attr in ("copy", "transpose", "ravel", "reshape")
            and not (isinstance(node.func.value, ast.Name) and node.func.value.id == "np")
        ):
            yield "method dropped", node.func.value
    if isinstance(node, ast.Attribute):
        if node.attr == "T":
            yield "transpose dropped", node.value
        if node.attr in NAMES:
            yield "another function", altered(attr=NAMES[node.attr])
    if isinstance(node, (ast.Tuple, ast.List)) and isinstance(node.ctx, ast.Load) and len(node.elts) > 1:
        for place in range(len(node.elts)):
            yield "one part left out", altered(elts=[*node.elts[:place], *node.elts[place + 1 :]])
        for place in range(len(node.elts) - 1):
            yield (
                "parts swapped",
                altered(elts=[*node.elts[:place], node.elts[place + 1], node.elts[place], *node.elts[place + 2 :]]),
            )
    if isinstance(node, ast.Return) and node.value is not None:
        yield (
            "part of the result",
            altered(value=ast.Subscript(node.value, ast.Slice(None, ast.Constant(-1)), ast.Load())),
        )
    if isinstance(node, (ast.Assign, ast.AugAssign, ast.Expr, ast.Return, ast.For, ast.If, ast.While)) and not (
        isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    ):
        yield "statement dropped", ast.Pass()
    if isinstance(node, (ast.For, ast.While)):
        yield "loop left after its first round", altered(body=[*node.body, ast.Break()])


def mutants(source):
    """Every answer that differs from this one by one change of its syntax tree, each once."""
    tree = ast.parse(source)
    before = ast.unparse(tree)
    seen = {before}
    for count, node in enumerate(list(ast.walk(tree))):
        for what, other in _changes(node):
            changed = copy.deepcopy(tree)
            target = list(ast.walk(changed))[count]
            changed = ast.fix_missing_locations(_Replace(target, copy.deepcopy(other)).visit(changed))
            after = ast.unparse(changed)
            if after not in seen:
                seen.add(after)
                yield Mutant(what, *_difference(before, after), after)


class _Replace(ast.NodeTransformer):
    def __init__(self, node, other):
        self.node, self.other = node, other

    def visit(self, node):
        return self.other if node is self.node else self.generic_visit(node)


def _difference(before, after):
    """The lines that differ, without indentation: from the first to the last one that is not in both."""
    old, new = before.splitlines(), after.splitlines()
    while old and new and old[0] == new[0]:
        del old[0], new[0]
    while old and new and old[-1] == new[-1]:
        del old[-1], new[-1]
    return "\n".join(line.strip() for line in old), "\n".join(line.strip() for line in new)
