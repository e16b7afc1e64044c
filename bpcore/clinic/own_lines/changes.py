"""A change of a function's tree, the places where one can be made, and the words that are at hand for it."""

import ast
import collections
import copy
import dataclasses
import functools
import re
from contextlib import contextmanager
from dataclasses import dataclass
from types import FunctionType, ModuleType

import numpy as np

SHORT = 60  # characters of an expression that is shown by itself
MOST_WORDS, MOST_WITH_FAR = 30, 45
OF_ANOTHER, FAR = 1.3, 1.55  # prices of words that a function does not name
VARIABLES = (ast.Name, ast.Attribute, ast.Subscript)
ASSIGNMENTS = (ast.Assign, ast.AugAssign, ast.AnnAssign)
DISPLAYS = (ast.Tuple, ast.List, ast.Dict)
LEFT_OUT = "left out"  # in the place of a line as it should be
# Functions of NumPy's that make an array of a size, which could be immense where another number stands.
OF_A_SIZE = ("zeros", "ones", "empty", "eye", "identity", "tri")
LIBRARIES = ("np", "numpy", "math")


@dataclass
class Change:
    """One or more edits of a tree.

    Attributes
    ----------
    statement : ast.AST
        The statement, or lambda, in which it is made.
    around : tuple of ast.AST
        The statement and the expressions around the change, the innermost last.
    edits : list
        Owner, field, index in it or None, and what belongs there.
    price : float
        The less likely the slip that it undoes, the higher.
    words : str
        What is said in the place of the part as it should be.
    parts : tuple of Change
        Those that are made and shown together, where one alone does not help.
    rule : callable or None
        By which it was made.
    """

    statement: ast.AST
    around: tuple
    edits: list
    price: float
    words: str = ""
    parts: tuple = ()
    rule: object = None

    @property
    def replaced(self):
        """What stands where the first edit is made."""
        return held_at(*self.edits[0][:3])

    @property
    def brings_in(self):
        """The names, numbers and signs of what is new that were not in what was there."""
        new, old = (
            collections.Counter(re.findall(r"\w+|\S", _text(node))) for node in (self.edits[0][3], self.replaced)
        )
        return new - old

    @property
    def shown(self):
        """What is shown before and after: the statement if it is short, or the largest part of it that is."""
        short = (node for node in self.around if len(ast.unparse(node).splitlines()[0]) <= SHORT)
        return next(short, self.replaced if isinstance(self.around[-1], DISPLAYS) else self.around[-1])

    @property
    def new_statement(self):
        """The statement, or the one that stands in its place once the change is made."""
        new = self.edits[0][3]
        return new if isinstance(new, ast.stmt) else self.statement

    @contextmanager
    def made(self):
        """The tree is changed for as long as the context lasts."""
        before = [(*place, held_at(*place)) for *place, _ in self.edits]
        for edit in self.edits:
            put_at(*edit)
        try:
            yield
        finally:
            for edit in before:
                put_at(*edit)


def _text(node):
    """A node as Python, or several, or what else an edit may put in."""
    if isinstance(node, list):
        return "\n".join(map(_text, node))
    return ast.unparse(node) if isinstance(node, ast.AST) else str(node)


def held_at(owner, field, index):
    """What stands in a field of a node, or at an index of the list there."""
    value = getattr(owner, field)
    return value if index is None else value[index]


def put_at(owner, field, index, new):
    """Put something there."""
    if index is None:
        setattr(owner, field, new)
    else:
        getattr(owner, field)[index] = new


@dataclass
class Place:
    """An expression in a tree, and where it stands.

    ``called`` says whether it is the function of a call, ``counts`` whether it counts: stands in an index or a range.
    ``above`` holds the expressions around it, the innermost last.
    """

    owner: ast.AST
    field: str
    index: int | None
    node: ast.AST
    statement: ast.AST
    above: tuple = ()
    called: bool = False
    counts: bool = False

    def instead(self, new, price):
        """The change that puts ``new`` here."""
        put_on_a_line(new, self.node)
        edit = self.owner, self.field, self.index, new
        return Change(self.statement, (self.statement, *self.above), [edit], price)


def put_on_a_line(new, node):
    """The parts of a tree that stand nowhere yet stand where a node does; below one that stands somewhere all do."""
    if "lineno" in new._attributes:
        if hasattr(new, "lineno"):
            return
        ast.copy_location(new, node)
    for part in ast.iter_child_nodes(new):
        put_on_a_line(part, node)


