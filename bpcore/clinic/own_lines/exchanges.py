"""Changes that put one thing for another in an expression: a variable, number, sign, function, side or bound."""

import ast
import re
from itertools import combinations, permutations

import numpy as np

from .brackets import brackets_elsewhere, operand_elsewhere
from .changes import VARIABLES, is_of_a_library, is_share, joins, places_in

SIGNS = {
    ast.Add: (ast.Sub, ast.Mult),
    ast.Sub: (ast.Add, ast.Mult),
    ast.Mult: (ast.Div, ast.Add, ast.Sub),
    ast.Div: (ast.Mult,),
    ast.Pow: (ast.Mult,),
}
EQUALITIES = (ast.Eq, ast.NotEq)  # seldom meant where one of the others stands
COMPARISONS = (ast.Gt, ast.Lt, ast.GtE, ast.LtE, ast.Eq, ast.NotEq)
KIN = (  # functions of NumPy and of arrays that are taken for one another
    ("sum", "mean", "max", "min"),
    ("exp", "log", "log1p", "expm1"),
    ("maximum", "minimum"),
    ("dot", "outer", "multiply", "matmul"),
    ("sin", "cos"),
    ("sinh", "cosh", "tanh"),
    ("sqrt", "square"),
    ("abs", "sign"),
    ("argmax", "argmin"),
    ("zeros_like", "ones_like"),
)
MOST_OUTER = 2_000  # entries of an array of which an outer product is tried
SHORT_VECTOR = 4  # entries, each of which may be meant
FACTORS = (ast.Mult, ast.Div, ast.MatMult)
PRODUCTS = ("dot", "matmul", "outer", "multiply")


def exchanged(tree, may, words):
    """Changes that put one thing for another: a variable, number, sign, function, side, bound or bracket."""
    for place in places_in(tree):
        is_flag = is_one_of(place.node, words.flags)
        if may(place.node) and not is_flag:
            yield from of_a_function(place, words) if place.called else of_an_expression(place, words)


def is_one_of(node, texts):
    """Whether a node is a variable or an attribute with one of these texts."""
    return isinstance(node, ast.Name | ast.Attribute) and ast.unparse(node) in texts


