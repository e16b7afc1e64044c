"""The functions that a gradient runs through, as trees that can be changed, compiled and tried."""

import ast
import functools
import inspect
import linecache
import math
import sys
import sysconfig
import types
from collections import deque
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ..structures import OnVectors

MOST_STEPS = 400_000  # of the interpreter, in one call that is watched
ROUND = "isidentifier"  # a method of texts that no gradient calls
# Of abstract classes, whose answers are remembered: whether they are called depends on what was run before.
REMEMBERED = {"__subclasscheck__", "__subclasshook__", "_abc_subclasscheck"}
GROWING = ("factorial", "comb", "perm")  # functions of whole numbers that grow beyond all bounds
LARGEST = 1_000  # number that those of the module math take while programs are changed
MOST_OBJECTS = 100_000  # that are looked at
DEPTH = 12  # so far from the gradient functions and arrays are looked for
PLAIN = (int, float, complex, bool, str, bytes, type(None))  # types of objects that lead nowhere
# The folders of this package, of Python and of its libraries; where Python runs in a browser, sysconfig spells them
# otherwise than the files that are loaded from them.
NOT_OWN = tuple(
    {
        *(str(Path(file).resolve().parents[k]) for file, k in ((__file__, 2), (np.__file__, 1), (ast.__file__, 0))),
        *map(sysconfig.get_path, ("stdlib", "purelib", "platlib")),
    }
)
# Files that hand a program over to the doctor: their functions are followed, and never changed.
HANDING_OVER = set()


class TooLong(BaseException):
    """A call that takes more steps than are watched; programs that catch everything are not changed."""


FAILURES = Exception, TooLong, SystemExit  # what a changed program may raise


@dataclass
class OwnFunction:
    """A function of the program, whose tree can be changed.

    Attributes
    ----------
    name, file : str
    tree : ast.FunctionDef or ast.Lambda
        Its lines are those of the file. Branches that never ran, beside others that did, are left out.
    objects : list
        The functions that have this code.
    values : dict
        Name → value, of its variables when it returned last and of its module's.
    """

    name: str
    file: str
    tree: ast.AST
    objects: list
    values: dict

    @functools.cached_property
    def loops(self):
        """Those of its tree, of which no change makes another one."""
        return [node for node in ast.walk(self.tree) if isinstance(node, ast.For | ast.While)]

    @property
    def can_be_endless(self):
        """Whether it has a loop that another value could make endless."""
        return any(isinstance(loop, ast.While) for loop in self.loops)

    @contextmanager
    def as_it_stands(self):
        """The function computes what its tree says now, for as long as the context lasts.

        Raises
        ------
        SyntaxError, ValueError, StopIteration
            If the tree is no function that could stand in its place.
        """
        before = self.objects[0].__code__
        with rounds_counted(self.loops):
            changed = compiled(self.tree, before)
        try:
            self.take(changed)
            yield
        finally:
            self.take(before)

    def take(self, code):
        for function in self.objects:
            function.__code__ = code


@contextmanager
def rounds_counted(loops):
    """Each round of the loops calls a method, which ``limited`` sees, for as long as the context lasts."""
    for loop in loops:
        at = _place_of(loop)
        method = ast.Attribute(ast.Constant("", **at), ROUND, ast.Load(), **at)
        loop.body = [ast.Expr(ast.Call(method, [], [], **at), **at), *loop.body]
    try:
        yield
    finally:
        for loop in loops:
            loop.body = loop.body[1:]


def compiled(tree, before):
    """The code of a function's tree; ``before`` is the code that it stands for, whose closure it has to fit."""
    at = _place_of(tree)
    if isinstance(tree, ast.FunctionDef):
        name, plain = tree.name, ast.FunctionDef(tree.name, tree.args, tree.body, [], tree.returns, **at)
    else:
        name, plain = "<lambda>", ast.Expr(tree, **at)
    closure = ast.arguments([], [ast.arg(name, **at) for name in before.co_freevars], None, [], [], None, [])
    around = ast.FunctionDef("around", closure, [plain], [], **at)
    # the class, whose name is part of names that begin with two underscores
    within = before.co_qualname.rpartition(".")[0].rpartition(".")[2]
    module = ast.Module([ast.ClassDef(within, [], [], [around], [], **at)] if within.isidentifier() else [around], [])
    code = compile(module, before.co_filename, "exec", dont_inherit=True)
    for inner in (*[within] * within.isidentifier(), "around", name):
        code = next(each for each in code.co_consts if isinstance(each, types.CodeType) and each.co_name == inner)
    if code.co_freevars != before.co_freevars:
        raise ValueError("the changed function needs another closure")
    return code


