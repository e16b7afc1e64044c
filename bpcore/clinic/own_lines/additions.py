"""Changes that bring something in: a sign, a factor, a term, a slope, a sum, or two things at once."""

import ast
import re
from dataclasses import replace
from itertools import combinations, product

import numpy as np

from .changes import ASSIGNMENTS, VARIABLES, Change, bodies_in, is_range, places_in, put_on_a_line
from .exchanges import PRODUCTS, SIGNS, by_numpy, is_one_of, makes_a_one

SLOPES = ("1 - {0} ** 2", "{0} * (1 - {0})", "({0} > 0)", "1 - {0}", "1 + {0}")


def sloped(tree, may, words):
    """Changes that put a slope for a value, or for a function of it."""
    for place in places_in(tree):
        node = place.node
        loaded = isinstance(getattr(node, "ctx", ast.Load()), ast.Load)
        if place.called or place.counts or not loaded or not may(node):
            continue
        if not isinstance(node, ast.Call | ast.Name | ast.Subscript) or is_one_of(node, words.flags | words.tuples):
            continue
        inner = node.args if isinstance(node, ast.Call) and len(node.args) == 1 else []
        for argument in (node, *(each for each in inner if not isinstance(each, ast.Starred))):
            for pattern in SLOPES[:3] if _may_be_a_mask(place, argument, words) else SLOPES[:2]:
                slope = pattern.format(f"({ast.unparse(argument)})")
                yield place.instead(ast.parse(slope, mode="eval").body, 1.45)


def _may_be_a_mask(place, argument, words):
    """Whether an array may be meant to be 1 where it is above 0.

    Not where it is one number, or what a function is given that multiplies nothing: there a mask is a 1, or a count,
    by luck.
    """
    own = ast.unparse(argument)
    is_number = any(word.text == own and word.shape == () for word in words.values) or ".shape[" in own
    owner = place.owner
    if isinstance(owner, ast.Call) and place.field == "args":
        return not is_number and getattr(owner.func, "attr", "") in (*PRODUCTS, "where")
    return not (is_number or isinstance(owner, ast.Attribute))


def completed(tree, may, words):
    """Changes that bring in a sign, a number, a square, a complement, an inverse, ones or a function of a value."""
    for place in _handed_on(tree, may, words):
        node, one = place.node, ast.Constant(1)
        of_root = 1.15 if _is_sum_of_squares(node) else 1.6
        for made, price in (
            (ast.UnaryOp(ast.USub(), node), 1.3),
            (ast.BinOp(ast.Constant(2), ast.Mult(), node), 1.4),
            (ast.BinOp(ast.Constant(0.5), ast.Mult(), node), 1.4),
            (ast.BinOp(one, ast.Div(), node), 1.4),
            (ast.BinOp(node, ast.Pow(), ast.Constant(2)), 1.45),  # a square, rather than the product with itself
            (ast.BinOp(node, ast.Pow(), ast.Constant(0.5)), of_root),
            (by_numpy("ones_like", node), 1.45),  # the slope of what passes its input on
            (ast.BinOp(one, ast.Sub(), node), 1.6),
            *((ast.BinOp(ast.Constant(n), ast.Mult(), node), 1.75) for n in (3, 4)),
            *((ast.BinOp(node, ast.Div(), ast.Constant(n)), 1.75) for n in (3, 4)),
            *((ast.Call(word.node, [node], []), 1.7) for word in words.functions),
        ):
            yield place.instead(made, price)