def of_an_expression(place, words):
    """Changes of an expression that is not the function of a call."""
    node, counts = place.node, place.counts
    loaded = isinstance(getattr(node, "ctx", ast.Load()), ast.Load)
    for word in words.values if isinstance(node, ast.Call | ast.BinOp) and not counts else ():
        if word.unread:
            yield place.instead(word.node, 1.2)
    if isinstance(node, ast.Name | ast.Tuple | ast.List) and loaded and not counts:
        for name in words.unread:  # a variable of the module stands for what was handed over
            yield place.instead(ast.Name(name, ast.Load()), 1.2)
    if isinstance(node, VARIABLES) and loaded and not is_of_a_library(node):
        own = ast.unparse(node)
        shape = next((word.shape for word in words.values if word.text == own), None)
        is_measured = isinstance(place.owner, ast.Call) and ast.unparse(place.owner.func) == "len"
        never = {own, _other_side(place), _list_that_takes(place)}
        for word in (*words.values, *words.lists) if is_measured else words.counters if counts else words.values:
            is_known = word.text in never or word.text.startswith(f"{own}[")
            if not (is_known or is_measured and word.shape == ()):
                price = 1 if counts else _strange(word.shape, shape)
                if _is_written(place) or _is_counted(place):  # which is seldom meant
                    price = max(price, 1.3)
                yield place.instead(word.node, max(price, word.least))
        is_indexed = isinstance(place.owner, ast.Subscript) and place.field == "value"
        with_it = [whole for whole in words.wholes if own in whole.names]
        above = {ast.unparse(each) for each in place.above if isinstance(each, ast.BinOp)} if with_it else ()
        for whole in with_it if isinstance(node, ast.Name) and not (counts or is_indexed) else ():
            if whole.text not in above:
                yield place.instead(whole.node, 1.4)
        for word in words.lists if is_indexed else ():
            if word.text != own:
                yield place.instead(word.node, 1.1)
        if counts and isinstance(node, ast.Name) and own not in words.tuples and not _has_a_number_beside(place):
            for sign in (ast.Sub(), ast.Add()):
                yield place.instead(ast.BinOp(node, sign, ast.Constant(1)), 1)
            for times in (ast.Constant(2), *(word.node for word in words.counters)):
                yield place.instead(ast.BinOp(times, ast.Mult(), node), 1.3)
        if isinstance(node, ast.Subscript):
            yield place.instead(node.value, 1.1)
            yield from _of_indices(place)
            yield from _sums_of_entries(place)
        if isinstance(node, ast.Attribute) and node.attr == "T":
            yield place.instead(node.value, 1)
            yield from _the_other_way_round(place)
    if isinstance(node, ast.Constant | ast.UnaryOp) and counts and loaded:  # a counter that was forgotten
        for word in words.counters:
            if isinstance(word.node, ast.Name):
                yield place.instead(word.node, 1.2)
    if counts and ast.unparse(node) == "-1":  # the first for the last
        yield place.instead(ast.Constant(0), 1.2)
    if isinstance(node, ast.Constant) and type(node.value) in (int, float):
        others = (node.value - 1, node.value + 1, -node.value)
        half = node.value // 2 if isinstance(node.value, int) and node.value % 2 == 0 else node.value / 2
        others += () if counts else (2 * node.value, half, 0, 1, 2)
        others += () if counts else words.numbers
        for value in dict.fromkeys(others):
            if value != node.value:
                yield place.instead(ast.Constant(value), 1.2)
        if isinstance(place.owner, ast.Call) and not counts:
            yield from _variables_for_a_number(place, words)
    if isinstance(place.owner, ast.For) and place.field == "iter":  # which should run from its end
        back = ast.Slice(None, None, ast.UnaryOp(ast.USub(), ast.Constant(1)))
        yield place.instead(ast.Subscript(node, back, ast.Load()), 1.1)
    if isinstance(node, ast.Attribute) and is_of_a_library(node):  # a function that is handed on
        yield from _of_kin(place)
    if isinstance(node, ast.BinOp):
        yield from _of_two_operands(place, words)
        yield from other_slopes(place)
    if isinstance(node, ast.BinOp | ast.UnaryOp):
        yield from brackets_elsewhere(place)
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        yield place.instead(node.operand, 1)
    if isinstance(node, ast.Compare) and len(node.ops) == 1:
        for other in COMPARISONS:
            if not isinstance(node.ops[0], other):
                is_like = isinstance(node.ops[0], EQUALITIES) == (other in EQUALITIES)
                yield place.instead(ast.Compare(node.left, [other()], node.comparators), 1 if is_like else 1.4)
    if isinstance(node, ast.IfExp):
        yield place.instead(ast.IfExp(node.test, node.orelse, node.body), 1)
    if isinstance(node, ast.Call):
        yield from _of_a_call(place, words)
    if isinstance(node, ast.Slice):
        yield from _of_a_slice(place, words)
    if isinstance(node, ast.Tuple | ast.List) and len(node.elts) == 2 and loaded:
        yield place.instead(type(node)(node.elts[::-1], ast.Load()), 1)


def _has_a_number_beside(place):
    """Whether a number is added or taken away already, such as in ``k - 2``: it is the number that is changed."""
    owner = place.owner
    is_sum = isinstance(owner, ast.BinOp) and isinstance(owner.op, ast.Add | ast.Sub)
    return is_sum and isinstance(owner.right if place.field == "left" else owner.left, ast.Constant)


def _first_factor(product):
    return _first_factor(product.left) if joins(product, *FACTORS) else product


def _negative(product):
    """A product with a minus before its first factor."""
    if joins(product, *FACTORS):
        return ast.BinOp(_negative(product.left), product.op, product.right)
    return ast.UnaryOp(ast.USub(), product)


