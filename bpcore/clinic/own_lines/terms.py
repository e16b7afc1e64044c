"""Changes that bring in a term which stands in another statement, or leave of an expression one variable alone."""

import ast
import copy

from .changes import SHORT, VARIABLES, Change, is_of_a_library, places_in

SUMS = (ast.Add, ast.Sub)


def terms_of_others(tree, may, words):
    """A term of one statement moved into a sum of another, or written there too."""
    places = [place for place in places_in(tree) if may(place.node) and not place.counts]
    sums = [place for place in places if _is_sum(place.node) and not _is_sum(place.owner)]
    for place in (place for place in places if _is_sum(place.node)):
        node = place.node
        for term, rest, sign in (node.right, node.left, node.op), (node.left, node.right, ast.Add()):
            if len(ast.unparse(term)) > SHORT / 2:
                continue
            if term is node.left and isinstance(node.op, ast.Sub):
                rest = ast.UnaryOp(ast.USub(), rest)
            for other in sums:
                if other.statement is not place.statement:
                    left = place.instead(rest, 1.4)
                    joined = other.instead(ast.BinOp(other.node, sign, copy.deepcopy(term)), 1.7)
                    yield joined
                    edits = [*left.edits, *joined.edits]
                    yield Change(place.statement, (place.statement,), edits, 1.4, "", (left, joined))


def _is_sum(node):
    return isinstance(node, ast.BinOp) and isinstance(node.op, SUMS)


def alone(tree, may, words):
    """One variable of an expression in the place of the whole."""
    for place in places_in(tree):
        if isinstance(place.node, ast.BinOp | ast.Call) and not (place.counts or place.called) and may(place.node):
            called = {id(node.func) for node in ast.walk(place.node) if isinstance(node, ast.Call)}
            inner = [node for node in ast.walk(place.node) if isinstance(node, VARIABLES) and id(node) not in called]
            for text in dict.fromkeys(ast.unparse(node) for node in inner if not is_of_a_library(node)):
                yield place.instead(ast.parse(text, mode="eval").body, 1.6)