def places_in(tree):
    """Every expression of a function's tree, with where it stands."""
    body = [tree.body] if isinstance(tree, ast.Lambda) else tree.body
    stack = [Place(tree, "body", None if body is not tree.body else i, node, tree) for i, node in enumerate(body)]
    while stack:
        place = stack.pop()
        node = place.node
        statement, above = place.statement, place.above
        if isinstance(node, ast.stmt):
            statement, above = node, ()
        elif isinstance(node, ast.expr):
            yield place
            above = (*above, node)
        for field, value in ast.iter_fields(node):
            if field in ("annotation", "returns", "ctx", "decorator_list", "defaults", "kw_defaults"):
                continue
            called = isinstance(node, ast.Call) and field == "func"
            counts = (
                place.counts
                or isinstance(node, ast.Subscript)
                and field == "slice"
                or (is_range(node) or _makes_an_array(node))
                and not called
            ) and not isinstance(node, ast.Compare)  # a mask does not count
            for index, child in enumerate(value) if isinstance(value, list) else [(None, value)]:
                if isinstance(child, ast.AST):
                    stack.append(Place(node, field, index, child, statement, above, called, counts))


def values_in(tree):
    """The places of what statements assign and return, entry by entry where that is a tuple, a list or a dict."""
    for place in places_in(tree):
        has_value = isinstance(place.statement, (*ASSIGNMENTS, ast.Return, ast.Lambda))
        is_read = isinstance(getattr(place.node, "ctx", ast.Load()), ast.Load) and place.field != "keys"
        is_entry = all(isinstance(node, DISPLAYS) for node in place.above) and not isinstance(place.node, DISPLAYS)
        if has_value and is_read and is_entry:
            yield place


def is_range(node):
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "range"


def _makes_an_array(node):
    """Whether a node is a call of ``np.zeros`` and the like, whose argument is a size: another could be immense."""
    return isinstance(node, ast.Call) and getattr(node.func, "attr", "") in OF_A_SIZE


def bodies_in(tree):
    """Every list of statements of a function: the node that holds it, its field, and the list."""
    for node in ast.walk(tree):
        for field in ("body", "orelse"):
            held = getattr(node, field, None)
            if isinstance(held, list) and held:
                yield node, field, held


@dataclass
class Word:
    """An expression that could stand elsewhere in a function, and the shape of its value, where that is known.

    ``least`` is the least price of putting it somewhere: higher where the function does not name it, and an object or
    a dict that it names holds it, or a function that runs for the cost reads it. ``unread`` says that it is computed,
    and that nothing reads it, so that it may have been meant somewhere.
    """

    text: str
    node: ast.AST
    shape: tuple | None
    least: float = 1.0
    unread: bool = False

    @functools.cached_property
    def names(self):
        """The variables in it."""
        return {node.id for node in ast.walk(self.node) if isinstance(node, ast.Name)}


@dataclass
class Words:
    """The Words of a function: numbers and arrays, counters, functions, and lists; and as text its flags and tuples.

    ``wholes`` are its short sums and products; ``left_out`` says by the id of a call which keywords it could be given;
    ``unread`` holds the names of arguments that nothing reads, and that are lists, tuples or dicts; ``numbers`` are
    written somewhere in the program.
    """

    values: list
    counters: list
    functions: list
    lists: list
    flags: set
    tuples: set
    wholes: list
    left_out: dict
    unread: list = dataclasses.field(default_factory=list)
    numbers: tuple = ()

    @property
    def most_entries(self):
        """Of the arrays whose shape is known."""
        return max((int(np.prod(word.shape)) for word in self.values if word.shape), default=0)

    @property
    def most_axes(self):
        """Of the arrays whose shape is known."""
        return max((len(word.shape) for word in self.values if word.shape), default=0)

    @property
    def longest(self):
        """The length of the longest axis of these arrays."""
        return max((length for word in self.values for length in word.shape or ()), default=0)