def _other_side(place):
    """What would be taken off itself, or divided by itself, if it stood here as well; None where there is no such."""
    owner = place.owner
    if not (isinstance(owner, ast.BinOp) and isinstance(owner.op, ast.Sub | ast.Div)):
        return None
    return ast.unparse(owner.right if place.field == "left" else owner.left)


def _list_that_takes(place):
    """The list that a value is put into, and which must not be put into itself: arrays of it fill all memory."""
    owner, statement = place.owner, place.statement
    if isinstance(owner, ast.Call) and getattr(owner.func, "attr", "") in ("append", "extend", "insert"):
        return ast.unparse(owner.func.value)
    target = statement.targets[0] if isinstance(statement, ast.Assign) else None
    both = isinstance(target, ast.Tuple) and isinstance(statement.value, ast.Tuple) and owner is statement.value
    if both and len(target.elts) == len(owner.elts):
        target = target.elts[place.index]  # a, b = c, d
    elif owner is not statement:
        return None
    return ast.unparse(target.value) if isinstance(target, ast.Subscript) else None


def _variables_for_a_number(place, words):
    """A number in scope, or an entry of a short vector, in the place of a number that a function is given."""
    for word in words.values:
        if word.shape == ():
            yield place.instead(word.node, max(1.4, word.least))
        elif isinstance(word.node, ast.Name) and len(word.shape or ()) == 1 and word.shape[0] <= SHORT_VECTOR:
            for k in range(word.shape[0]):
                yield place.instead(ast.Subscript(word.node, ast.Constant(k), ast.Load()), max(1.5, word.least))


def _is_counted(place):
    """Whether a value is asked whether it is the same as another."""
    return isinstance(place.owner, ast.Compare) and isinstance(place.owner.ops[0], ast.Eq | ast.NotEq)


def _is_written(place):
    """Whether a value is an array of which an entry is set."""
    return isinstance(place.owner, ast.Subscript) and isinstance(place.owner.ctx, ast.Store) and place.field == "value"


def _strange(shape, instead_of):
    """The price of an exchange: higher where an array has another shape, and highest where it could not be spread."""
    if shape is None or shape == instead_of or instead_of is None and shape != ():
        return 1
    try:
        return 1.2 if np.broadcast_shapes(shape, instead_of) == shape else 1.9
    except (TypeError, ValueError):
        return 1.9


def _of_two_operands(place, words):
    node = place.node
    left, sign, right = node.left, node.op, node.right
    one = isinstance(right, ast.Constant) and right.value == 1
    in_a_product = joins(place.owner, *FACTORS)
    same = ast.unparse(left) == ast.unparse(right)
    for other in SIGNS.get(type(sign), ()) if not (same or one) else ():
        if not makes_a_one(left, other, right):
            yield place.instead(ast.BinOp(left, other(), right), 1)
    yield place.instead(left, 1)
    yield place.instead(right, 1)
    if isinstance(sign, ast.Sub | ast.Div | ast.Pow):  # 1 - a is seldom turned round where a minus is missing
        yield place.instead(ast.BinOp(right, sign, left), 1.35 if is_share(node) and in_a_product else 1)
    if joins(node, *FACTORS) and not in_a_product and not is_share(_first_factor(node)):
        yield place.instead(_negative(node), 1.25)  # after -= for +=, and b - a for a - b
    if isinstance(sign, ast.Pow) and isinstance(right, ast.Name):
        yield place.instead(ast.BinOp(left, sign, ast.BinOp(right, ast.Sub(), ast.Constant(1))), 1.1)
    if isinstance(sign, ast.Sub):
        yield place.instead(ast.UnaryOp(ast.USub(), right), 1.2)
    if isinstance(sign, ast.Add):  # in an index it joins words, whose order counts
        yield place.instead(ast.BinOp(right, sign if place.counts else ast.Sub(), left), 1.1)
    if isinstance(sign, ast.Mult):
        yield from _of_a_power(place, left, right)
    if isinstance(sign, ast.MatMult | ast.Mult):
        yield from _products(place, left, right, lambda a, b: ast.BinOp(a, ast.MatMult(), b))
    if isinstance(sign, ast.MatMult):
        yield place.instead(ast.BinOp(left, ast.Mult(), right), 1)
        if words.most_axes > 2:  # samples of matrices
            for one, other in ((_turned_last(left), right), (left, _turned_last(right)), (left, left)):
                yield place.instead(ast.BinOp(one, sign, other), 1.2)
    yield from _with_an_axis(place, words)
    yield from operand_elsewhere(place)


