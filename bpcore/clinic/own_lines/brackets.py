"""Changes that set, take away or move a pair of brackets."""

import ast
import io
import tokenize
from itertools import combinations

MARK = "__inner__"  # a name that no program has
BETWEEN = ("+", "-", "*", "/", "@", "**")
MOST_OPERANDS = 7


def of_brackets(place):
    """(a + b) c for a + b c, f(a − b) for f(a) − b, and the like."""
    node, sums, products = place.node, (ast.Add, ast.Sub), (ast.Mult, ast.Div)
    join = ast.BinOp
    for inner, outer, first in ((node.left, node.right, True), (node.right, node.left, False)):
        pair = lambda a, b, first=first: (a, node.op, b) if first else (b, node.op, a)
        for i, argument in enumerate(inner.args) if isinstance(inner, ast.Call) else ():
            arguments = [*inner.args[:i], join(*pair(argument, outer)), *inner.args[i + 1 :]]
            yield place.instead(ast.Call(inner.func, arguments, inner.keywords), 1.2)
        if not isinstance(inner, ast.BinOp):
            continue
        if isinstance(node.op, products) and isinstance(inner.op, sums) and (first or isinstance(node.op, ast.Mult)):
            yield place.instead(join(inner.left, inner.op, join(*pair(inner.right, outer))), 1.2)
            alone = join(*pair(inner.left, outer))
            yield place.instead(join(alone, inner.op, inner.right), 1.2)
            yield place.instead(join(ast.UnaryOp(ast.USub(), alone), inner.op, inner.right), 1.3)
        if isinstance(node.op, sums) and isinstance(inner.op, products):
            yield place.instead(join(join(*pair(inner.left, outer)), inner.op, inner.right), 1.2)
            if isinstance(inner.op, ast.Mult):
                yield place.instead(join(inner.left, inner.op, join(*pair(inner.right, outer))), 1.2)
        if isinstance(node.op, ast.Pow) and first:
            yield place.instead(join(inner.left, inner.op, join(inner.right, node.op, outer)), 1.2)


def without_a_pair(place):
    """The whole of a sum or product as it reads without one of its pairs of brackets, or with one more."""
    if isinstance(place.owner, ast.BinOp | ast.UnaryOp):
        return
    texts, own = [], ast.unparse(place.node)
    for owner, field, inner in _inner(place.node):
        setattr(owner, field, ast.Name(MARK, ast.Load()))
        texts.append(ast.unparse(place.node).replace(MARK, ast.unparse(inner)))
        setattr(owner, field, inner)
    operands, signs = _read_along(own)
    for i, j in combinations(range(len(operands)), 2) if len(operands) <= MOST_OPERANDS else ():
        grouped = [*operands]
        grouped[i], grouped[j] = f"({grouped[i]}", f"{grouped[j]})"
        texts.append(" ".join(word for pair in zip(grouped, [*signs, ""]) for word in pair))
    known = {own}
    for text in texts:
        new = ast.parse(text, mode="eval").body
        if ast.unparse(new) not in known:
            known.add(ast.unparse(new))
            yield place.instead(new, 1.3)


def _inner(node):
    """The sums and products within one: what holds them, and in which field."""
    for field in ("left", "right", "operand"):
        inner = getattr(node, field, None)
        if isinstance(inner, ast.BinOp | ast.UnaryOp):
            if isinstance(inner, ast.BinOp):
                yield node, field, inner
            yield from _inner(inner)


def _read_along(text):
    """The operands of a sum or product, what stands in brackets as one, and the signs between them."""
    operands, signs, begin, depth = [], [], 0, 0
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type != tokenize.OP:
            continue
        depth += (token.string in "([{") - (token.string in ")]}")
        column = token.start[1]
        if not depth and token.string in BETWEEN and text[begin:column].strip():  # no sign of a single number
            operands.append(text[begin:column].strip())
            signs.append(token.string)
            begin = token.end[1]
    return [*operands, text[begin:].strip()], signs