def _place_of(node):
    """Where a node stands, as arguments of one that is to stand there too."""
    return {name: getattr(node, name) for name in ("lineno", "col_offset", "end_lineno", "end_col_offset")}


# What runs.


def watched(call):
    """What ran of the program's own files while ``call()`` ran.

    Returns
    -------
    ran : dict
        File → the places (line, last line, column, last column) of the instructions that ran.
    codes : dict
        The code of each function that ran → its module's names, and the values of its variables when it returned last.

    Raises
    ------
    TooLong
        After ``MOST_STEPS`` steps.
    """
    offsets, codes, left, resting = {}, {}, [MOST_STEPS], set()

    def step(frame, event, argument):
        if event == "opcode":
            offsets[frame.f_code].add(frame.f_lasti)
            left[0] -= 1
            if left[0] < 0:
                raise TooLong
        elif event == "return":
            codes[frame.f_code] = frame.f_globals, dict(frame.f_locals)
        return step

    def called(frame, event, argument):
        file = frame.f_code.co_filename
        if file in HANDING_OVER or not is_own(file):
            return None
        frame.f_trace, frame.f_trace_lines = step, False  # Python 3.13 asks for the function before the wish below
        frame.f_trace_opcodes = True
        offsets.setdefault(frame.f_code, set())
        if frame.f_code.co_flags & inspect.CO_GENERATOR:
            resting.add(frame)
        return step

    before, here = sys.gettrace(), sys._getframe()
    here.f_trace_opcodes = True  # Python 3.12 follows the first function only if this was wished before
    try:
        sys.settrace(called)
        call()
    finally:
        sys.settrace(before)
        here.f_trace_opcodes = False
        for frame in resting:  # one that goes on later would count on, under another tracer
            frame.f_trace, frame.f_trace_opcodes = None, False
    ran = {}
    for code, reached in offsets.items():
        places = list(code.co_positions())
        ran.setdefault(code.co_filename, set()).update(
            places[offset // 2] for offset in reached if None not in places[offset // 2]
        )
    return ran, codes


@functools.cache
def is_own(file):
    """Whether a file is the program's own, and neither Python's, a library's nor this package's."""
    return not file.startswith(("<frozen", *NOT_OWN))


class Ran:
    """Whether an instruction of a node ran; ``places`` are those of the instructions that ran, of one file."""

    def __init__(self, places):
        self.lines = {}
        for line, last, column, end in places:
            self.lines.setdefault(line, set()).add((column, last, end))

    def __call__(self, node):
        start, end = (node.lineno, node.col_offset), (node.end_lineno, node.end_col_offset)
        return any(
            start <= (line, column) and (last, last_column) <= end
            for line in range(node.lineno, node.end_lineno + 1)
            for column, last, last_column in self.lines.get(line, ())
        )

    def complete(self, tree):
        """Add the names that have no instruction of their own: Python 3.13 reads or sets two with one, at the first.

        What an expression works on ran if the expression did.
        """
        for node in ast.walk(tree):
            if isinstance(node, ast.Assign):
                names = [name for part in (*node.targets, node.value) for name in getattr(part, "elts", [part])]
                ran = any(map(self._itself, (*node.targets, *names[:-1])))
            else:
                names, ran = ast.iter_child_nodes(node), self._itself(node)
            for name in names if ran else ():
                if isinstance(name, ast.Name):
                    self.lines.setdefault(name.lineno, set()).add(_end_of(name))

    def _itself(self, node):
        """Whether an instruction ran that has the place of the node, and not that of a part of it."""
        is_either = isinstance(node, ast.IfExp | ast.BoolOp)
        return not is_either and hasattr(node, "lineno") and _end_of(node) in self.lines.get(node.lineno, ())


def _end_of(node):
    return node.col_offset, node.end_lineno, node.end_col_offset


class _OnlyWhatRan(ast.NodeTransformer):
    """A tree without the branches that never ran, where the other branch did."""

    def __init__(self, ran):
        self.ran = ran

    def visit_IfExp(self, node):
        self.generic_visit(node)
        first, second = self.ran(node.body), self.ran(node.orelse)
        return node if first == second else node.body if first else node.orelse

    def visit_If(self, node):
        self.generic_visit(node)
        first, second = (any(map(self.ran, part)) for part in (node.body, node.orelse))
        if first and node.orelse and not second:
            return node.body
        return node if first else node.orelse or ast.copy_location(ast.Pass(), node)


def calls_in(call):
    """How many functions ``call()`` calls, NumPy's and Python's included, and how many rounds of loops it counts."""
    with limited(sys.maxsize, sys.maxsize) as left:
        call()
    return sys.maxsize - left[0], sys.maxsize - left[1]


@contextmanager
def limited(calls, rounds):
    """No more than so many calls of functions and rounds of loops: a changed loop may have no end, and call nothing.

    Raises
    ------
    TooLong
        Within the call that is one too many.
    """
    left = [calls, rounds]

    def count(frame, event, argument):
        if event == "c_call":
            name = argument.__name__
        elif event == "call":
            name = frame.f_code.co_name
        else:
            return
        if name not in REMEMBERED:
            kind = event == "c_call" and name == ROUND
            left[kind] -= 1
            if left[kind] < 0:
                raise TooLong

    before = sys.getprofile()
    try:
        sys.setprofile(count)
        yield left
    finally:
        sys.setprofile(before)


@contextmanager
def unobserved():
    """The profiler is afterwards as before; one of C code, which cannot be set from Python, rests meanwhile.

    Functions of whole numbers that would take hours for a number that is a little larger refuse it meanwhile.
    """
    before, growing = sys.getprofile(), {name: getattr(math, name) for name in GROWING}
    of_c = hasattr(before, "disable") and not callable(before)
    try:
        if of_c:
            before.disable()
        for name, function in growing.items():
            setattr(math, name, _of_small_numbers(function))
        yield
    finally:
        for name, function in growing.items():
            setattr(math, name, function)
        sys.setprofile(None if of_c else before)
        if of_c:
            before.enable()


def _of_small_numbers(function):
    """The same function, which raises TooLong where a number is too large for it."""

    def called(*numbers):
        if any(number > LARGEST for number in numbers):
            raise TooLong
        return function(*numbers)

    return called


# Where the functions are.


def functions_of(reached, ran, codes):
    """The OwnFunctions of those codes whose functions are among the objects that were ``reached``."""
    objects, trees, found = {}, {}, []
    for function in reached:
        if isinstance(function, types.FunctionType):
            objects.setdefault(function.__code__, []).append(function)
    for code, (names, values) in codes.items():
        file = code.co_filename
        if code not in objects or file not in ran:
            continue
        if file not in trees:
            trees[file] = _tree_of(file, names)
        tree = trees[file] and _tree_of_function(trees[file], code)
        if tree is None:
            continue
        if any(_grows(node, names) or _catches_all(node) for node in ast.walk(tree)):
            return []  # a number that is a little larger would be computed for hours, or a loop could not be ended
        tree = _OnlyWhatRan(ran[file]).visit(tree)
        found.append(OwnFunction(code.co_name, file, tree, objects[code], {**names, **values}))
    return found


def _grows(node, names):
    """Whether a node is a function of whole numbers that grows beyond all bounds, and none that refuses large ones."""
    of_math = isinstance(node, ast.Attribute) and names.get(getattr(node.value, "id", "")) is math
    return getattr(node, "attr", getattr(node, "id", "")) in GROWING and not of_math


def _catches_all(node):
    """Whether a node catches TooLong too, after which Python calls the profiler no more and nothing is counted."""
    if isinstance(node, ast.Try):
        inner = [each for part in node.finalbody for each in ast.walk(part)]
        return any(isinstance(each, ast.Return | ast.Break | ast.Continue) for each in inner)
    if isinstance(node, ast.With):
        caught = [item.context_expr for item in node.items]
    elif isinstance(node, ast.ExceptHandler):
        caught = [node.type]
    else:
        return False
    named = [each for part in caught if part for each in ast.walk(part)]
    return None in caught or any("BaseException" in (getattr(e, "id", ""), getattr(e, "attr", "")) for e in named)


def _tree_of(file, names):
    linecache.checkcache(file)  # it may have been written anew, and run again
    lines = linecache.getlines(file, names)
    try:
        return ast.parse("".join(lines)) if lines else None
    except SyntaxError:
        return None


def _tree_of_function(tree, code):
    """The FunctionDef or Lambda that compiles to this code; None where there is none, as in a file changed since."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.FunctionDef | ast.Lambda) or getattr(node, "name", "<lambda>") != code.co_name:
            continue
        if min([node.lineno, *(each.lineno for each in getattr(node, "decorator_list", []))]) != code.co_firstlineno:
            continue
        try:
            same = compiled(node, code)
        except (SyntaxError, ValueError, StopIteration):
            continue
        if _content(same) == _content(code):
            return node
    return None


def _content(code):
    """What a code speaks of, and where it begins; its instructions depend on where it was compiled."""
    places = [place for place in code.co_positions() if place[1] is not None and place[3]]
    return code.co_names, code.co_varnames, [*map(_constant, code.co_consts)], min(places, default=None)


def _constant(part):
    """A constant as text, the same in every process: the order of a set depends on how it was made."""
    if isinstance(part, types.CodeType):
        return part.co_name
    return sorted(map(_constant, part)) if isinstance(part, frozenset) else repr(part)


def reached_from(roots):
    """The objects that some objects lead to: by closures, attributes, containers and names.

    Raises
    ------
    TooLong
        Where these are more than ``MOST_OBJECTS``.
    """
    seen, level, found = set(), list(roots), []
    for _ in range(DEPTH):
        following = []
        for value in level:
            if len(found) > MOST_OBJECTS:
                raise TooLong
            if id(value) not in seen and type(value) not in PLAIN:
                seen.add(id(value))
                found.append(value)
                following += _next_to(value)
        level = following
    return found


def _next_to(value):
    """What an object leads to at once."""
    if isinstance(value, types.FunctionType):
        if not is_own(value.__code__.co_filename):
            return []
        names = value.__globals__
        read = [names[name] for name in _names_in(value.__code__) if name in names]
        cells = [cell for cell in value.__closure__ or () if _is_filled(cell)]
        return [*cells, *(value.__defaults__ or ()), *(value.__kwdefaults__ or {}).values(), vars(value), *read]
    if isinstance(value, types.CellType):
        return [value.cell_contents]
    if isinstance(value, functools.partial):
        return [value.func, *value.args, *value.keywords.values()]
    if isinstance(value, functools._lru_cache_wrapper):
        return [value.__wrapped__]
    if isinstance(value, types.MethodType | staticmethod | classmethod):
        return [value.__func__, getattr(value, "__self__", None)]
    if isinstance(value, property):
        return [value.fget]
    if isinstance(value, OnVectors):
        return [value._cost, value._grad]
    if isinstance(value, dict):
        return list(value.values())
    if isinstance(value, list | tuple | deque | set) or isinstance(value, np.ndarray) and value.dtype == object:
        return list(value)
    if isinstance(value, types.ModuleType):
        return list(vars(value).values()) if is_own_module(value.__name__) else []
    if isinstance(value, type):
        return [*vars(value).values(), *value.__mro__[1:]] if is_own_module(value.__module__) else []
    if isinstance(value, types.SimpleNamespace) or is_own_module(type(value).__module__):
        own = [vars(value)] if hasattr(value, "__dict__") else []
        return [type(value), *own, *(getattr(value, name) for name in slots_of(value))]
    return []


def slots_of(value):
    """The names of an object's attributes in slots, of those that have a value."""
    names = (getattr(each, "__slots__", ()) for each in type(value).__mro__)
    flat = [name for own in names for name in ([own] if isinstance(own, str) else own)]
    return [name for name in flat if name not in ("__dict__", "__weakref__") and hasattr(value, name)]


def _names_in(code):
    """The names that a code reads of its module, those of functions within it included."""
    inner = [each for each in code.co_consts if isinstance(each, types.CodeType)]
    return dict.fromkeys([*code.co_names, *(name for each in inner for name in _names_in(each))])


def _is_filled(cell):
    try:
        cell.cell_contents  # noqa: B018
    except ValueError:
        return False
    return True


def is_own_module(name):
    """Whether a module is the program's own: in a file, or in none, as a notebook and what is built into Python."""
    file = getattr(sys.modules.get(name), "__file__", None)
    return is_own(file) if file else name.partition(".")[0] not in sys.stdlib_module_names


@contextmanager
def only_read(arrays, call):
    """The arrays cannot be written for as long as the context lasts, but for those that ``call()`` itself writes."""
    kept, written = [array for array in arrays if array.flags.writeable and _can_be_unlocked(array)], []
    kept.sort(key=lambda array: isinstance(array.base, np.ndarray))  # a view can be written once its base can
    try:
        _lock(kept)
        if not _runs(call):
            _unlock(kept)
            for array in kept:
                _lock([array])
                if not _runs(call):
                    written.append(array)
                _unlock([array])
        kept = [array for array in kept if not any(array is other for other in written)]
        _lock(kept)
        yield
    finally:
        _unlock(kept)


def _can_be_unlocked(array):
    """Whether NumPy lets an array be written again, which it does where it knows the owner of the memory."""
    while isinstance(array.base, np.ndarray):
        array = array.base
    try:
        return array.base is None or not memoryview(array.base).readonly
    except TypeError:
        return False


def _lock(arrays):
    for array in arrays:
        array.flags.writeable = False


def _unlock(arrays):
    for array in arrays:
        array.flags.writeable = True


def _runs(call):
    try:
        call()
    except ValueError:  # which NumPy raises of an array that cannot be written
        return False
    return True