def makes_a_one(left, sign, right):
    """Whether two operands make 1, whatever they are, such as a / a, or a + (1 - a): nobody means that."""
    if sign not in (ast.Div, ast.Add):
        return False
    left, right = ast.unparse(left).removesuffix(".copy()"), ast.unparse(right)
    return sign is ast.Div and left == right or sign is ast.Add and (left == f"1 - {right}" or right == f"1 - {left}")


def _turned_last(array):
    """An array with its last two axes exchanged, or as it is if they were."""
    is_turned = isinstance(array, ast.Call) and getattr(array.func, "attr", "") in ("transpose", "swapaxes")
    if is_turned and len(array.args) > 1 and not is_of_a_library(array.func):
        return array.func.value
    axes = [ast.UnaryOp(ast.USub(), ast.Constant(1)), ast.UnaryOp(ast.USub(), ast.Constant(2))]
    return ast.Call(ast.Attribute(array, "swapaxes", ast.Load()), axes, [])


def _with_an_axis(place, words):
    """Changes that make a row a column where it meets another array, entry by entry.

    Not the row that is computed anew there: in a loop it would have one axis more after each round.
    """
    node = place.node
    anew = {ast.unparse(target) for target in getattr(place.statement, "targets", ())}
    rows = {word.text for word in words.values if word.shape and len(word.shape) == 1} - anew
    for side in ("left", "right") if isinstance(node.op, ast.Add | ast.Sub | ast.Mult | ast.Div) else ():
        row = getattr(node, side)
        if isinstance(row, ast.Name | ast.Subscript | ast.Attribute) and ast.unparse(row) in rows:
            index = ast.Tuple([ast.Slice(), ast.Constant(None)], ast.Load())
            column = ast.Subscript(row, index, ast.Load())
            pair = (column, node.right) if side == "left" else (node.left, column)
            yield place.instead(ast.BinOp(pair[0], node.op, pair[1]), 1.3)


def _of_a_power(place, left, right):
    """b ** e log(b), the slope of a power by its exponent, for e b ** (e - 1), its slope by its base."""
    for factor, power in ((left, right), (right, left)):
        inner = factor.right if isinstance(factor, ast.BinOp) and isinstance(factor.op, ast.Mult) else factor
        if not (isinstance(power, ast.BinOp) and isinstance(power.op, ast.Pow)):
            continue
        exponent = ast.unparse(inner)
        if ast.unparse(power.right) in (exponent, f"{exponent} - 1"):
            base = power.left
            slope = ast.BinOp(ast.BinOp(base, ast.Pow(), inner), ast.Mult(), by_numpy("log", base))
            rest = slope if inner is factor else ast.BinOp(factor.left, ast.Mult(), slope)
            yield place.instead(rest, 1.2)


def _products(place, left, right, product):
    """The matrix products of two factors, in both orders, transposed or not."""
    turn = lambda a: a.value if isinstance(a, ast.Attribute) and a.attr == "T" else ast.Attribute(a, "T", ast.Load())
    for one, other in ((left, right), (right, left)):
        for a, b in ((one, other), (turn(one), other), (one, turn(other)), (turn(one), turn(other))):
            yield place.instead(product(a, b), 1.1)


def _turned(place, array):
    """An array with two of its axes exchanged."""
    for axes in combinations(range(3), 2):
        turn = ast.Attribute(array, "swapaxes", ast.Load())
        yield place.instead(ast.Call(turn, [ast.Constant(axis) for axis in axes], []), 1.3)