def words_of(function, ran, elsewhere=()):
    """The Words of what ``ran`` of an OwnFunction; ``elsewhere`` are names of its module that the cost reads."""
    kinds = {name: _kind(value) for name, value in function.values.items()}
    variables = [place.node for place in places_in(function.tree) if isinstance(place.node, ast.Name | ast.Attribute)]
    known = {text: value_of(text, function.values) for text in map(ast.unparse, variables)}
    flags, tuples = ({text for text in known if isinstance(known[text], kind)} for kind in (bool, tuple))
    words, seen = Words([], [], [], [], flags, tuples, [], {}), set()

    def add(node, kind, least=1.0, unread=False):
        text = ast.unparse(node)
        if text not in seen and len(kind) < (MOST_WORDS if least == 1 else MOST_WITH_FAR):
            seen.add(text)
            # a copy, which will stand in places of the tree that it comes from
            kind.append(Word(text, copy.deepcopy(node), shape_of(text, function.values), least, unread))

    arguments = [node.arg for node in ast.walk(function.tree.args) if isinstance(node, ast.arg)]  # used or not
    names = [node for node in ast.walk(function.tree) if isinstance(node, ast.Name)]
    ran_names = [node.id for node in names if ran(node)]
    read = {node.id for node in names if ran(node) and isinstance(node.ctx, ast.Load)}
    for name in (*ran_names, *arguments):  # the plain names first, of which there are many
        if kinds.get(name):
            add(ast.Name(name, ast.Load()), getattr(words, kinds[name]), unread=name not in read)
    unread = dict.fromkeys(name for name in (*ran_names, *arguments) if name not in read)
    words.unread += [
        name for name in arguments if name in unread and isinstance(function.values.get(name), list | tuple | dict)
    ]
    for node in ast.walk(function.tree):
        if isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name) and ran(node):
            for name in unread:
                if same_shape(*(function.values.get(each) for each in (name, node.value.id))):
                    add(ast.Subscript(ast.Name(name, ast.Load()), node.slice, ast.Load()), words.values, unread=True)
    for name, key in keyed(function):
        add(ast.Subscript(ast.Name(name, ast.Load()), ast.Name(key, ast.Load()), ast.Load()), words.values)
    calls = []
    for place in places_in(function.tree):
        node = place.node
        # what is called for its effect, such as out.append(z), returns nothing that could stand anywhere
        if not ran(node) or isinstance(place.statement, ast.Expr) and len(place.above) <= place.called:
            continue
        if isinstance(node, ast.BinOp) and not place.counts and len(ast.unparse(node)) <= SHORT / 3:
            add(node, words.wholes)
        if place.called:
            add(node, words.functions)
        elif _is_part(node) and len(ast.unparse(node)) <= SHORT / 2 and ast.unparse(node) not in flags:
            is_tuple = ast.unparse(node) in tuples  # a shape, which as a factor would make an array of many axes
            if isinstance(node, ast.Call) and not place.counts:
                calls.append(node)
            else:
                add(node, words.lists if is_tuple else words.counters if place.counts else words.values)
    for node in with_indices_of_others(function, ran):
        add(node, words.values, OF_ANOTHER)
    attributes = {node.attr for node in ast.walk(function.tree) if isinstance(node, ast.Attribute)}
    held = [
        pair
        for name in dict.fromkeys((*ran_names, *arguments))
        for pair in held_by(ast.Name(name, ast.Load()), function.values.get(name))
    ]
    for node, value in sorted(held, key=lambda pair: not isinstance(pair[0], ast.Attribute)):  # of which there are few
        kind = _kind(value)
        if kind:  # such as other.data, where self.data is named
            is_alike = isinstance(node, ast.Attribute) and node.attr in attributes
            add(node, words.values, OF_ANOTHER if is_alike else FAR)
        elif isinstance(value, list | tuple):
            add(node, words.lists)
    own, counted = {node.id for node in names}, {}
    for node in ast.walk(function.tree):
        if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Name) and ran(node):
            shape = shape_of(ast.unparse(node.value), function.values)
            counted.update({node.slice.id: shape[0]} if shape else {})
    for name in elsewhere:
        value = function.values.get(name)
        if name in own or name.startswith("__"):
            continue
        for index, longest in counted.items() if isinstance(value, np.ndarray) and value.ndim else ():
            if len(value) == longest:
                add(
                    ast.Subscript(ast.Name(name, ast.Load()), ast.Name(index, ast.Load()), ast.Load()),
                    words.values,
                    FAR,
                )
        if _kind(value):
            add(ast.Name(name, ast.Load()), getattr(words, _kind(value)), FAR)
        elif isinstance(value, list):
            add(ast.Name(name, ast.Load()), words.lists)
    for node in calls:  # last, since there may be many
        add(node, words.values)
    return words


