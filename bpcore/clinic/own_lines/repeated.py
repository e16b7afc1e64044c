"""Changes that undo one slip that was made several times: in all parts of a statement or function that are alike."""

import ast
import copy
import re
from itertools import combinations

from .additions import multiplied
from .changes import ASSIGNMENTS, SHORT, Change, bodies_in, joins, places_in
from .exchanges import SIGNS, exchanged, of_a_function, of_an_expression, with_other_keywords

DIGITS = r"\d+"
SEVERAL = 0.3  # by how much less likely a slip is that was made several times over
OTHERS = {**SIGNS, ast.Mult: (*SIGNS[ast.Mult], ast.MatMult), ast.MatMult: (ast.Mult,)}


def repeated(tree, may, words):
    """One exchange in all equal parts, all operators of a kind, all transposes or all calls of a function."""
    places, by_statement = [place for place in places_in(tree) if may(place.node)], {}
    for place in places:
        by_statement.setdefault(id(place.statement), []).append(place)
    for held in by_statement.values():
        yield from _operators(held)
        yield from _equal_parts(held, words)
        yield from _transposes(held)
        yield from _turned_calls(held)
    yield from _calls(places)


def _together(places, news):
    """The change that puts something new at each of some places, of one statement or of several."""
    changes = [place.instead(new, 1 + SEVERAL) for place, new in zip(places, news)]
    edits = [edit for change in changes for edit in change.edits]
    by_statement = {}
    for change in changes:
        by_statement.setdefault(id(change.statement), []).append(change)
    parts = [
        Change(each[0].statement, (each[0].statement,), [edit for one in each for edit in one.edits], 1 + SEVERAL)
        for each in by_statement.values()
    ]
    first = parts[0]
    return Change(first.statement, first.around, edits, first.price, "", tuple(parts) if len(parts) > 1 else ())


def _equal_parts(places, words):
    """All equal parts of one statement, with one and the same exchange in each."""
    alike = {}
    for place in places:
        loaded = isinstance(getattr(place.node, "ctx", ast.Load()), ast.Load)
        if loaded and not isinstance(place.node, ast.Constant) and not place.counts and not place.called:
            alike.setdefault(ast.unparse(place.node), []).append(place)
    for text, equal in alike.items():
        if len(equal) == 1 or len(text) > SHORT:
            continue
        first = equal[0].node
        within = [place for place in places if place.node is first or any(node is first for node in place.above)]
        for place in within:
            for change in (of_a_function if place.called else of_an_expression)(place, words):
                with change.made():
                    new = change.edits[0][3] if place.node is first else first
                    news = [copy.deepcopy(new) for _ in equal]
                yield _together(equal, news)


def _operators(places):
    """All operators of a kind in one statement."""
    kinds = {}
    for place in places:
        if isinstance(place.node, ast.BinOp) and not place.counts:
            kinds.setdefault(type(place.node.op), []).append(place)
    for kind, alike in kinds.items():
        for other in OTHERS.get(kind, ()) if len(alike) > 1 else ():
            edits = [(place.node, "op", None, other()) for place in alike]
            yield Change(alike[0].statement, (alike[0].statement,), edits, 1 + SEVERAL)


def _transposes(places):
    """All factors of the matrix products of one statement transposed, and those that are transposed turned back."""
    factors = [place for place in places if joins(place.owner, ast.MatMult) and not joins(place.node, ast.MatMult)]
    is_turned = lambda node: isinstance(node, ast.Attribute) and node.attr == "T"
    turned = [place for place in factors if is_turned(place.node)]
    if len(factors) > 1:
        turn = lambda node: node.value if is_turned(node) else ast.Attribute(node, "T", ast.Load())
        yield _together(factors, [turn(place.node) for place in factors])
    if 1 < len(turned) < len(factors):
        yield _together(turned, [place.node.value for place in turned])


def _turned_calls(places):
    """All calls of a function in one statement, with their two arguments exchanged."""
    alike = {}
    for place in places:
        if isinstance(place.node, ast.Call) and len(place.node.args) == 2 and not place.node.keywords:
            alike.setdefault(ast.unparse(place.node.func), []).append(place)
    for calls in alike.values():
        if len(calls) > 1:
            yield _together(calls, [ast.Call(place.node.func, place.node.args[::-1], []) for place in calls])


def _calls(places):
    """All calls of a function that have the same keywords, with others."""
    alike = {}
    for place in places:
        if isinstance(place.node, ast.Call):
            node = place.node
            name = node.func.attr if isinstance(node.func, ast.Attribute) else ast.unparse(node.func)
            keywords = ",".join(map(ast.unparse, node.keywords))
            alike.setdefault((name, len(node.args), keywords), []).append(place)
    for calls in alike.values():
        for news in zip(*(with_other_keywords(place.node) for place in calls)) if len(calls) > 1 else ():
            yield _together(calls, news)


def alike(tree, may, words):
    """The same change in two statements that differ in their names alone, neither of which helps by itself."""
    pairs = [
        (one, other)
        for _, _, held in bodies_in(tree)
        for one, other in combinations([each for each in held if isinstance(each, ASSIGNMENTS)], 2)
        if _skeleton(one) == _skeleton(other)
    ]
    twins = {id(one): other for one, other in reversed(pairs)}  # the next one
    for change in (*exchanged(tree, may, words), *multiplied(tree, may, words)) if twins else ():
        other = twins.get(id(change.statement))
        if other is not None and len(change.edits) == 1:
            second = _translated(change, other)
            if second is not None:
                parts, edits = (change, second), [*change.edits, *second.edits]
                yield Change(change.statement, (change.statement,), edits, change.price, "", parts)


def _skeleton(statement):
    """A statement without its names."""
    return re.sub(r"id='\w+'", "", ast.dump(statement))


def _translated(change, statement):
    """The same change in a statement of the same form, with that statement's names; None where names are mixed."""
    owner, field, index, new = change.edits[0]
    pairs = [*zip(ast.walk(change.statement), ast.walk(statement))]
    names = [(one.id, other.id) for one, other in pairs if isinstance(one, ast.Name)]
    translation = dict(names)
    if any(translation[one] != other for one, other in names) or all(one == other for one, other in names):
        return None
    there = {id(one): other for one, other in pairs}
    around = [there.get(id(each)) for each in change.around]
    digits = dict(pair for one, other in names for pair in zip(re.findall(DIGITS, one), re.findall(DIGITS, other)))
    new = copy.deepcopy(new)
    for node in ast.walk(new):
        if isinstance(node, ast.Name):  # h1 for h2, as z1 stands there for z2
            counted = re.sub(DIGITS, lambda each: digits.get(each[0], each[0]), node.id)
            node.id = translation.get(node.id, counted)
    if None in around or id(owner) not in there:
        return None
    return Change(statement, tuple(around), [(there[id(owner)], field, index, new)], change.price, change.words)