def of_a_function(place, words):
    """Changes that call another function."""
    node = place.node
    if isinstance(node, ast.Attribute):
        # it would round after round, and takes a product of all entries of two arrays
        large = isinstance(place.statement, ast.Assign) or words.most_entries > MOST_OUTER
        yield from _of_kin(place, {"outer"} if large else ())
    for word in words.functions:
        if not is_of_a_library(word.node) and word.text != ast.unparse(node):
            yield place.instead(word.node, 1.1)


def _of_kin(place, never=()):
    for kin in KIN:
        for other in kin if place.node.attr in kin else ():
            if other != place.node.attr and other not in never:
                yield place.instead(ast.Attribute(place.node.value, other, ast.Load()), 1)


def _of_a_call(place, words):
    node = place.node
    of = lambda arguments, keywords=node.keywords, price=1: place.instead(
        ast.Call(node.func, arguments, keywords), price
    )
    name = getattr(node.func, "attr", None)
    if any(isinstance(argument, ast.Starred) for argument in node.args):
        return
    if node.args:
        yield place.instead(node.args[0], 1.2)
    if len(node.args) == 1 and not node.keywords:
        yield from _factors_of_a_slope(place, words)
    if name in KIN[0] and not is_of_a_library(node.func):  # what is summed or averaged, by itself
        yield place.instead(node.func.value, 1.2)
    if name == "mean" and not node.keywords:  # the slope of a mean, entry by entry
        array = _array_of(node)
        yield place.instead(ast.BinOp(array, ast.Div(), by_numpy("size", array)), 1.3)
    for i, argument in enumerate(node.args):
        if isinstance(argument, ast.BinOp):  # f(a) − b for f(a − b)
            sides = argument.left, argument.right
            for k, side in enumerate(sides):
                within = ast.Call(node.func, [*node.args[:i], side, *node.args[i + 1 :]], node.keywords)
                other = sides[1 - k]
                # an axis that the other needed in there alone
                for outside in (other, other.value) if isinstance(other, ast.Subscript) else (other,):
                    left, right = (within, outside) if k == 0 else (outside, within)
                    yield place.instead(ast.BinOp(left, argument.op, right), 1.2)
    for axes in combinations(range(3), 2) if name in KIN[0] and node.keywords and words.most_axes > 2 else ():
        kept = [each for each in node.keywords if each.arg != "axis"]
        yield of(node.args, [*kept, ast.keyword("axis", ast.Tuple([*map(ast.Constant, axes)], ast.Load()))])
    if name == "reshape":  # what is reshaped should have its axes exchanged
        yield from _turned(place, _array_of(node))
    if len(node.args) == 2 and not any(map(_is_flag, node.args)):
        yield of(node.args[::-1])
        if name in PRODUCTS:
            yield from _products(place, *node.args, lambda a, b: ast.BinOp(a, ast.MatMult(), b))
    unlike = 1 if name == "where" else len(node.args) if name == "einsum" else 0  # the first arguments, of another kind
    for i, k in combinations(range(unlike, len(node.args)), 2) if len(node.args) > 2 else ():
        arguments = list(node.args)
        arguments[i], arguments[k] = node.args[k], node.args[i]
        if not any(map(_is_flag, (node.args[i], node.args[k]))):
            yield of(arguments, price=1 if k == i + 1 else 1.3)
    if name == "einsum" and isinstance(node.args[0], ast.Constant):
        for text in other_indices(node.args[0].value):
            yield of([ast.Constant(text), *node.args[1:]])
        for i, factor in enumerate(node.args[1:], start=1):  # which should not be there
            yield of([*node.args[:i], by_numpy("ones_like", factor), *node.args[i + 1 :]])
    for call in with_other_keywords(node):
        yield place.instead(call, 1)
    yield from _the_other_way_round(place)