def with_indices_of_others(function, ran):
    """Entries of arrays that a function names, with the indices that it uses of others that are as long: b[i] for a[i].

    Where an index is more than one counter, the two arrays are of one shape, or the other is a vector, such as a mask
    that an object holds, and as long as the axis of that counter.
    """
    subscripts = [node for node in ast.walk(function.tree) if isinstance(node, ast.Subscript) and ran(node)]
    arrays = {
        node.id: function.values[node.id]
        for node in ast.walk(function.tree)
        if isinstance(node, ast.Name) and isinstance(function.values.get(node.id), np.ndarray)
    }
    held = [
        pair for name, value in function.values.items() for pair in held_by(ast.Name(name, ast.Load()), value, depth=1)
    ]
    vectors = [(node, value) for node, value in held if isinstance(value, np.ndarray) and value.ndim == 1]
    for node in subscripts:
        own = ast.unparse(node.value)
        array = arrays.get(own) if own in arrays else value_of(own, function.values)
        array = array if isinstance(array, np.ndarray) else None
        for name, other in arrays.items() if array is not None else ():
            is_one = isinstance(node.slice, ast.Name) and array.ndim and other.ndim and len(array) == len(other)
            if name != own and (is_one or same_shape(array, other)):
                yield ast.Subscript(ast.Name(name, ast.Load()), node.slice, ast.Load())
        counters = getattr(node.slice, "elts", [node.slice]) if array is not None else ()
        for length, counter in zip(getattr(array, "shape", ()), counters):
            for vector, value in vectors if isinstance(counter, ast.Name | ast.BinOp) else ():
                if len(value) == length:
                    yield ast.Subscript(vector, counter, ast.Load())


def held_by(node, value, depth=2):
    """What stands in a list, a dict or an object of the program: expressions, and their values."""
    if isinstance(value, list | tuple):
        yield node, value
    entries = value if isinstance(value, dict) else getattr(value, "__dict__", {})
    if isinstance(value, type | ModuleType | FunctionType) or not depth or len(entries) > MOST_WORDS:
        return
    for key, held in entries.items():
        if isinstance(value, dict) and isinstance(key, str):
            yield from _one_held(ast.Subscript(node, ast.Constant(key), ast.Load()), held, depth)
        elif not isinstance(value, dict) and key.isidentifier():
            yield from _one_held(ast.Attribute(node, key, ast.Load()), held, depth)


def _one_held(node, value, depth):
    if _kind(value):
        yield node, value
    yield from held_by(node, value, depth - 1)


def same_shape(one, other):
    """Whether two values are arrays of the same shape."""
    return isinstance(one, np.ndarray) and isinstance(other, np.ndarray) and one.shape == other.shape


def keyed(function):
    """Pairs of a function's own variables: a dict of arrays, and a key of it."""
    own = {node.id for node in ast.walk(function.tree) if isinstance(node, ast.Name)}
    values = {name: function.values[name] for name in sorted(own) if name in function.values}
    for name, held in values.items():
        for key, value in values.items() if isinstance(held, dict) else ():
            if isinstance(value, str) and value in held and _kind(held[value]) == "values":
                yield name, key


def shape_of(text, values):
    """The shape of a variable, or of an attribute or entry of one; None where it is not known."""
    try:
        value = value_of(text, values)
        shape = None if value is None else np.shape(value)
        return shape if isinstance(shape, tuple) else None  # an object may have anything for its shape
    except Exception:
        return None


def value_of(text, values):
    """The value of a variable, or of an attribute or entry of one; None where it is not known."""
    if "(" in text and not re.fullmatch(r"len\(\w+\)", text):  # a call, which could do anything once more
        return None
    try:
        return eval(text, {"__builtins__": {"len": len}}, values)
    except Exception:
        return None


def _is_part(node):
    """Whether a node is an attribute, an entry or a call, of anything but a library."""
    if isinstance(node, ast.Call):
        return not is_range(node)
    return (
        isinstance(node, ast.Subscript | ast.Attribute) and isinstance(node.ctx, ast.Load) and not is_of_a_library(node)
    )


def _kind(value):
    if isinstance(value, int) and not isinstance(value, bool):
        return "counters"
    if isinstance(value, float | np.number) or isinstance(value, np.ndarray) and value.dtype.kind in "biuf":
        return "values"
    return ""


def joins(node, *signs):
    """Whether a node joins two operands by one of these signs, such as ``ast.Mult``."""
    return isinstance(node, ast.BinOp) and isinstance(node.op, signs)


def is_share(node):
    """Whether a node is what a number is more than something else, such as ``1 - a``."""
    return joins(node, ast.Sub) and isinstance(node.left, ast.Constant)


def is_of_a_library(node):
    """Whether a node is such as ``np`` or ``np.exp``."""
    first = node.value if isinstance(node, ast.Attribute) else node
    return isinstance(first, ast.Name) and first.id in LIBRARIES