def _is_sum_of_squares(node):
    """Whether an expression is a sum of squares, such as ``x * x + y * y`` or ``np.sum(x ** 2)``: often of a norm."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return _is_sum_of_squares(node.left) and _is_sum_of_squares(node.right)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult | ast.MatMult):
        return ast.unparse(node.left) == ast.unparse(node.right)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Pow):
        return isinstance(node.right, ast.Constant) and node.right.value == 2
    if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in ("sum", "dot"):
        return len({*map(ast.unparse, node.args)}) == 1 and (len(node.args) == 2 or _is_sum_of_squares(node.args[0]))
    return False


def multiplied(tree, may, words):
    """Changes that bring in a factor, divisor or term that stands in the function, or the exponential of one."""
    for place in _handed_on(tree, may, words):
        for word in (*words.values, *words.counters):
            if _fits(place, word, words):
                is_number = word.shape == () and not isinstance(word.node, ast.Subscript)
                of_arrays = () if is_number else (ast.Add(), ast.Sub())  # no single number is a missing term
                for sign in _that_count(place, (ast.Mult(), ast.Div(), *of_arrays)):
                    if makes_a_one(place.node, type(sign), word.node):
                        continue
                    is_meant = word.unread and isinstance(sign, ast.Mult)
                    yield place.instead(ast.BinOp(place.node, sign, word.node), 1.1 if is_meant else 1.5)
                if len(word.shape or ()) == 2:
                    yield place.instead(ast.BinOp(place.node, ast.MatMult(), word.node), 1.7)
                    yield place.instead(ast.BinOp(word.node, ast.MatMult(), place.node), 1.7)
                if isinstance(word.node, ast.Name) and word.shape and [*_that_count(place, [ast.Mult()])]:
                    of_exponent = by_numpy("exp", word.node)
                    yield place.instead(ast.BinOp(place.node, ast.Mult(), of_exponent), 1.7)  # of a logarithm


def summed(tree, may, words):
    """Changes that bring in a slope, or a sum or mean over an axis."""
    patterns = [
        (word, ast.parse(pattern.format(word.text), mode="eval").body)
        for word in words.values
        if isinstance(word.node, VARIABLES)
        for pattern in SLOPES
    ]
    for place in _handed_on(tree, may, words):
        for word, slope in patterns:
            if _fits(place, word, words) and [*_that_count(place, [ast.Mult()])]:
                yield place.instead(ast.BinOp(place.node, ast.Mult(), slope), 1.8)
        for method, axis, keeps in product(("sum", "mean"), (0, 1, -1), (False, True)):
            keywords = [ast.keyword("axis", ast.Constant(axis)), ast.keyword("keepdims", ast.Constant(True))]
            call = ast.Call(ast.Attribute(place.node, method, ast.Load()), [], keywords[: 1 + keeps])
            yield place.instead(call, 1.8)
            if keeps:
                yield place.instead(ast.BinOp(place.node, ast.Sub(), call), 1.8)


def _that_count(place, signs):
    """The signs that make a difference here: a factor of a factor is one of the whole product, and so with terms."""
    owner = place.owner.op if isinstance(place.owner, ast.BinOp) else None
    for kind in (ast.Mult, ast.Div), (ast.Add, ast.Sub):
        if not isinstance(owner, kind):
            yield from (sign for sign in signs if isinstance(sign, kind))


def _fits(place, word, words):
    """Whether a word can stand beside what is assigned to a variable, as far as their shapes are known."""
    targets = place.statement.targets if isinstance(place.statement, ast.Assign) else ()
    if place.owner is not place.statement or len(targets) != 1 or word.shape is None:
        return True
    own = next((other.shape for other in words.values if other.text == ast.unparse(targets[0])), None)
    try:
        return own is None or np.broadcast_shapes(own, word.shape) == own
    except ValueError:
        return False


def extended(tree, may, words):
    """Changes that bring in a whole term, the product of two values."""
    names = [word.node for word in words.values if isinstance(word.node, ast.Name)]
    for place in _handed_on(tree, may, words):
        if isinstance(place.owner, ASSIGNMENTS):
            for one, other in combinations(names, 2):
                term = ast.BinOp(one, ast.Mult(), other)
                for sign in (ast.Add(), ast.Sub()):
                    yield place.instead(ast.BinOp(place.node, sign, term), 2.2)


def two_for_two(tree, may, words):
    """Changes of an operator and one of its operands at once, and of a call for a variable."""
    for place in places_in(tree):
        node = place.node
        if place.counts or place.called or not may(node):
            continue
        if isinstance(node, ast.BinOp):
            for sign, word in product(SIGNS.get(type(node.op), ()), words.values):
                for left, right in (node.left, word.node), (word.node, node.right):
                    takes_back = right is word.node and _takes_back(place, sign, word)
                    if not makes_a_one(left, sign, right) and not takes_back:
                        yield place.instead(ast.BinOp(left, sign(), right), 1.9)
        if isinstance(node, ast.Call) and not is_range(node):
            for word in words.values:
                yield place.instead(word.node, 1.9)


def _takes_back(place, sign, word):
    """Whether a word would be taken off where it is added beside, or the other way round."""
    owner, opposite = place.owner, {ast.Sub: ast.Add, ast.Add: ast.Sub}.get(sign)
    is_beside = opposite and isinstance(owner, ast.BinOp) and place.field == "left" and isinstance(owner.op, opposite)
    return bool(is_beside) and ast.unparse(owner.right) == word.text


def beside(tree, may, words):
    """Changes that go through a second list beside a first one, and put its entry for a value."""
    places = [place for place in places_in(tree) if isinstance(place.node, VARIABLES)] if words.lists else ()
    for owner in ast.walk(tree) if places else ():
        for loop in [owner] if isinstance(owner, ast.For) else getattr(owner, "generators", ()):
            is_plain = isinstance(loop.iter, VARIABLES) and isinstance(loop.target, ast.Name)
            if is_plain and isinstance(owner, ast.For | ast.ListComp | ast.GeneratorExp):
                yield from _beside(places, may, words, owner, loop)


def _beside(places, may, words, owner, loop):
    """Such changes of one loop, or of one of a comprehension."""
    is_statement = loop is owner
    inside = {id(node) for each in (owner.body if is_statement else [owner.elt]) for node in ast.walk(each)}
    for place in places:
        is_read = isinstance(place.node.ctx, ast.Load)
        if id(place.node) not in inside or not is_read or place.called or place.counts or not may(place.node):
            continue
        for word in words.lists:
            if word.text != ast.unparse(loop.iter):
                entry = re.sub(r"\W+", "_", word.text).strip("_") + "_entry"
                both = ast.Tuple([loop.target, ast.Name(entry, ast.Store())], ast.Store())
                lists = ast.Call(ast.Name("zip", ast.Load()), [loop.iter, word.node], [])
                for part in both, lists:
                    put_on_a_line(part, loop.target)
                change = place.instead(ast.Name(entry, ast.Load()), 1.6)
                change.edits += [(loop, "target", None, both), (loop, "iter", None, lists)]
                if is_statement:
                    belongs = f"the entry of `{word.text}` that belongs to `{loop.target.id}`"
                    yield replace(change, words=f"with {belongs}, for `{ast.unparse(place.node)}`")
                else:
                    above = place.above[: place.above.index(owner) + 1]
                    yield replace(change, around=(place.statement, *above))


def crosswise(tree, may, words):
    """What two neighbouring statements assign, each to the variable of the other."""
    for _, _, held in bodies_in(tree):
        for one, other in zip(held, held[1:]):
            if not (isinstance(one, ast.Assign) and isinstance(other, ast.Assign)):
                continue
            first, second = one.value, other.value
            if may(first) and may(second) and ast.unparse(first) != ast.unparse(second):
                edits = (one, "value", None, second), (other, "value", None, first)
                parts = tuple(Change(edit[0], (edit[0],), [edit], 1.2) for edit in edits)
                yield Change(one, (one,), [*edits], 1.2, "", parts)


def _handed_on(tree, may, words):
    """The places that hold a value of their own: what is assigned or returned, an operand, an argument, an entry."""
    for place in places_in(tree):
        # a shape: multiplied, it would ask for an array beyond all memory
        is_no_number = isinstance(place.node, ast.Tuple) or is_one_of(place.node, words.flags | words.tuples)
        is_no_number |= isinstance(place.node, ast.Constant) and type(place.node.value) not in (int, float, complex)
        is_read = isinstance(getattr(place.node, "ctx", ast.Load()), ast.Load)
        if is_read and not (place.called or place.counts or is_no_number) and may(place.node) and _is_handed_on(place):
            yield place


def _is_handed_on(place):
    owner = place.owner
    if isinstance(owner, ast.Assign | ast.AugAssign | ast.AnnAssign | ast.Return):
        return place.field == "value" and not isinstance(place.node, ast.Tuple | ast.List | ast.Dict)
    if isinstance(owner, ast.Call):
        return place.field == "args"
    if isinstance(owner, ast.IfExp):
        return place.field != "test"
    if isinstance(owner, ast.Attribute):  # the array in array.sum()
        return owner.attr in ("sum", "mean")
    return isinstance(owner, ast.BinOp | ast.Tuple | ast.List | ast.Dict | ast.Lambda)