def _factors_of_a_slope(place, words):
    """x f(w) for f(x), where f stands for the slope of a function of w, and f(x) f(w) for f(x)."""
    node = place.node
    own = ast.unparse(node.args[0])
    shape = next((word.shape for word in words.values if word.text == own), None)
    for word in words.values if shape is not None else ():
        if word.shape == shape and word.text != own:
            other = ast.Call(node.func, [word.node], [])
            yield place.instead(ast.BinOp(node.args[0], ast.Mult(), other), max(1.3, word.least))
            yield place.instead(ast.BinOp(node, ast.Mult(), other), max(1.5, word.least))


def with_other_keywords(node):
    """A call with one keyword fewer, another axis, or an axis where it has none."""
    of = lambda keywords: ast.Call(node.func, node.args, keywords)
    for i, keyword in enumerate(node.keywords):
        if keyword.arg == "keepdims" or not _is_flag(keyword.value):
            yield of(node.keywords[:i] + node.keywords[i + 1 :])
        for value in (0, 1, -1) if keyword.arg == "axis" else ():
            new = ast.keyword("axis", ast.Constant(value))
            yield of([*node.keywords[:i], new, *node.keywords[i + 1 :]])
        if keyword.arg == "axis" and all(each.arg != "keepdims" for each in node.keywords):
            yield of([*node.keywords, ast.keyword("keepdims", ast.Constant(True))])
    for value in (0, 1, -1) if getattr(node.func, "attr", None) in KIN[0] and not node.keywords else ():
        axis, kept = ast.keyword("axis", ast.Constant(value)), ast.keyword("keepdims", ast.Constant(True))
        yield of([axis])
        if value >= 0:
            yield of([axis, kept])


def _the_other_way_round(place):
    """g(f(x)) for f(g(x)), where each has one argument, or is a transpose."""
    layers, inner = [], place.node
    while len(layers) < 2:
        if isinstance(inner, ast.Attribute) and inner.attr == "T":
            layers.append(lambda x: ast.Attribute(x, "T", ast.Load()))
            inner = inner.value
        elif isinstance(inner, ast.Call) and len(inner.args) == 1 and not inner.keywords:
            layers.append(lambda x, func=inner.func: ast.Call(func, [x], []))
            inner = inner.args[0]
        else:
            return
    first, second = layers
    yield place.instead(second(first(inner)), 1.2)


def _array_of(call):
    """The array of a call such as ``x.mean()`` or ``np.mean(x)``."""
    return call.args[0] if call.args and is_of_a_library(call.func) else call.func.value


def by_numpy(name, array):
    return ast.Call(ast.Attribute(ast.Name("np", ast.Load()), name, ast.Load()), [array], [])


def _is_flag(node):
    return isinstance(node, ast.Constant) and isinstance(node.value, bool)


def other_indices(text):
    """The indices of np.einsum with those of one array in another order, or with one letter for another."""
    parts = re.findall(r"[A-Za-z]+", text)
    letters = sorted({*"".join(parts)})
    for part in dict.fromkeys(parts):
        others = {"".join(turned) for turned in permutations(part)}
        others |= {part[:i] + letter + part[i + 1 :] for i in range(len(part)) for letter in letters}
        for other in sorted(others - {part}):
            yield text.replace(part, other, 1)


def _of_indices(place):
    """An array with one index fewer, or with two at once for one after the other, and the other way round."""
    array, indices = place.node.value, place.node.slice
    if isinstance(array, ast.Subscript) and isinstance(array.slice, ast.Slice):
        both = ast.Tuple([array.slice, indices], ast.Load())
        yield place.instead(ast.Subscript(array.value, both, ast.Load()), 1.1)
    if isinstance(indices, ast.Tuple) and len(indices.elts) == 2 and isinstance(indices.elts[0], ast.Slice):
        first, second = indices.elts
        yield place.instead(ast.Subscript(ast.Subscript(array, first, ast.Load()), second, ast.Load()), 1.1)
    if isinstance(indices, ast.Tuple) and len(indices.elts) > 1:
        for fewer in (indices.elts[:-1], indices.elts[1:]):
            index = fewer[0] if len(fewer) == 1 else ast.Tuple(fewer, ast.Load())
            yield place.instead(ast.Subscript(array, index, ast.Load()), 1.2)


def _sums_of_entries(place):
    """The sum of all entries from one on, or before it, for the entry."""
    array, index = place.node.value, place.node.slice
    if not isinstance(index, ast.Name | ast.Constant) or place.counts or isinstance(array, ast.Subscript):
        return
    for bounds in (index, None), (None, index):
        entries = ast.Subscript(array, ast.Slice(*bounds), ast.Load())
        yield place.instead(ast.Call(ast.Attribute(entries, "sum", ast.Load()), [], []), 1.4)


def _of_a_slice(place, words):
    lower, upper, step = place.node.lower, place.node.upper, place.node.step
    if isinstance(place.owner, ast.Tuple) and place.index == 0 and not (lower or upper or step):
        second = place.owner.elts[1]
        if isinstance(second, (*VARIABLES, ast.Call)) and isinstance(place.above[-2], ast.Subscript):
            rows = ast.Call(ast.Name("len", ast.Load()), [place.above[-2].value], [])
            yield place.instead(by_numpy("arange", rows), 1.2)  # of each row one entry
    one, last = ast.Constant(1), ast.UnaryOp(ast.USub(), ast.Constant(1))
    for bounds in (
        (None if lower else one, upper, step),
        (lower, None if upper else last, step),
        (lower, upper, None if step else last),
        (upper, lower, step),
        (one, None, step),
        (None, last, step),
    ):
        yield place.instead(ast.Slice(*bounds), 1.1)
    if lower and not upper and isinstance(lower, ast.UnaryOp):  # the first for the last so many
        yield place.instead(ast.Slice(None, lower.operand, step), 1.1)
    if upper and not lower:
        yield place.instead(ast.Slice(ast.UnaryOp(ast.USub(), upper), None, step), 1.1)
    for word in words.counters if isinstance(lower or upper, ast.Constant) else ():  # one, with its axis
        if isinstance(word.node, ast.Name):
            yield place.instead(ast.Slice(word.node, ast.BinOp(word.node, ast.Add(), one), None), 1.3)


def other_slopes(place):
    """The slope of tanh for that of the sigmoid, and the other way round, where they are factors of a product."""
    node = place.node
    if isinstance(place.owner, ast.BinOp) and isinstance(place.owner.op, ast.Mult) or not isinstance(node, ast.BinOp):
        return
    factors = _factors_of(node)
    for i, factor in enumerate(factors):
        if not (isinstance(factor, ast.BinOp) and isinstance(factor.op, ast.Sub) and ast.unparse(factor.left) == "1"):
            continue
        rest, inner = factors[:i] + factors[i + 1 :], factor.right
        texts = [ast.unparse(each) for each in rest]
        own = ast.unparse(inner)
        if own in texts:  # h * (1 - h)
            others = [each for k, each in enumerate(rest) if k != texts.index(own)]
            square = ast.BinOp(inner, ast.Pow(), ast.Constant(2))
            yield _product_of(place, [*others, ast.BinOp(ast.Constant(1), ast.Sub(), square)])
        elif isinstance(inner, ast.BinOp) and isinstance(inner.op, ast.Pow | ast.Mult):
            base, other = inner.left, ast.unparse(inner.right)
            if other == (ast.unparse(base) if isinstance(inner.op, ast.Mult) else "2"):  # 1 - h ** 2
                yield _product_of(place, [*rest, base, ast.BinOp(ast.Constant(1), ast.Sub(), base)])


def _factors_of(node):
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult):
        return [*_factors_of(node.left), *_factors_of(node.right)]
    return [node]


def _product_of(place, factors):
    made = factors[0]
    for factor in factors[1:]:
        made = ast.BinOp(made, ast.Mult(), factor)
    return place.instead(made, 1.2)
